"""All that a run depends on, in one frozen object with a name."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from hashlib import blake2b
from typing import Any

import numpy as np
import pandas as pd

from nnviz.engine.dataset import Dataset
from nnviz.engine.network import Network
from nnviz.engine.roles import Roles
from nnviz.engine.shape import Shape
from nnviz.engine.table import MAX_COLUMNS, MAX_ROWS, TableError, column_name, visible
from nnviz.engine.training import RECORDING_BYTES, Run, record
from nnviz.engine.updates import GRADIENT_DESCENT, UPDATES, Update, proposed_rate

VERSION = 2  # of what `to_json` writes
MAX_SEED = 2**63 - 1
_MAX_JSON = 20_000_000  # characters; no table within the limits needs more


class RecipeError(ValueError):
    """A recipe that can't be read or followed; the message says what is wrong with it."""


@dataclass(frozen=True, eq=False)
class Recipe:
    """All that a run depends on but its length. Two recipes are equal if their `key` is.

    table: a DataFrame, or the `Dataset` made of one, which then says roles and full scale.
    hidden: neurons of each hidden layer; ``()`` for none.
    seed: draws the starting weights, see `Network.random`.
    learning_rate: the factor η of every update; None is `updates.proposed_rate`.
    label_scale: the label that stands for 1; None is the smallest power of ten that none exceeds.
    roles: what each column and row of the table is for; None is what `roles.propose` says.
    update: the name of the update rule, one of `updates.UPDATES`.
    weights: starting weights, one array (n_in, n_out) a layer, in the place of the seed's.

    Raises TableError for a fault of the table, RecipeError for any other.
    """

    table: pd.DataFrame
    hidden: tuple[int, ...] = (3,)
    seed: int = 0
    learning_rate: float = None  # type: ignore[assignment]  # no longer, once it is made
    label_scale: float | None = None
    roles: Roles = None  # type: ignore[assignment]  # likewise
    update: str = GRADIENT_DESCENT.name
    weights: tuple[np.ndarray, ...] | None = None
    data: Dataset = field(init=False, repr=False)

    def __post_init__(self):
        data = self.table
        if not isinstance(data, Dataset):
            scale = self.label_scale
            scale = None if scale is None else _above_0(scale, "The full scale")
            data = Dataset(self.table, label_scale=scale, roles=self.roles)
        rate = self.learning_rate
        rate = proposed_rate(len(data.X)) if rate is None else rate
        self._set(
            data=data,
            table=data.table,
            roles=data.roles,
            label_scale=data.label_scale_given,
            hidden=tuple(_whole(n, "Hidden neurons", 1) for n in self.hidden),
            seed=_whole(self.seed, "The seed", 0, MAX_SEED),
            learning_rate=_above_0(rate, "The learning rate"),
        )
        if not (isinstance(self.update, str) and self.update in UPDATES):
            raise RecipeError(f"There is no update rule named “{_quoted(self.update)}”.")
        if self.weights is not None:
            self._set(weights=self._checked_weights())

    def _set(self, **values) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def _checked_weights(self) -> tuple[np.ndarray, ...]:
        try:
            network = Network(list(self.weights or ()))
        except (ValueError, TypeError) as error:
            raise RecipeError(f"These weights make no network: {error}") from error
        inputs, outputs = len(self.data.input_names), len(self.data.output_names)
        sizes = tuple(network.sizes)
        if (sizes[0], sizes[-1]) != (inputs, outputs):
            raise RecipeError(
                f"The network takes {sizes[0]} inputs and gives {sizes[-1]} outputs; "
                f"the data have {inputs} and {outputs}."
            )
        self._set(hidden=sizes[1:-1])
        for w in network.weights:
            w.flags.writeable = False
        return tuple(network.weights)

    @property
    def shape(self) -> Shape:
        """The network's layers, and where each weight stands."""
        data = self.data
        return Shape((len(data.input_names), *self.hidden, len(data.output_names)))

    @property
    def rule(self) -> Update:
        """The update rule."""
        return UPDATES[self.update]

    @cached_property
    def key(self) -> str:
        """A name that only equal recipes share: 24 hexadecimal digits."""
        table = self.data.table
        settings = [VERSION, table.shape, list(table.columns), *self._settings().values()]
        weights = [w.tobytes() for w in self.weights or ()]
        digest = blake2b(json.dumps(settings).encode(), digest_size=12)
        for name in table.columns:
            digest.update(_bytes_of(table[name]))
        digest.update(b"".join(weights))
        return digest.hexdigest()

    def __eq__(self, other) -> bool:
        return isinstance(other, Recipe) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def network(self) -> Network:
        """The network before its first epoch."""
        if self.weights is not None:
            return Network(list(self.weights))
        return Network.random(self.shape.sizes, self.seed)

    def but(self, **changes) -> Recipe:
        """The same recipe but for some fields; the table is read anew only if that changes it."""
        if "weights" not in changes and {"hidden", "seed", "table"} & changes.keys():
            changes["weights"] = None
        table = changes.get("table")
        if isinstance(table, pd.DataFrame) and list(table.columns) != list(self.table.columns):
            changes.setdefault("roles", None)  # other columns are for something else
        if not {"table", "roles", "label_scale"} & changes.keys():
            changes["table"] = self.data
        return replace(self, **changes)

    def train(self, epochs: int = 1000) -> Run:
        """Train, and record every epoch; see `training.record` for what is raised."""
        return record(self, epochs)

    def _settings(self) -> dict[str, Any]:
        """Every field but the table and given weights, as JSON has it."""
        apart = ("table", "weights", "data")
        values = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in apart}
        return values | {"roles": self.data.roles.to_dict()}

    def to_json(self) -> str:
        """The recipe as JSON, every field written out; `from_json` reads it again.

        ``{"nnviz": 2, "columns": […], "rows": [[…], …], "hidden": [3], …}``: the version, the
        table with null for blank cells, then the fields by name.
        """
        table = self.data.table
        content = {
            "nnviz": VERSION,
            "columns": list(table.columns),
            "rows": [[_written(cell) for cell in row] for row in table.to_numpy(object).tolist()],
            **self._settings(),
            "learning_rate": _written(self.learning_rate),
            "label_scale": None if self.label_scale is None else _written(self.label_scale),
        }
        if self.weights is not None:
            content["weights"] = [w.tolist() for w in self.weights]
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)

    @classmethod
    def from_json(cls, text: str) -> Recipe:
        """The recipe that `to_json` wrote. A field that is lacking has its default.

        Raises RecipeError, in a sentence, if it is no such text, was written by a newer
        version, or a value in it can't be; TableError for a fault of the table.
        """
        content = _parsed(text)
        known = {f.name for f in fields(cls) if f.init} - {"table"}
        for name in content.keys() - known - {"nnviz", "columns", "rows"}:
            raise RecipeError(f"“{_quoted(name)}” is unknown here. A newer nnviz may know it.")
        settings = {name: value for name, value in content.items() if name in known}
        if settings.get("roles") is not None:
            settings["roles"] = Roles.from_dict(settings["roles"])
        settings["hidden"] = tuple(_list(settings.get("hidden", [3]), "hidden"))
        if settings.get("weights") is not None:
            settings["weights"] = tuple(_list(settings["weights"], "weights"))
        try:
            return cls(_table(content), **settings)
        except (TableError, RecipeError):
            raise
        except (TypeError, ValueError, OverflowError) as error:
            raise RecipeError(f"This is no recipe: {error}") from error


