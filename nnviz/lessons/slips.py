"""A number of the walk typed by the learner: whether it is right and, if not, which slip it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from nnviz.dissection import Step
from nnviz.engine.activations import sigmoid
from nnviz.lessons.questions import CLOSE, RIGHT, WHY, Verdict

FEWEST_DIGITS = 2  # that a typed number must have, unless the whole number has fewer
NEARLY = 0.02  # of the number: that far off is close
Results = Iterator[tuple[float, str]]


@dataclass(frozen=True)
class Slip:
    """A usual slip.

    of: of which steps. results: what it would make of cell i, j, each with a sentence on it.
    """

    name: str
    of: Callable[[Step], bool]
    results: Callable[[Step, int, int, float], Results]


# --- Which steps a slip belongs to ---


def _is_sigmoid(step: Step) -> bool:
    return "σ(" in step.formula


def _is_delta(step: Step) -> bool:
    return step.name.endswith("_delta")


def _is_new_weight(step: Step) -> bool:
    return step.kind == "elementwise" and step.name.startswith("W")


def _is_product(step: Step) -> bool:
    return step.kind == "product"


def _is_scaling(step: Step) -> bool:
    return step.operands == ("inputs", "largest")


def _is_loss(step: Step) -> bool:
    return step.kind == "scalar"


def _is_table(step: Step) -> bool:
    return step.value.ndim == 2


# --- What they make of a cell ---


def _without_sigma(step: Step, i: int, j: int, rate: float) -> Results:
    yield step.made_from[0].value[i, j], "That is the sum itself. σ is still to be applied to it."


def _without_division(step: Step, i: int, j: int, rate: float) -> Results:
    with np.errstate(over="ignore"):
        below = 1 + np.exp(-step.made_from[0].value[i, j])
    yield below, "That is 1 + e^(−z). 1 is still to be divided by it."


def _sigma_twice(step: Step, i: int, j: int, rate: float) -> Results:
    yield float(sigmoid(step.value[i, j])), "There σ was applied twice."


def _without_slope(step: Step, i: int, j: int, rate: float) -> Results:
    error, slope = (matrix.value[i, j] for matrix in step.made_from)
    yield error, "That is the error. It is still to be multiplied by the sigmoid's slope."
    yield slope, "That is the slope alone. It is to be multiplied by the error."


def _without_rate(step: Step, i: int, j: int, rate: float) -> Results:
    before, move = (matrix.value[i, j] for matrix in step.made_from)
    yield before, "That is the weight as it was. The change is still to be added."
    yield move, "That is dW alone, without the weight that it changes."
    yield rate * move, "That is the change alone. It is to be added to the weight."
    yield before + move, "There η was left out: the change is η · dW."
    yield before - rate * move, "There the change was taken away. dW is to be added."


def _one_product(step: Step, i: int, j: int, rate: float) -> Results:
    left, right = step.made_from
    products = left.value[i] * right.value[:, j]
    if len(products) > 1:
        for product in products:
            yield product, "That is one product alone. The others are still to be added."


def _without_weights(step: Step, i: int, j: int, rate: float) -> Results:
    left, right = step.made_from
    if len(right.value) > 1:
        yield left.value[i].sum(), f"There the numbers of {left.name} were added as they are."
        yield right.value[:, j].sum(), f"There the numbers of {right.name} were added as they are."


def _transposed(step: Step, i: int, j: int, rate: float) -> Results:
    left, right = (matrix.value for matrix in step.made_from)
    names = step.operands
    for a, b, name in ((left.T, right, names[0]), (left, right.T, names[1])):
        if a.shape[1] == b.shape[0] and i < a.shape[0] and j < b.shape[1]:
            yield a[i] @ b[:, j], f"There rows and columns of {name} were exchanged."


def _unscaled(step: Step, i: int, j: int, rate: float) -> Results:
    typed, largest = (matrix.value for matrix in step.made_from)
    yield typed[i, j], "That is the input itself. It is still to be divided by the largest."
    for k, other in enumerate(largest[0]):
        if k != j:
            yield typed[i, j] / other, f"There it was divided by the largest {step.columns[k]}."


def _loss_slips(step: Step, i: int, j: int, rate: float) -> Results:
    y, o = (matrix.value for matrix in step.made_from)
    misses = y - o
    if misses.size > 1:
        total = float((misses**2).sum())
        yield total, "That is the sum of the squares. It is still to be divided by their number."
        yield total / 2, "That is ½·Σ(y − o)². The loss shown is the mean, without the ½."
    yield float(np.abs(misses).mean()), "That is the mean miss. Each miss is to be squared first."


def _another_row(step: Step, i: int, j: int, rate: float) -> Results:
    for k, name in enumerate(step.rows):
        if k != i:
            yield step.value[k, j], f"That stands in another row: {name}."


def _another_column(step: Step, i: int, j: int, rate: float) -> Results:
    for k, name in enumerate(step.columns):
        if k != j:
            yield step.value[i, k], f"That stands in another column: {name}."


def _other_sign(step: Step, i: int, j: int, rate: float) -> Results:
    yield -_cell(step, i, j), "The size is right, the sign is not."


# In this order: of two that would give the same number, the first is said.
SLIPS = (
    Slip("sigma forgotten", _is_sigmoid, _without_sigma),
    Slip("division forgotten", _is_sigmoid, _without_division),
    Slip("sigma twice", _is_sigmoid, _sigma_twice),
    Slip("slope forgotten", _is_delta, _without_slope),
    Slip("rate forgotten", _is_new_weight, _without_rate),
    Slip("loss", _is_loss, _loss_slips),
    Slip("not scaled", _is_scaling, _unscaled),
    Slip("sign", lambda step: True, _other_sign),
    Slip("another row", _is_table, _another_row),
    Slip("another column", _is_table, _another_column),
    Slip("one product", _is_product, _one_product),
    Slip("weights left out", _is_product, _without_weights),
    Slip("transposed", _is_product, _transposed),
)


def _cell(step: Step, i: int, j: int) -> float:
    return float(step.value[i, j] if step.value.ndim else step.value)


def graded(text: str, step: Step, i: int, j: int, rate: float) -> Verdict:
    """What to say of a number that was typed for cell i, j of a step.

    It is right if it is the number, rounded to the digits that were typed. rate: η.
    """
    typed = number(text)
    value = _cell(step, i, j)
    if typed is None:
        return Verdict("", "Type a number, such as 0.25 or −1.3.")
    if is_rounded(text, value):
        few = digits_of(text) < FEWEST_DIGITS and typed != value
        return Verdict(CLOSE, "So far. Give a digit more.") if few else Verdict(RIGHT)
    for slip in SLIPS:
        if slip.of(step):
            for result, sentence in slip.results(step, i, j, rate):
                if is_rounded(text, float(result)) and digits_of(text) >= FEWEST_DIGITS:
                    return Verdict(WHY, sentence)
    if abs(typed - value) <= NEARLY * abs(value):
        return Verdict(CLOSE, "Only the last digits are off.")
    return Verdict(WHY, "")


def number(text: str) -> float | None:
    """The number typed; also with a true minus, or a comma for the point. None if it is none."""
    plain = text.strip().replace("−", "-").replace(",", ".")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?", plain, re.IGNORECASE):
        return None
    return float(plain)


def digits_of(text: str) -> int:
    """How many digits a typed number has, without leading zeros."""
    mantissa = re.split("e", text.lower())[0]
    return len(re.sub(r"\D", "", mantissa).lstrip("0"))


def is_rounded(text: str, value: float) -> bool:
    """Whether the number typed is a value rounded to the digits that were typed."""
    plain = text.strip().replace("−", "-").replace(",", ".").lower()
    mantissa, _, exponent = plain.partition("e")
    decimals = len(mantissa.partition(".")[2]) - int(exponent or 0)
    unit = 10.0**-decimals
    return abs(float(plain) - value) <= unit / 2 * (1 + 1e-9) and np.isfinite(value)
