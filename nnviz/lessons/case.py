"""The recipe that a station speaks of, its runs, and the names of its parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from nnviz.dissection import Step, neuron_names, walk_of
from nnviz.engine.coding import NUMBERS
from nnviz.engine.dataset import Dataset
from nnviz.engine.moment import Moment
from nnviz.engine.recipe import Recipe
from nnviz.engine.scaling import FULL_SCALE, LARGEST
from nnviz.engine.training import Run
from nnviz.writing import asked_text, markdown, prediction_text, rounded, shown

EPOCHS = 1000
MOST_INPUTS, MOST_ROWS = 4, 12  # of a table that a station can be tried on
_BY_LARGEST = (LARGEST.name, FULL_SCALE.name)  # as the tutorial scales, and the words have it


def _record(recipe: Recipe, epochs: int) -> Run:
    return recipe.train(epochs)


@dataclass(frozen=True, eq=False)
class Case:
    """A recipe with one hidden layer and one label, for a station to speak of.

    is_own: whether the table is the learner's own and not the tutorial's.
    record: makes the runs.
    """

    recipe: Recipe
    is_own: bool = False
    record: Callable[[Recipe, int], Run] = _record

    @property
    def data(self) -> Dataset:
        return self.recipe.data

    @cached_property
    def run(self) -> Run:
        """A thousand epochs."""
        return self.record(self.recipe, EPOCHS)

    @property
    def fits(self) -> bool:
        """Whether a station may speak of it."""
        data = self.data
        return (
            len(self.recipe.shape.sizes) == 3
            and len(data.output_names) == 1
            and all(column.kind == NUMBERS for column in data.roles.columns)
            and all(column.scaling in _BY_LARGEST for column in data.roles.columns)
            and len(data.input_names) <= MOST_INPUTS
            and 2 <= len(data.X) <= MOST_ROWS
        )

    @cached_property
    def asked(self) -> tuple[float, ...]:
        """The table's first question, or else its first row."""
        first = self.data.questions[0] if len(self.data.questions) else self.data.inputs[0]
        return tuple(map(float, first))

    @property
    def first_row(self) -> tuple[float, ...]:
        """The inputs of the first training row, to be asked about."""
        return tuple(map(float, self.data.inputs[0]))

    def moment(self, epoch: int, question: tuple[float, ...] = ()) -> Moment:
        """The run at an epoch; question: by default the case's own."""
        return Moment(self.run, epoch, question or self.asked)

    def steps(self, epoch: int) -> dict[str, Step]:
        """The arrays of an epoch by name."""
        return {step.name: step for step in walk_of(self.moment(epoch))}

    def answer(self, epoch: int, question: tuple[float, ...] = ()) -> str:
        """What the network says, as the page reads it out."""
        return self.written(self.moment(epoch, question).prediction[0])

    def written(self, label: float) -> str:
        return prediction_text(label, self.data.label_scale)

    # --- Names, as Markdown ---

    @cached_property
    def neurons(self) -> tuple[tuple[str, ...], ...]:
        layers = neuron_names(self.run.sizes, self.data.input_names, self.data.output_names)
        return tuple(tuple(map(markdown, layer)) for layer in layers)

    @property
    def hidden(self) -> tuple[str, ...]:
        return self.neurons[1]

    @property
    def label(self) -> str:
        return self.neurons[2][0]

    @cached_property
    def rows(self) -> tuple[str, ...]:
        return tuple(f"row {number}" for number in self.data.training_rows)

    @property
    def targets(self) -> list[str]:
        """What the table says, row by row."""
        return [shown(target) for target in self.data.targets[:, 0]]

    def asked_as(self, question: tuple[float, ...]) -> str:
        """A question by its numbers: (4, 8)."""
        return f"({', '.join(map(asked_text, question))})"


def listed(parts) -> str:
    """``a, b and c``."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def product(a: float, b: float) -> str:
    """``0.0656 · (−0.7037) = −0.0462``, the result to 3 digits."""
    other = rounded(b)
    other = f"({other})" if b < 0 else other
    return f"{rounded(a, 3)} · {other} = {rounded(a * b, 3)}"