def train(
    network: Network,
    data: Dataset,
    epochs: int = 1000,
    learning_rate: float = 1.0,
    recording_bytes: int = RECORDING_BYTES,
) -> Run:
    """Train by full-batch gradient descent on ½·Σ(y − o)² and record every epoch.

    Raises ValueError if the network does not fit the data, the number of epochs is
    below 0, the learning rate is not a finite number above 0, or it is so large that
    the weights overflow.
    """
    recipe = Recipe(data, weights=tuple(network.weights), learning_rate=learning_rate)
    return record(recipe, epochs, recording_bytes)


def _whole(value, what: str, least: int, most: int | None = None) -> int:
    """A whole number within its range; bools and 3.0 from JSON are none."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise RecipeError(f"{what} must be a whole number, not {_quoted(value)}.")
    if value < least or (most is not None and value > most):
        raise RecipeError(f"{what} must be {least} or more, not {_quoted(value)}.")
    return int(value)


def _above_0(value, what: str) -> float:
    number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    if not (number and math.isfinite(value) and value > 0):
        raise RecipeError(f"{what} must be a number above 0, not {_quoted(value)}.")
    return float(value)


def _quoted(value: object) -> str:
    """What was given, as a sentence can hold it."""
    return visible(str(value))[:40]


def _bytes_of(column: pd.Series) -> bytes:
    """A column's cells; a blank is one and the same, whichever NaN stands for it; and −0 is 0."""
    if column.dtype == float:
        return np.nan_to_num(column.to_numpy() + 0.0, nan=math.inf).tobytes()
    return json.dumps(column.tolist()).encode()


