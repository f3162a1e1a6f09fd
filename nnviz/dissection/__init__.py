"""One epoch taken apart: every array of it, every product, every weight's gradient.

Everything a page shows of an epoch is computed here; the page only lays it out.
"""

from nnviz.dissection.cell import Cell, Term, written_out
from nnviz.dissection.matrix import Matrix, neuron_names
from nnviz.dissection.slope import NeuronSlope, neuron_slope
from nnviz.dissection.steps import Step, anatomy, headings, question_walk, walk_of
from nnviz.dissection.weight import (
    NUDGES,
    Factor,
    Nudge,
    WeightStory,
    nudge,
    weight_story,
)
from nnviz.dissection.worked_example import by_hand

__all__ = [
    "Cell",
    "Factor",
    "Matrix",
    "NUDGES",
    "NeuronSlope",
    "Nudge",
    "Step",
    "Term",
    "WeightStory",
    "anatomy",
    "by_hand",
    "headings",
    "neuron_names",
    "neuron_slope",
    "nudge",
    "question_walk",
    "walk_of",
    "weight_story",
    "written_out",
]
