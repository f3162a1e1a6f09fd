"""The tutorial's program for one run: what the script and the notebook are made of.

NumPy alone and the tutorial's own names (``o_delta``, ``z2_error``), with the run's table, recipe
and starting weights written in. It computes in the engine's order, so that it prints what the
page shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnviz.dissection.matrix import activation_name, sum_name
from nnviz.engine.coding import CATEGORIES, NUMBERS, Coding
from nnviz.engine.moment import Moment
from nnviz.engine.roles import Column
from nnviz.engine.scaling import LARGEST
from nnviz.engine.training import Run
from nnviz.engine.updates import GRADIENT_DESCENT
from nnviz.export.faults import ExportError
from nnviz.export.words import listed, one_line
from nnviz.writing import label_decimals, loss_text

_TOO_MUCH = 700.0  # e to the power of this is nearly the largest number there is
_NAMED = 12  # columns, that many are called by their names
_REPORTS = 10  # of the loss, on the way


@dataclass(frozen=True)
class Part:
    """A piece of a program.

    title: of a cell in a notebook. words: what it does, for a comment or a cell. code: its lines.
    """

    title: str
    words: str
    code: str


def program(moment: Moment) -> list[Part]:
    """The parts of the program in the order they run; the last prints loss and prediction.

    Raises ExportError if the run's update rule has no form for a script yet.
    """
    check(moment.run)
    return [
        table_part(moment),
        scaling_part(moment),
        start_part(moment),
        _sigmoid_part(moment),
        _forward_part(moment),
        _training_part(moment),
        _result_part(moment),
    ]


def refusal(run: Run) -> str:
    """Why there is no program for a run; empty if there is one."""
    if run.recipe.update != GRADIENT_DESCENT.name:
        return f"There is no program yet for the update rule “{run.recipe.update}”."
    return ""


def check(run: Run) -> None:
    """Raise ExportError if there is no program for a run."""
    if reason := refusal(run):
        raise ExportError(reason)


def table_part(moment: Moment) -> Part:
    """The training rows and the question, in the table's own units; a text is one of 0 and 1."""
    data = moment.data
    inputs, outputs = (one_line(listed(n, _NAMED)) for n in (data.input_names, data.output_names))
    texts = ""
    if data.input_side.is_category.any() or data.label_side.is_category.any():
        texts = "A column of texts has become one for each text: 1 in the rows where it stands. "
    return Part(
        "The table",
        f"Each row of X is an example: {inputs}. Each row of y is what should come out of it: "
        f"{outputs}. {texts}The question is asked at the end.",
        f"X = {array(data.inputs)}\n"
        f"y = {array(data.targets)}\n"
        f"question = {array(np.array([moment.question]))}",
    )


def scaling_part(moment: Moment) -> Part:
    """What the network sees of it."""
    data = moment.data
    inputs, labels = data.input_side, data.label_side
    if all(map(_is_by_largest, inputs.codings, inputs.columns)):
        words = (
            "Each input is divided by the largest of its column, so that none counts for more only "
            "because its numbers are larger"
        )
        lines = ["largest = np.abs(X).max(axis=0)"]
        scaled = {"X": "X / largest", "question": "question / largest"}
    else:
        words = (
            "Each input is shifted and divided, so that none counts for more only because its "
            "numbers are larger; the numbers for it are those of the training rows"
        )
        lines = [f"shift = {_vector(inputs.shift)}", f"scale = {_vector(inputs.scale)}"]
        scaled = {name: f"({name} - shift) / scale" for name in ("X", "question")}
    lines.append(f"label_scale = {_vector(labels.scale)}")
    scaled["y"] = "y / label_scale"
    if labels.shift.any():
        lines.append(f"label_shift = {_vector(labels.shift)}")
        scaled["y"] = "(y - label_shift) / label_scale"
    return Part(
        "Scaling",
        f"{words}. Labels are brought between 0 and 1, as a sigmoid gives nothing else. The "
        "question is scaled by the same numbers as the rows.",
        "\n".join([*lines, *(f"{name} = {scaled[name]}" for name in ("X", "y", "question"))]),
    )