def _written(value: float | str | None) -> float | int | str | None:
    """A number as short as it can be read back exactly; NaN, which is a blank cell, is null."""
    if value is None or isinstance(value, str):
        return value
    if math.isnan(value):
        return None
    whole = value.is_integer() and abs(value) < 2**53 and math.copysign(1, value) > 0
    return int(value) if whole else value


def _parsed(text: str) -> dict:
    if len(text) > _MAX_JSON:
        raise RecipeError("This file is too large for a recipe.")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RecipeError("This is no recipe: it can't be read as JSON.") from error
    version = content.get("nnviz") if isinstance(content, dict) else None
    if isinstance(version, bool) or not isinstance(version, int):
        raise RecipeError("This is no recipe of nnviz.")
    if version > VERSION:
        raise RecipeError("This recipe was written by a newer nnviz than this one.")
    return _of_version_1(content) if version == 1 else content


def _of_version_1(content: dict) -> dict:
    """The first version knew columns of numbers alone, the last so many of them labels."""
    labels = _whole(content.pop("labels", 1), "Labels", 1)
    columns = len(_list(content.get("columns"), "columns"))
    if labels >= columns:
        raise RecipeError(f"{labels} of {columns} columns can't be labels.")
    roles = Roles.of_numbers(columns, labels).to_dict()
    return {"learning_rate": 1.0} | content | {"roles": roles}


def _list(value, what: str) -> list:
    if not isinstance(value, list):
        raise RecipeError(f"“{what}” must be a list.")
    return value


def _table(content: dict) -> pd.DataFrame:
    """The table of a recipe's JSON; its sizes are checked before anything is made of them."""
    columns, rows = (_list(content.get(name), name) for name in ("columns", "rows"))
    if len(columns) > MAX_COLUMNS or len(rows) > MAX_ROWS:
        raise TableError(
            f"The table has {len(rows):,} rows and {len(columns)} columns; at most "
            f"{MAX_ROWS:,} and {MAX_COLUMNS} can be shown."
        )
    if not all(isinstance(name, str) for name in columns):
        raise RecipeError("“columns” must be a list of names.")
    for number, row in enumerate(rows, start=1):
        if len(_list(row, "rows")) != len(columns):
            raise RecipeError(f"Row {number} has {len(row)} cells, not {len(columns)}.")
        if not all(cell is None or type(cell) in (int, float, str) for cell in row):
            raise RecipeError(f"Row {number} holds something that is no number and no text.")
    return pd.DataFrame(rows, columns=list(map(column_name, columns)), dtype=object)
