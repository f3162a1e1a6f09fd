"""The guided lesson as data: stations that ask before they show, and missions for afterwards."""

from nnviz.lessons.backward import BACKWARD_STATIONS
from nnviz.lessons.case import Case
from nnviz.lessons.forward import FORWARD_STATIONS
from nnviz.lessons.learning import LEARNING_STATIONS
from nnviz.lessons.missions import MISSIONS
from nnviz.lessons.station import VEILS, Scene, Station, Told
from nnviz.lessons.trust import TRUST_STATIONS

STATIONS = (*FORWARD_STATIONS, *BACKWARD_STATIONS, *LEARNING_STATIONS, *TRUST_STATIONS)

__all__ = ["MISSIONS", "STATIONS", "VEILS", "Case", "Scene", "Station", "Told"]