def _is_by_largest(coding: Coding, column: Column) -> bool:
    return coding.kind == NUMBERS and column.scaling == LARGEST.name


def unscaled(moment: Moment) -> str:
    """What follows an output to bring it into the label's own unit."""
    return " * label_scale" + (" + label_shift" if moment.data.label_side.shift.any() else "")


def start_part(moment: Moment) -> Part:
    """The starting weights: drawn, or written in."""
    recipe = moment.run.recipe
    layers = list(enumerate(moment.run.shape.layers, start=1))
    if recipe.weights is None:
        return Part(
            "The starting weights",
            "The weights are random at first, or all hidden neurons would learn the same. The same "
            "seed draws the same ones, another seed others.",
            f"rng = np.random.default_rng(seed={recipe.seed})\n"
            + "\n".join(
                f"W{k} = rng.standard_normal(({n_in}, {n_out}))  # {_leads(k, len(layers))}"
                for k, (n_in, n_out) in layers
            ),
        )
    return Part(
        "The starting weights",
        "W1[i, j] leads from input i to neuron j of the next layer.",
        "\n".join(f"W{k} = {array(w, repr)}" for (k, _), w in zip(layers, recipe.weights)),
    )


def _leads(layer: int, layers: int) -> str:
    """What an array of weights is between."""
    ends = ["inputs", *(["hidden neurons"] * (layers - 1)), "outputs"]
    return f"from {ends[layer - 1]} to {ends[layer]}"


def _sigmoid_part(moment: Moment) -> Part:
    lines = ["def sigmoid(z):", "    return 1 / (1 + np.exp(-z))", "", ""]
    lines += ["def sigmoid_prime(s):", "    return s * (1 - s)"]
    if _may_overflow(moment):
        lines[:0] = [
            'np.seterr(over="ignore")  # e⁻ᶻ may get too large; then 1 / ∞ is rightly 0',
            "",
        ]
    return Part(
        "The sigmoid, and its slope",
        "The sigmoid squeezes any sum into 0 to 1. Its slope follows from its own value, s.",
        "\n".join(lines),
    )


def _forward_part(moment: Moment) -> Part:
    names = Names(moment)
    lines = []
    for layer in names.layers:
        lines += [
            f"{names.sum(layer)} = np.dot({names.value(layer - 1)}, W{layer})",
            f"{names.value(layer)} = sigmoid({names.sum(layer)})",
        ]
    return Part(
        "Forward: from the inputs to a guess",
        "Every neuron adds up what comes in, each times its weight, and gives the sigmoid of that. "
        "The matrices do it for all rows at once.",
        "def forward(X):\n" + indented([*lines, f"return {names.values}"]),
    )


def _training_part(moment: Moment) -> Part:
    names, recipe = Names(moment), moment.run.recipe
    lines = [
        f"{names.values} = forward(X)",
        "losses.append(np.mean((y - o) ** 2))",
        "# Backward: how wrong is each neuron, and how should its sum change?",
    ]
    for layer in reversed(names.layers):
        value = names.value(layer)
        error = (
            "y - o" if value == "o" else f"np.dot({names.value(layer + 1)}_delta, W{layer + 1}.T)"
        )
        lines += [
            f"{value}_error = {error}",
            f"{value}_delta = {value}_error * sigmoid_prime({value})",
        ]
    lines.append("# Every weight takes a step downhill.")
    for layer in names.layers:
        downhill = f"np.dot({names.value(layer - 1)}.T, {names.value(layer)}_delta)"
        lines.append(f"W{layer} += learning_rate * {downhill}")
    return Part(
        "Training",
        "An epoch: all rows go forward, the errors go backward, and then every weight changes. "
        "The step is the exact gradient of half the sum of the squared errors, downhill; "
        "the loss, which is only noted down, is their mean.",
        f"learning_rate = {number(recipe.learning_rate)}  # try another\n"
        f"epochs = {moment.epoch}\n"
        "losses = []\n"
        "for epoch in range(epochs):\n"
        f"{indented(lines)}\n"
        f"    if epoch % {reports_every(moment)} == 0:\n"
        '        print(f"epoch {epoch}: loss {losses[epoch]:.3g}")',
    )


