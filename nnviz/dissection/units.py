"""What the numbers of a table become on their way into the network, and out of it, in words."""

from __future__ import annotations

from collections.abc import Sequence

from nnviz.engine.coding import CATEGORIES, NUMBERS
from nnviz.engine.dataset import Dataset
from nnviz.engine.label import Label
from nnviz.engine.scaling import LARGEST
from nnviz.writing import listed, shown


def is_tutorials(data: Dataset) -> bool:
    """Whether every input is a number divided by the largest of its column."""
    return all(c.kind == NUMBERS and c.scaling == LARGEST.name for c in data.input_side.columns)


def how_scaled(names: tuple[str, ...], data: Dataset, tutorials: bool) -> str:
    """What is done to the inputs, and with which numbers."""
    side = data.input_side
    if tutorials:
        signs = "(leaving its sign aside) " if (data.inputs < 0).any() else ""
        scales = [f"{name} by {shown(size)}" for name, size in zip(names, side.scale)]
        return (
            f"Each input is divided by the largest value {signs}in its column of the training "
            f"rows, so that all inputs are of like size: {', '.join(listed(scales, most=4))}."
        )
    texts = "; a text is 1 at its own neuron and 0 at the others" if side.is_category.any() else ""
    return (
        "Each input is brought to a like size, in the way that is chosen in Columns, by numbers "
        f"taken from the training rows alone{texts}."
    )


def prediction(labels: Sequence[Label]) -> str:
    """What the outputs mean."""
    return f"The result is the prediction: {joined([_ways(label)[1] for label in labels])}."


def labels_said(labels: Sequence[Label]) -> str:
    """What y is made of."""
    return joined([_ways(label)[0] for label in labels])


def _ways(label: Label) -> tuple[str, str]:
    """How a label becomes its part of y, and how an output becomes a label again."""
    name, classes = label.name, label.classes
    if label.coding.kind == CATEGORIES:
        return (
            f"{name}, 1 for the class it is and 0 for the others",
            f"of {name}, the class whose output is the largest",
        )
    if classes:
        return (
            f"{name}, 1 for {classes[1]} and 0 for {classes[0]}",
            f"of {name}, {classes[1]} from one half on",
        )
    scale, shift = shown(label.scale), label.shift
    back, there = (f" {_plus(shift)}", f" {_plus(-shift)},") if shift else ("", "")
    return (
        f"{name}{there} divided by {scale}",
        f"times {scale}{back} it stands beside the {name} of the table",
    )


def _plus(number: float) -> str:
    return f"plus {shown(number)}" if number > 0 else f"minus {shown(-number)}"


def joined(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
