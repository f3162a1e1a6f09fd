"""What of a file's lines is the table: what separates cells, a title above, names, an index."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nnviz.engine.numerals import Cell, blank_as, numeral
from nnviz.engine.table import TableError, visible

_DELIMITERS = ",;\t|"
_SAMPLE = 200  # lines that tell what separates the cells
_SEP = re.compile(r'\s*"?sep=(.)"?[ \t]*(?:\r\n?|\n|$)', re.IGNORECASE)
_YEARS = range(1800, 2101)
_SHOWN = 40  # characters of a file's own words in a sentence


@dataclass(frozen=True)
class Lines:
    """A table's names and rows of cells, each as long as there are names.

    said: a sentence on each thing that was left out, or is not in the file.
    """

    names: list[str]
    rows: list[list[Cell]]
    said: list[str]


def split(text: str) -> tuple[list[list[str]], str | None, list[str]]:
    """The cells of a text line by line, what separates them, and what is to be said of it.

    What separates them is None where it is nothing but space. Raises TableError.
    """
    said, delimiter = [], None
    if found := _SEP.match(text):
        text, delimiter = text[found.end() :], found[1]
        said.append(f"The line “sep={delimiter}” was left out.")
    try:
        delimiter = delimiter or _delimiter(text)
        rows = [line.split() for line in text.splitlines()] if delimiter is None else []
        if delimiter is not None:
            rows = _cells(text, delimiter)
    except csv.Error as error:
        raise TableError(
            f"This is not a CSV table: {error}. Perhaps a quotation mark is never closed."
        ) from error
    return [[visible(cell) for cell in row] for row in rows], delimiter, said


def _cells(text: str, delimiter: str) -> list[list[str]]:
    """Raises TableError if a quotation mark is never closed, as it would swallow all after it."""
    lines = io.StringIO(text, newline=None)
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)
    rows: list[list[str]] = []
    start = 0
    try:
        for row in reader:
            rows.append(row)
            start = reader.line_num
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise TableError(
                f"A quotation mark in line {start + 1} is never closed. Close it or remove it."
            ) from error
        if "field limit" in str(error):
            raise
        lines.seek(0)
        return list(csv.reader(lines, delimiter=delimiter, skipinitialspace=True))
    return rows


def _delimiter(text: str) -> str | None:
    """What separates the cells: what makes lines of equal length, and of the most numbers.

    None if that is space alone; a comma if nothing separates them.
    """
    sample = [line for line in text[:1_000_000].splitlines() if line.strip()][:_SAMPLE]
    by_score = {}
    for delimiter in _DELIMITERS:
        score = _score(list(csv.reader(sample, delimiter=delimiter, skipinitialspace=True)))
        if score:
            by_score[delimiter] = score
    if by_score:
        return max(by_score, key=by_score.__getitem__)
    return None if _is_spaced([line.split() for line in sample]) else ","


def _is_spaced(rows: list[list[str]]) -> bool:
    """Whether words line up as a table of numbers; R gives none to the column of rows' names."""
    score = _score(rows[1:]) if len(rows) > 1 else None
    equal, numbers, width = score or (0, 0, 0)
    return equal == 1 and numbers > 0.5 and len(rows[0]) in (width, width - 1)


def _score(rows: list[list[str]]) -> tuple[float, float, int] | None:
    """How many of the lines are as long as most, how many cells below the first are numbers,
    and how long most lines are; None if they have but one cell."""
    width, equal = Counter(map(len, rows)).most_common(1)[0] if rows else (0, 0)
    if width < 2:
        longer = sum(len(row) > 1 for row in rows)
        if not longer:
            return None
        width, equal = Counter(len(row) for row in rows if len(row) > 1).most_common(1)[0]
    cells = [cell.strip() for row in rows[1:] or rows for cell in row]
    numbers = sum(not cell or blank_as(cell) or numeral(cell) is not None for cell in cells)
    return equal / len(rows), numbers / len(cells), width


def as_table(lines: Sequence[Sequence[Cell]]) -> Lines:
    """A file's lines of cells as names and rows. Raises TableError."""
    rows = [row for line in lines if (row := _without_blank_end(line))]
    if not rows:
        raise TableError("The file is empty. It needs a line of column names and rows of numbers.")
    said = []
    if blank := sum(len(line) > 1 and not any(map(_holds, line)) for line in lines):
        said.append(f"{_counted(blank, 'blank row')} left out.")
    if blank := max(map(len, lines)) - max(map(len, rows)):
        said.append(f"{_counted(blank, 'blank last column')} left out.")
    rows, titles = _below_titles(rows)
    said += [f"The line above the table was left out: “{title}”." for title in titles]
    names, rows, sentence = _named(rows)
    said += [sentence] if sentence else []
    names, rows = _with_row_names(names, rows)
    _check_widths(names, rows)
    padded = [[*row, *[None] * (len(names) - len(row))] for row in rows]
    return _without_useless(names, padded, said)


def _holds(cell: Cell) -> bool:
    return cell is not None and cell != ""


