"""What a chart is to the page and to the player."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from nnviz.charts.frames import Frames


@dataclass(frozen=True)
class Chart:
    """A chart of the page; its painter, in JavaScript, is the file beside it of the same name.

    name: of the container it stands in and of its painter. alt: what a screen reader says.
    structure: says, of what is to be shown, what makes the chart need drawing anew. Everything
        else is painted onto it.
    figure: draws what is to be shown; ``still=True`` if nobody will paint onto it.
    frames: of a chart that the film serves, its arrays, a frame a row.
    header: what its painter needs of the film besides; under ``of``, which film fits the chart.

    What is to be shown are the same arguments for structure and figure; each chart says which.
    """

    name: str
    alt: str
    structure: Callable[..., str]
    figure: Callable[..., go.Figure]
    frames: Callable[[Frames], dict[str, np.ndarray]] = lambda frames: {}
    header: Callable[[Frames], dict] = lambda frames: {}
