"""The page's charts: each a .py, which draws it with Plotly, and a .js, which paints on it."""

from pathlib import Path

from nnviz.charts.captions import captions
from nnviz.charts.chain import chain
from nnviz.charts.light import light
from nnviz.charts.loss import LOSS
from nnviz.charts.network import NETWORK
from nnviz.charts.nudged import NUDGED, nudge_on
from nnviz.charts.prediction import PREDICTION
from nnviz.charts.slope import SLOPE, place_on
from nnviz.charts.style import CONFIG
from nnviz.charts.weight import WEIGHT

CHARTS = (NETWORK, LOSS, PREDICTION, WEIGHT, NUDGED, SLOPE)
FILMED = (NETWORK, LOSS, PREDICTION)  # what the film serves, in its order

_HERE = Path(__file__).parent
SCRIPTS = [_HERE / f"{name}.js" for name in ("svg", "curve", *(chart.name for chart in CHARTS))]

__all__ = [
    "CHARTS",
    "CONFIG",
    "FILMED",
    "LOSS",
    "NETWORK",
    "NUDGED",
    "PREDICTION",
    "SCRIPTS",
    "SLOPE",
    "WEIGHT",
    "captions",
    "chain",
    "light",
    "nudge_on",
    "place_on",
]
