"""See a neural network learn: a small NumPy engine and the pictures of it."""

from nnviz.dataset import Dataset, TableError, read_table
from nnviz.dissection import anatomy
from nnviz.network import Network
from nnviz.training import Run, train

__all__ = ["Dataset", "Network", "Run", "TableError", "anatomy", "read_table", "train"]