def _result_part(moment: Moment) -> Part:
    names = Names(moment)
    return Part(
        "The result",
        result_words(moment),
        f"{names.values} = forward(X)\n"
        "loss = np.mean((y - o) ** 2)\n"
        f"{names.values} = forward(question)\n"
        f"prediction = o{unscaled(moment)}\n" + last_lines(moment),
    )


def result_words(moment: Moment) -> str:
    """What the last two lines of output are."""
    label, count = moment.label, len(moment.data.label_names)
    name = one_line(label.name)
    if label.coding.kind == CATEGORIES:
        answer = f"of {name}, the class whose output is the largest"
    elif label.classes:
        answer = f"of {name}, on which side of one half the output is"
    else:
        answer = "in the label's own unit"
    which = f" Of the {count} labels it is that of {name}." if count > 1 else ""
    return f"The loss after the last epoch, and the answer to the question, {answer}.{which}"


def last_lines(moment: Moment) -> str:
    """What prints ``loss`` and ``prediction``, as texts the page's own."""
    label = moment.label
    loss = f'print(f"loss {{loss:{_loss_format(moment.loss)}}}")\n'
    first, end = label.place.start, label.place.stop
    if not label.classes:
        decimals = label_decimals(label.scale)
        return loss + f'print(f"prediction {{prediction[0, {first}]:.{decimals}f}}")'
    own = f"prediction[0, {first}:{end}]"
    if label.coding.kind == CATEGORIES:
        place = f"{own}.argmax()"
    else:
        place = f"int(prediction[0, {first}] > 0.5)"
    classes = ", ".join(map(repr, label.classes))
    return f'classes = [{classes}]\n{loss}print("prediction", classes[{place}])'


def reports_every(moment: Moment) -> int:
    """After so many epochs each, the loss is printed on the way."""
    return max(1, moment.epoch // _REPORTS)


class Names:
    """The tutorial's names for the layers of a run."""

    def __init__(self, moment: Moment):
        self.last = len(moment.run.sizes) - 1
        self.layers = range(1, self.last + 1)

    def sum(self, layer: int) -> str:
        """z, z3, z5, …"""
        return sum_name(layer)

    def value(self, layer: int) -> str:
        """X, z2, z4, …, o."""
        return activation_name(layer, self.last)

    @property
    def values(self) -> str:
        """What goes forward gives: ``z2, o``."""
        return ", ".join(map(self.value, self.layers))


def _may_overflow(moment: Moment) -> bool:
    """Whether a sum on the way may be so far below 0 that e⁻ᶻ is too large for a number."""
    run = moment.run
    largest = np.abs(run.kept[: moment.epoch // run.every + 2, : run.shape.count]).max()
    inputs = max(
        1.0, np.abs(moment.data.X).max(), np.abs(moment.data.scale([moment.question])).max()
    )
    return bool(largest * inputs * max(run.sizes) > _TOO_MUCH)


def _loss_format(loss: float) -> str:
    """How Python formats a loss to make the text that `loss_text` makes of it."""
    return next(form for form in ("#.3g", ".0f") if f"{loss:{form}}" == loss_text(loss))


def array(values: np.ndarray, write: Callable[[float], str] | None = None) -> str:
    """A matrix as code, each row on a line; few short ones on one."""
    rows = [f"[{', '.join(map(write or number, row))}]" for row in values.tolist()]
    flat = f"np.array([{', '.join(rows)}])"
    if len(flat) > 60 or len(rows) > 1 and len(values[0]) > 1:
        flat = "np.array([\n" + "".join(f"    {row},\n" for row in rows) + "])"
    return flat


def _vector(values: np.ndarray) -> str:
    """Numbers as code; if they are one and the same, that one."""
    if (values == values[0]).all():
        return number(float(values[0]))
    return f"np.array([{', '.join(map(number, values.tolist()))}])"


def number(value: float) -> str:
    """A number as short as it can be read back exactly."""
    return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def indented(lines: list[str]) -> str:
    return "\n".join(f"    {line}" if line else "" for line in lines)
