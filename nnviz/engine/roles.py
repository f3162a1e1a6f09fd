"""What each column and row of a table is for; a proposal where nothing is said of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from nnviz.engine.coding import CATEGORIES, KINDS, MAX_CATEGORIES, NUMBERS, YES_NO, is_yes_no
from nnviz.engine.scaling import (
    FULL_SCALE,
    INPUT_SCALINGS,
    LABEL_SCALINGS,
    LARGEST,
    NONE,
    proposed_for_inputs,
    proposed_for_labels,
)
from nnviz.engine.table import MAX_ROWS, TableError, as_number, cell_text

INPUT, LABEL, LEFT_OUT = "input", "label", "left out"
COLUMN_ROLES = (INPUT, LABEL, LEFT_OUT)

TRAINING, QUESTION, HELD_OUT = "training", "question", "held out"
ROW_ROLES = (TRAINING, QUESTION, HELD_OUT)

REFUSE, LEAVE_OUT, MEAN = "refuse", "leave out", "mean"
BLANKS = (REFUSE, LEAVE_OUT, MEAN)  # what is done about a row with a blank input

_MOST_CLASSES = 10  # that whole numbers stand for
_ROWS_A_CLASS = 10  # at least, before whole numbers are taken for classes
_ENOUGH_TO_NUMBER = 3  # rows, before a column can be one that numbers them
_INDEX = re.compile(r"(?i:unnamed: ?\d+|index|nr\.?|no\.?|#|row|(.*[ _]|row)?id)|.*[a-z](Id|ID)")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T]\d{1,2}:\d{2}.*)?")


@dataclass(frozen=True)
class Column:
    """What a column is for: one of `COLUMN_ROLES`, `KINDS` and, of numbers, a scaling's name."""

    role: str = INPUT
    kind: str = NUMBERS
    scaling: str = LARGEST.name

    def __post_init__(self):
        scalings = LABEL_SCALINGS if self.role == LABEL else INPUT_SCALINGS
        for value, known, what in (
            (self.role, COLUMN_ROLES, "role"),
            (self.kind, KINDS, "kind"),
            (self.scaling, scalings, "scaling"),
        ):
            if not (isinstance(value, str) and value in known):
                raise TableError(f"A column's {what} can't be “{str(value)[:40]}”.")


LABEL_OF_NUMBERS = Column(LABEL, NUMBERS, FULL_SCALE.name)


@dataclass(frozen=True)
class Roles:
    """What a table's columns and rows are for.

    columns: one for each column.
    rows: by their numbers, from 1, the rows that are not for what their cells say: "question"
        or "held out" for a row that has a label.
    blanks: what is done about a row with a blank input: "refuse" it, "leave out" the row, or fill
        in the column's "mean" (of a text, the most frequent one).

    Raises TableError if a value is none of these.
    """

    columns: tuple[Column, ...]
    rows: Mapping[int, str] = field(default_factory=dict)
    blanks: str = REFUSE

    def __post_init__(self):
        if self.blanks not in BLANKS:
            raise TableError(f"Blanks can't be dealt with by “{str(self.blanks)[:40]}”.")
        for number, role in self.rows.items():
            if type(number) is not int or not 1 <= number <= MAX_ROWS or role not in ROW_ROLES:
                raise TableError(f"Row {str(number)[:9]} can't be “{str(role)[:40]}”.")
        kept = {n: role for n, role in sorted(self.rows.items()) if role != TRAINING}
        object.__setattr__(self, "rows", kept)

    def __hash__(self) -> int:
        return hash((self.columns, tuple(self.rows.items()), self.blanks))

    def but(self, **changes) -> Roles:
        """The same but for some fields."""
        return replace(self, **changes)

    def to_dict(self) -> dict[str, Any]:
        """As plain lists, dictionaries and texts, for JSON."""
        columns = [[column.role, column.kind, column.scaling] for column in self.columns]
        rows = {str(number): role for number, role in self.rows.items()}
        return {"columns": columns, "rows": rows, "blanks": self.blanks}

    @classmethod
    def from_dict(cls, content: Any) -> Roles:
        """The reverse of `to_dict`. Raises TableError if it is no such dictionary."""
        try:
            columns = tuple(Column(*map(_text, column)) for column in content["columns"])
            rows = {int(number): _text(role) for number, role in content.get("rows", {}).items()}
            return cls(columns, rows, content.get("blanks", REFUSE))
        except (TypeError, KeyError, AttributeError, ValueError) as error:
            if isinstance(error, TableError):
                raise
            raise TableError("These roles of columns and rows can't be read.") from error

    @classmethod
    def of_numbers(cls, columns: int, labels: int = 1) -> Roles:
        """The tutorial's: all columns are numbers, the last of them labels."""
        return cls((Column(),) * (columns - labels) + (LABEL_OF_NUMBERS,) * labels)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TableError("These roles of columns and rows can't be read.")
    return value


