"""Run + epoch -> Plotly figures, one figure a file; they draw and never compute."""

from nnviz.figures.loss import loss_figure
from nnviz.figures.network import network_figure
from nnviz.figures.prediction import prediction_figure
from nnviz.figures.slope import slope_figure
from nnviz.figures.style import CONFIG
from nnviz.figures.weight import weight_figure

__all__ = [
    "CONFIG",
    "loss_figure",
    "network_figure",
    "prediction_figure",
    "slope_figure",
    "weight_figure",
]
