"""The playback component: the transport bar, and the film played onto the page's charts."""

from nnviz.player.fallback import stepper
from nnviz.player.film import film, film_of, maps
from nnviz.player.player import (
    AVAILABLE,
    BAR_CSS,
    BAR_HTML,
    SCRIPTS,
    STAGE_CSS,
    beside,
    later,
    mount_maps,
    player,
    playhead,
    progress,
)

__all__ = [
    "AVAILABLE",
    "BAR_CSS",
    "BAR_HTML",
    "SCRIPTS",
    "STAGE_CSS",
    "beside",
    "film",
    "film_of",
    "later",
    "maps",
    "mount_maps",
    "player",
    "playhead",
    "progress",
    "stepper",
]