def _without_blank_end(line: Sequence[Cell]) -> list[Cell]:
    row = list(line)
    while row and not _holds(row[-1]):
        row.pop()
    return row


def _below_titles(rows: list[list[Cell]]) -> tuple[list[list[Cell]], list[str]]:
    """The lines from the one on that is as full as a table's, and those above it as text."""
    width = Counter(map(len, rows[1:])).most_common(1)[0][0] if len(rows) > 1 else 1
    titles = []
    while len(rows) > 2 and len(rows[0]) < width:
        filled = [str(cell) for cell in rows[0] if _holds(cell)]
        if len(filled) > width // 2:
            break
        titles.append(" ".join(filled)[:_SHOWN])
        rows = rows[1:]
    return rows, titles


def _named(rows: list[list[Cell]]) -> tuple[list[str], list[list[Cell]], str]:
    """Names, the rows below them, and what is to be said if the names are ours."""
    if _has_header(rows):
        return [_name(cell) for cell in rows[0]], rows[1:], ""
    width = max(map(len, rows))
    names = [f"column {number}" for number in range(1, width + 1)]
    return names, rows, f"The file has no line of names, so columns are “{names[0]}” and so on."


def _name(cell: Cell) -> str:
    return repr(cell).removesuffix(".0") if isinstance(cell, float) else cell or ""


def _has_header(rows: list[list[Cell]]) -> bool:
    """Whether the first line names the columns: where numbers stand below, names are no numbers.

    In a table of text, names are not found again below.
    """
    header, body = rows[0], rows[1:_SAMPLE]
    columns = [
        [row[j] for row in body if j < len(row) and _holds(row[j])] for j in range(len(header))
    ]
    below = [(name, cells) for name, cells in zip(header, columns) if _are_numbers(cells)]
    if not body or not below:
        named = [name for name in header if _holds(name)]
        again = any(name in cells for name, cells in zip(header, columns) if _holds(name))
        return not (again or all(_number(name) is not None for name in named))
    numbers = [_number(name) for name, _ in below if _holds(name)]
    if any(number is None for number in numbers):
        return True
    return bool(numbers) and _are_years(numbers) and not all(
        _are_years([_number(cell) for cell in cells]) for _, cells in below
    )  # fmt: skip


def _number(cell: Cell) -> float | None:
    if isinstance(cell, float) or cell is None:
        return cell
    if blank_as(cell):
        return float("nan")
    found = numeral(cell)
    return None if found is None else found.value(".")


def _are_numbers(cells: list[Cell]) -> bool:
    return 2 * sum(_number(cell) is not None for cell in cells) > len(cells)


def _are_years(numbers: Sequence[float | None]) -> bool:
    return len(set(numbers)) == len(numbers) and all(number in _YEARS for number in numbers)


def _with_row_names(names: list[str], rows: list[list[Cell]]) -> tuple[list[str], list[list[Cell]]]:
    """R writes rows' names without a name of their own, so that each row is one cell longer."""
    longer = len(rows) > 1 and all(len(row) == len(names) + 1 for row in rows)
    is_index = longer and _is_index([row[0] for row in rows])
    return (["", *names] if is_index else names), rows


def _check_widths(names: list[str], rows: list[list[Cell]]) -> None:
    for number, row in enumerate(rows, start=1):
        if len(row) > len(names):
            raise TableError(
                f"Row {number} has {len(row)} cells, but there are {len(names)} column names. "
                "Remove the extra cells or name their columns."
            )


def _without_useless(names: list[str], rows: list[list[Cell]], said: list[str]) -> Lines:
    """Without columns that have neither name nor cells, and an index without a name."""
    columns = list(zip(*rows)) or [()] * len(names)
    blank = [j for j, name in enumerate(names) if not name and not any(map(_holds, columns[j]))]
    if blank and rows:
        said = [*said, f"{_counted(len(blank), 'column')} left out, with neither name nor value."]
    kept = [j for j in range(len(names)) if j not in blank or not rows]
    first = kept[0] if kept else 0
    unnamed = not names[first] or re.fullmatch(r"Unnamed: 0(\.\d+)?", names[first])
    if len(kept) > 2 and unnamed and _is_index(columns[first]):
        kept = kept[1:]
        examples = ", ".join(_name(cell)[:_SHOWN] for cell in columns[first][:3])
        said = [*said, f"The first column was left out, as it only names the rows: {examples} …"]
    return Lines([names[j] for j in kept], [[row[j] for j in kept] for row in rows], said)


def _is_index(cells: Sequence[Cell]) -> bool:
    """Whether cells tell rows apart and nothing else: whole numbers or texts, no two alike."""
    if not cells or not all(map(_holds, cells)) or len(set(cells)) < len(cells):
        return False
    numbers = [_number(cell) for cell in cells]
    return all(number is None for number in numbers) or all(
        number is not None and number.is_integer() for number in numbers
    )


def _counted(count: int, what: str) -> str:
    return f"1 {what} was" if count == 1 else f"{count:,} {what}s were"
