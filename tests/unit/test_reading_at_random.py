"""Tables at random, written in every way there is: read as they were meant, or refused."""

import numpy as np
import pandas as pd
import pytest
from tables import assert_learnable_or_refused

from nnviz.engine.reading import read
from nnviz.engine.table import TableError

TABLES, CHUNKS = 5_000, 50
PIECES = [
    *"0123456789.,;:|'\"-+()%$€£?/\\ \t\n\r_#eExX\0\x1a\ufeff\u202f\u00a0–—−’é",
    *("NA", "nan", "inf", "1,234", "1.234", "0,5", "0.5", "1e308", "1e-320", "sep=;", "a", "b"),
    *("\r\n", "1;2", "1,2", "1\t2", "a,b\n", "a;b\n", '"a b"', '""', "#N/A", "<b>", "12.05.2024"),
]


def is_long(chunk):
    """The first tenth is among the fast tests."""
    return pytest.param(chunk, marks=pytest.mark.long if chunk >= CHUNKS // 10 else ())


def assert_sound(reading):
    """Names apart, numbers or text or blank, and what is asked is still text."""
    table = reading.table
    assert table.columns.is_unique and all(isinstance(name, str) and name for name in table)
    for name, column in table.items():
        if column.dtype != float:
            assert all(cell is None or (isinstance(cell, str) and cell) for cell in column), name
    for one in reading.ambiguous:
        assert one.point != one.comma
        assert one.cell in set(table[one.column])
    assert all(note.endswith((".", "…")) for note in reading.notes)


@pytest.mark.long
@pytest.mark.parametrize("chunk", [*map(is_long, range(CHUNKS))])
def test_anything_is_read_or_refused_in_a_sentence(chunk):
    rng = np.random.default_rng([1, chunk])
    for _ in range(TABLES // CHUNKS):
        text = "".join(rng.choice(PIECES, rng.integers(1, 80)))
        encoding = rng.choice(["utf-8", "utf-16", "cp1252", "utf-8-sig"])
        content = text.encode(encoding, "replace")
        for decimal in (None, ".", ","):
            try:
                reading = read(content, decimal)
            except TableError as error:
                assert str(error).strip().isprintable() or "\n" in str(error)
                break
            assert_sound(reading)
            assert decimal is None or not reading.ambiguous
            assert_learnable_or_refused(lambda reading=reading: reading.table)


# How a number may be written, and by what cells may be separated then.
STYLES = {
    "plain": ("", ".", ",;\t"),
    "English": (",", ".", ";\t"),
    "German": (".", ",", ";\t"),
    "French": ("\u202f", ",", ";\t"),
    "Swiss": ("’", ".", ",;\t"),
}


@pytest.mark.long
@pytest.mark.parametrize("chunk", [*map(is_long, range(CHUNKS))])
def test_what_was_written_is_what_is_read(chunk):
    rng = np.random.default_rng([2, chunk])
    for _ in range(TABLES // CHUNKS):
        table, content = written(rng)
        assert read(content).table.equals(table), content.decode("utf-8")


def written(rng):
    """A table, and the bytes of a file that says how it is to be read."""
    by, point, delimiters = STYLES[rng.choice(list(STYLES))]
    delimiter = rng.choice(list(delimiters))
    rows, columns = rng.integers(2, 12), rng.integers(2, 6)
    values = np.round(rng.normal(size=(rows, columns)) * 10.0 ** rng.integers(0, 7), 2)
    values[0] = np.round(np.floor(np.abs(values[0])) + 0.25, 2)  # each column has decimals once
    unit = rng.choice(["", "", " €", "%"])
    blank = rng.choice(["", "NA", "n/a", "null", "–", "#N/A"])
    is_blank = rng.random(values.shape) < 0.1
    is_blank[0] = is_blank[:, 0] = False

    def cell(value):
        text = f"{value:,.2f}".translate(str.maketrans({",": by, ".": point}))
        return text.replace("-", rng.choice(["-", "−"])) + unit

    cells = [
        [blank if missing else cell(value) for value, missing in zip(*row)]
        for row in zip(values, is_blank)
    ]
    names = [f"n{j}" for j in range(columns)]
    if rng.random() < 0.3:  # an index
        names, cells = ["", *names], [[str(k), *row] for k, row in enumerate(cells)]
    quote = rng.choice(["", '"'])
    lines = [delimiter.join(f"{quote}{text}{quote}" for text in row) for row in [names, *cells]]
    if rng.random() < 0.2:
        lines = ["A title", "", *lines]
    if rng.random() < 0.2:
        lines = [f"sep={delimiter}", *lines]
    if rng.random() < 0.2:
        lines.append(delimiter * len(names))
    end = rng.choice(["\n", "\r\n", "\r"])
    expected = pd.DataFrame(np.where(is_blank, np.nan, values), columns=names[-columns:])
    return expected, end.join(lines).encode("utf-8")
