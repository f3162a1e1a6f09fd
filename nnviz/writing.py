"""Every way a number or a name is written. Nothing is computed from these strings."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Callable, Sequence

import numpy as np

from nnviz.engine.label import Label

_NO_MORE = 4e-15  # of a number: what the last bits of a double make of it, and no digit
WEIGHT_DECIMALS = ACTIVATION_DECIMALS = 2  # in the network, where the browser writes them too

# What Markdown reads anywhere; an underscore only at a word's edge; and, where a line starts,
# the marks of headings and lists. No more than that is marked, as the backslashes of a widget's
# label are part of its accessible name.
_MARKS = re.compile(r"[\\`*\[\]<>$:~|&]|(?<!\w)_|_(?!\w)|^\s*(?:[#+-]|\d+(?=[.)]))", re.MULTILINE)


# --- Numbers ----------------------------------------------------------------------------------


def shown(value) -> str:
    """A number to 4 significant digits, without trailing zeros, with a true minus sign.

    From 0.0001 to a million in plain digits, beyond that as ``1.2e−05``.
    """
    value = float(value)
    if math.isnan(value):
        return "not a number"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    text = f"{value:.4g}"
    if 1e4 <= abs(float(text)) < 1e6:
        text = f"{float(text):.0f}"  # 12350 reads better than 1.235e+04
    return "0" if float(text) == 0 else true_minus(text)


def in_formula(value) -> str:
    """`shown`, but what would round to 1 keeps the digits that tell it from 1.

    Else a saturated neuron's slope would read 1 · (1 − 1) = 4.5e−05.
    """
    value = float(value)
    text = shown(value)
    if text not in ("1", "−1") or abs(value) == 1:
        return text
    digits = 1 - math.floor(math.log10(abs(1 - abs(value))))  # two of those that differ
    return true_minus(f"{value:.{digits}f}")


def rounded(value, digits: int = 4) -> str:
    """A number to so many significant digits; fewer say that it has no more.

    So 0.8 is four fifths, and 0.8000 is something near it. Whole thousands keep all their
    digits up to a million; beyond that, and below 0.0001, as ``1.200e−05``.
    """
    value = float(value)
    if not math.isfinite(value) or value == 0:
        return shown(value)
    text = f"{value:.{digits}g}"
    if abs(float(text) - value) > _NO_MORE * abs(value):
        text = f"{value:#.{digits}g}".replace(".e", "e").rstrip(".")
    if "e+" in text and abs(value) < 1e6:
        text = f"{value:.0f}"
    return true_minus(text)


def signed(value, digits: int = 4) -> str:
    """`rounded`, and a plus before what is above 0; 0 goes neither up nor down."""
    return f"+{rounded(value, digits)}" if value > 0 else rounded(value, digits)


def bracketed(text: str) -> str:
    """A number's text, in brackets if negative, as it stands after an operator: 2 · (−0.5)."""
    return f"({text})" if text.startswith("−") else text


def listed(parts: Sequence, write: Callable = str, most: int = 6) -> list[str]:
    """The parts, written; of more than ``most``, the first few, “…” and the last."""
    if len(parts) <= most:
        return [write(part) for part in parts]
    return [*(write(part) for part in parts[: most - 1]), "…", write(parts[-1])]


def loss_text(loss: float, digits: int = 3) -> str:
    """A loss, as it is read out: 0.0264, 0.000100, 2.15e-06; a program can read it too."""
    return f"{loss:#.{digits}g}".rstrip(".") if loss else "0"


def prediction_text(label: float, label_scale: float) -> str:
    """A predicted label, as it is read out; a program can read it too."""
    return f"{label:.{label_decimals(label_scale)}f}"


def answer_text(label: Label, outputs: np.ndarray) -> str:
    """What all outputs, (outputs,), say of one label: a number in its unit, or a class."""
    if label.classes:
        return label.classes[int(label.shares(outputs).argmax())]
    return prediction_text(float(label.numbers(outputs)), label.scale)


def share_text(share: float) -> str:
    """A class's share, in percent."""
    return f"{100 * share:.1f} %"


