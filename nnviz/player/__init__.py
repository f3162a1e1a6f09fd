"""The playback component: the transport bar, and the film played onto the page's charts."""

from nnviz.player.fallback import stepper
from nnviz.player.film import film
from nnviz.player.player import AVAILABLE, player, playhead

__all__ = ["AVAILABLE", "film", "player", "playhead", "stepper"]
