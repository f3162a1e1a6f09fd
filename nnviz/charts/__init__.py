"""The page's charts: each a .py, which draws it with Plotly, and a .js, which paints on it."""

from pathlib import Path

from nnviz.charts.answers import ANSWERS, answers_on
from nnviz.charts.band import BAND, band_on
from nnviz.charts.captions import captions
from nnviz.charts.chain import chain, ways_through
from nnviz.charts.course import COURSE
from nnviz.charts.doubt import DOUBT, doubt_on
from nnviz.charts.light import light
from nnviz.charts.loss import LOSS
from nnviz.charts.map import MAP, map_at
from nnviz.charts.network import NETWORK
from nnviz.charts.neurons import NEURONS
from nnviz.charts.nudged import NUDGED, nudge_on
from nnviz.charts.pose import pose
from nnviz.charts.prediction import PREDICTION
from nnviz.charts.race import RACE
from nnviz.charts.road import ROAD
from nnviz.charts.slope import SLOPE, place_on
from nnviz.charts.straight import STRAIGHT
from nnviz.charts.style import CONFIG
from nnviz.charts.unseen import UNSEEN, unseen_on
from nnviz.charts.weight import WEIGHT

CHARTS = (
    NETWORK,
    LOSS,
    PREDICTION,
    WEIGHT,
    NUDGED,
    SLOPE,
    ANSWERS,
    BAND,
    MAP,
    NEURONS,
    COURSE,
    DOUBT,
    UNSEEN,
    RACE,
    ROAD,
    STRAIGHT,
)
FILMED = (NETWORK, LOSS, PREDICTION)  # what the film serves, in its order

_HERE = Path(__file__).parent
SCRIPTS = [
    _HERE / f"{name}.js"
    for name in ("svg", "curve", "redraw", "maps", *(chart.name for chart in CHARTS))
]

__all__ = [
    "ANSWERS",
    "BAND",
    "CHARTS",
    "CONFIG",
    "COURSE",
    "DOUBT",
    "FILMED",
    "LOSS",
    "MAP",
    "NETWORK",
    "NEURONS",
    "NUDGED",
    "PREDICTION",
    "RACE",
    "ROAD",
    "SCRIPTS",
    "SLOPE",
    "STRAIGHT",
    "UNSEEN",
    "WEIGHT",
    "answers_on",
    "band_on",
    "captions",
    "chain",
    "doubt_on",
    "light",
    "map_at",
    "nudge_on",
    "place_on",
    "unseen_on",
    "ways_through",
    "pose",
]