def label_decimals(label_scale: float) -> int:
    """How many decimals a predicted label is written with: four digits below its full scale."""
    return max(0, 4 - round(math.log10(label_scale)))


def round_step(least: float) -> float:
    """1, 2 or 5 times a power of ten, as an axis goes by: the next from ``least`` on."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(times * power for times in (1, 2, 5, 10) if times * power >= least * (1 - 1e-9))


def weight_text(weight: float) -> str:
    """A weight as it stands on its synapse: two decimals, and always its sign."""
    return true_minus(f"{weight:+.{WEIGHT_DECIMALS}f}")


def activation_text(activation: float) -> str:
    """An activation as it stands in its neuron: two decimals."""
    return f"{activation:.{ACTIVATION_DECIMALS}f}"


def input_text(scaled: float) -> str:
    """A scaled input as it stands in its neuron: two decimals, or none, or a power of ten."""
    return true_minus(f"{scaled:{_form(abs(scaled))}}")


def for_fixed(values: np.ndarray) -> np.ndarray:
    """The values as float32, of which a browser writes the same two decimals as Python of theirs.

    What lies halfway, as 0.125, goes to the even digit in Python and up in JavaScript, and what
    lies near there may be halfway as a float32. It is moved by a float32's last bit, to the side
    where both write it alike.
    """
    near = values.astype(np.float32)
    size, last_bit = np.abs(near.astype(float)), np.spacing(np.abs(near)).astype(float)
    halfway = np.abs(size * 100 % 1 - 0.5) <= 200 * last_bit
    for place in zip(*np.nonzero(halfway)):
        near[place] = np.nextafter(near[place], np.float32(f"{values[place]:.2f}"))
    return near


def asked_text(value: float) -> str:
    """An input in the table's own unit, as it stands beside its name."""
    return true_minus(f"{value:.4g}")


def short(value: float, sign: bool = False) -> str:
    """A number in the little room there is on the network: two decimals, or one digit.

    sign: whether it says where something goes; then 0 has none, as it goes nowhere.
    """
    if value == 0:
        return "0" if sign else "0.00"
    form = _form(abs(value)) if abs(value) >= 0.095 else ".1g"
    return true_minus(f"{value:{'+' if sign else ''}{form}}")


def _form(size: float) -> str:
    """Two decimals, or as much of a large number as a neuron has room for."""
    return ".2f" if size < 100 else ".0f" if size < 99_999.5 else ".0e"


def true_minus(text: str) -> str:
    """A number as text, with a minus as wide as a plus."""
    return text.replace("-", "−")


# --- Names and sentences ----------------------------------------------------------------------


def shortened(text: str, longest: int = 16) -> str:
    """A table's text, as long as there is room for; of “brand = Opel”, the value first."""
    if len(text) <= longest:
        return text
    column, equals, value = text.rpartition(" = ")
    room = longest - len(f"…{equals}{value}")
    if equals:
        return f"{column[:room]}…{equals}{value}" if room > 0 else shortened(value, longest)
    return text[: longest - 1] + "…"


def file_name(table: str, sizes: Sequence[int], ending: str, *more: str) -> str:
    """What a file of a run is called: ``nnviz-exam-scores-2-3-1-epoch-202.py``."""
    stem = re.sub(r"\.\w{1,4}$", "", table)  # that of the file the table came as
    words = "-".join(re.findall(r"[a-z0-9]+", stem.lower()))[:60].strip("-")
    parts = ["nnviz", words, *map(str, sizes), *more]
    return "-".join(part for part in parts if part) + f".{ending}"


def plotly(text: str) -> str:
    """The text as Plotly shows it letter by letter, where it would read HTML."""
    return html.escape(text, quote=False)


def markdown(text: str) -> str:
    """The text as Markdown that shows it letter by letter."""
    return _MARKS.sub(_marked, text)


def _marked(found: re.Match) -> str:
    """A mark after its backslash; of a list's number, the dot after it."""
    mark = found[0]
    return f"{mark}\\" if mark[-1].isdigit() else f"{mark[:-1]}\\{mark[-1]}"
