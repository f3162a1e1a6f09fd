"""What the colours and signs of the charts mean, as HTML beside them."""

from nnviz.engine.label import Label
from nnviz.strokes import NEGATIVE, POSITIVE

_KEY = '<p class="nnviz-key">{}◇ question &ensp;◆ asked</p>'


def prediction_key(label: Label) -> str:
    """What the marks of the prediction chart say."""
    if not label.classes:
        return _KEY.format("○ target &ensp;● guess &ensp;")
    marks = [(POSITIVE, "right"), (NEGATIVE, "wrong")]
    said = [f'<i style="color: {color}">●</i> {word} &ensp;' for color, word in marks]
    return _KEY.format("".join(said))


def network_legend() -> str:
    """What the synapses' colours say; the painter writes another in the walk through an epoch."""
    lines = [("positive weight", POSITIVE), ("negative weight", NEGATIVE)]
    return (
        '<p class="nnviz-legend">'
        + "".join(
            f'<span><i style="color: {color}"></i><em data-own="{text}">{text}</em></span>'
            for text, color in lines
        )
        + '<em data-own=""></em></p>'
    )
