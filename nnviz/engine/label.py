"""What a network says of one label: a number in its unit, or a class with its share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.engine.coding import CATEGORIES, YES_NO, Coding


@dataclass(frozen=True)
class Label:
    """One of the labels.

    coding: of its column. place: which of the outputs are its own. shift, scale: of its first
    output; a label becomes (label − shift) / scale, from 0 to 1.
    """

    coding: Coding
    place: slice
    shift: float
    scale: float

    @property
    def name(self) -> str:
        """The column's."""
        return self.coding.name

    @property
    def classes(self) -> tuple[str, ...]:
        """What it can be, in the table's own words; nothing if it is a number."""
        return self.coding.values

    def numbers(self, outputs: np.ndarray) -> np.ndarray:
        """Of a label that is a number, what all outputs, (…, outputs), say of it: (…,)."""
        return outputs[..., self.place.start] * self.scale + self.shift

    def shares(self, outputs: np.ndarray) -> np.ndarray:
        """Of a label that is a class, each class's share, (…, classes); they add up to 1.

        A class has an output of its own, from 0 to 1, and its share is that of their sum. Yes and
        no have one between them, which is the share of yes.
        """
        own = outputs[..., self.place]
        if self.coding.kind == YES_NO:
            return np.concatenate([1 - own, own], axis=-1)
        total = own.sum(axis=-1, keepdims=True)
        even = np.full_like(own, 1 / own.shape[-1])  # where all of them are 0
        return np.divide(own, total, out=even, where=total > 0)

    def known(self, targets: np.ndarray) -> np.ndarray:
        """The place of the true class of rows, (rows,), by their targets, (rows, outputs)."""
        return self.shares(targets).argmax(axis=-1)

    def aspect(self, class_number: int = 0) -> Aspect:
        """The label as one number: of categories, the share of one of them; of yes/no, of yes.

        class_number: which of the categories, from 0; another table may have fewer of them.
        """
        if self.coding.kind != CATEGORIES:
            return Aspect(self, len(self.classes) - 1)
        return Aspect(self, min(class_number, len(self.classes) - 1))


@dataclass(frozen=True)
class Aspect:
    """What a picture shows of a label, as it can show but one number: that itself, or a share.

    class_number: of which of the classes it is the share; −1 where the label is a number.
    """

    label: Label
    class_number: int = -1

    @property
    def chosen(self) -> str:
        """The class; empty where the label is a number."""
        return self.label.classes[self.class_number] if self.label.classes else ""

    @property
    def name(self) -> str:
        """What it is a number of."""
        return f"share of {self.chosen}" if self.chosen else self.label.name

    @property
    def key(self) -> str:
        """A name that other labels and other classes don't share."""
        return f"{self.label.place.start} {self.class_number}"

    @property
    def scale(self) -> float:
        """The size of the numbers, by which they are written."""
        return self.label.scale

    def of(self, values: np.ndarray) -> np.ndarray:
        """The number, (…,), by all outputs in the labels' own units, (…, outputs)."""
        if not self.label.classes:
            return values[..., self.label.place.start]
        return self.label.shares(values)[..., self.class_number]
