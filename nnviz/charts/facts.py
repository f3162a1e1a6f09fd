"""What a thing that is sent to the browser is of, so that it shows on nothing else.

Everything sent carries ``of``, some facts by their names: a light is of a recipe at an epoch.
The browser compares them, each that is named, with those of the film and the epoch it shows:
`fits` in player/film.js is the one rule. Charts add a fact of their own, by their name.
"""

from __future__ import annotations

import zlib

import numpy as np

from nnviz.engine.moment import Moment


def facts(moment: Moment, *names: str) -> dict:
    """Some of a moment's facts: ``recipe``, ``recorded``, ``epoch``, ``question``, ``aspect``."""
    run = moment.run
    known = {
        "recipe": run.recipe.key,
        "recorded": run.epochs,
        "epoch": moment.epoch,
        "question": list(moment.question),
        "aspect": moment.aspect.key,
    }
    return {name: known[name] for name in names}


def name_of(*parts) -> str:
    """A short name for some arrays, numbers and texts; others have another."""
    name = 0
    for part in parts:
        content = part.encode() if isinstance(part, str) else np.asarray(part, float).tobytes()
        name = zlib.crc32(content, name)
    return f"{name:08x}"