def rows_with_blanks(table: pd.DataFrame, roles: Roles) -> int:
    """How many rows lack an input, but are not wholly blank."""
    used = [j for j, column in enumerate(roles.columns) if column.role != LEFT_OUT]
    blank = table.iloc[:, used].map(lambda cell: cell_text(cell) is None).to_numpy()
    inputs = [roles.columns[j].role == INPUT for j in used]
    return int((blank[:, inputs].any(axis=1) & ~blank.all(axis=1)).sum())


def propose(table: pd.DataFrame, labels: int | None = None) -> Roles:
    """Roles for a table of which nothing is known but its names and cells.

    labels: how many of the last columns are labels; by default the last one that is not left out.

    Numbers are inputs; texts of which some repeat are categories; what only numbers or names the
    rows is left out, see `why_left_out`.
    """
    count = table.shape[1]
    cells = [table.iloc[:, j].tolist() for j in range(count)]
    left_out = [bool(why_left_out(str(name), column)) for name, column in zip(table.columns, cells)]
    if labels is None:
        used = [j for j in range(count) if not left_out[j]]
        last = used[-1] if len(used) >= 2 else count - 1
        labelled = {last}
        if len(used) < 2:
            left_out = [False] * count
    else:
        labelled = set(range(count - labels, count))
    return Roles(
        tuple(
            proposed(column, LABEL if j in labelled else LEFT_OUT if left_out[j] else INPUT)
            for j, column in enumerate(cells)
        )
    )


def is_prose(table: pd.DataFrame) -> bool:
    """Whether it is most likely a letter, say, that has commas as a table has.

    No cell of it is a number or a yes, and no text stands twice in its column, so that there is
    nothing to learn.
    """
    columns = [[t for cell in table[name] if (t := cell_text(cell)) is not None] for name in table]
    return any(columns) and not any(
        len(set(texts)) < len(texts) or is_yes_no(set(texts)) or _any_number(texts)
        for texts in columns
    )


def _any_number(texts: Sequence[str]) -> bool:
    return any(as_number(text) is not None for text in texts)


def why_left_out(name: str, cells: Sequence) -> str:
    """Why a column is proposed as left out, in words that go on from its name; or empty."""
    texts = [text for cell in cells if (text := cell_text(cell)) is not None]
    if not texts:
        return ""
    numbers = [as_number(text) for text in texts]
    if None not in numbers:
        values = _numbers(texts)
        apart = len(values) >= _ENOUGH_TO_NUMBER and len(np.unique(values)) == len(cells)
        whole = apart and (values == np.floor(values)).all()
        return "only numbers the rows" if whole and _INDEX.fullmatch(name) else ""
    if all(_DATE.fullmatch(text) for text in texts):
        return "holds dates"
    words = [text for text, number in zip(texts, numbers) if number is None]
    if len(words) <= len(texts) / 2 or len(texts) == 1:
        return ""  # numbers with slips among them, which are to be named
    different = len(set(texts))
    if is_yes_no(set(texts)) or different == 1:
        return ""
    if different == len(texts):
        return "names the rows: no text of it stands twice"
    if different > MAX_CATEGORIES:
        return f"has {different} different texts, more than {MAX_CATEGORIES}"
    return ""


def proposed(cells: Sequence, role: str) -> Column:
    """Kind and scaling for a column of a role."""
    if role == LEFT_OUT:
        return Column(role)
    return _label(cells) if role == LABEL else _input(cells)


def scaling_for(cells: Sequence, role: str) -> str:
    """The scaling that is proposed for a column of numbers."""
    values = _numbers(cells)
    return proposed_for_labels(values) if role == LABEL else proposed_for_inputs(values)


def _input(cells: Sequence) -> Column:
    kind = _kind(cells)
    return Column(INPUT, kind, scaling_for(cells, INPUT) if kind == NUMBERS else NONE.name)


def _label(cells: Sequence) -> Column:
    kind = _kind(cells)
    if kind == NUMBERS and not _are_classes(_numbers(cells)):
        return Column(LABEL, kind, scaling_for(cells, LABEL))
    return Column(LABEL, CATEGORIES if kind == NUMBERS else kind, FULL_SCALE.name)


def _kind(cells: Sequence) -> str:
    """Numbers unless most cells are texts; one text alone is a slip."""
    texts = [text for cell in cells if (text := cell_text(cell)) is not None]
    words = [text for text in texts if as_number(text) is None]
    if words and is_yes_no(set(texts)):
        return YES_NO
    if len(words) <= len(texts) / 2 or len(set(texts)) < 2:
        return NUMBERS
    return CATEGORIES


def _are_classes(numbers: np.ndarray) -> bool:
    """Whether whole numbers are clearly names of classes: 0, 1, 2 … over and over.

    Of two values, one output from 0 to 1 says the same.
    """
    different = np.unique(numbers)
    return bool(
        3 <= len(different) <= _MOST_CLASSES
        and different[0] in (0, 1)
        and np.array_equal(different, different[0] + np.arange(len(different)))
        and len(numbers) >= _ROWS_A_CLASS * len(different)
    )


def _numbers(cells: Sequence) -> np.ndarray:
    """The finite ones among them."""
    numbers = (as_number(cell) for cell in cells)
    values = np.array([n for n in numbers if n is not None], float)
    return values[np.isfinite(values)]
