"""The tab “Inside this epoch”: every multiplication of one epoch, with its numbers."""

from nnviz.inside.tab import inside_this_epoch

__all__ = ["inside_this_epoch"]
