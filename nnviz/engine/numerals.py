"""How numbers are written: points and commas, thousands, currency signs, and what means blank.

“1,234” is 1234 to one and 1.234 to another. What is meant is decided by what else stands in the
column, then in the file; where neither can tell, it is for the person to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

Cell = str | float | None  # as a file has it; a workbook's numbers are numbers already

BLANKS = {"?", "na", "n/a", "<na>", "nan", "null", "none", "..", "#n/a", "#n/a!", "#na"}
BLANKS |= {"#null!", "#div/0!", "#value!", "#ref!", "#name?", "#num!"}  # a spreadsheet's errors
_DASHES = frozenset("-–—−")  # a blank too, but not beside a “+”, of which it is the opposite

_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE}"
_APOSTROPHES = "’‘ʼ′´`"
_MINUSES = "−–‐‑﹣－"
_SAME = str.maketrans(
    _SPACES + _APOSTROPHES + _MINUSES,
    " " * len(_SPACES) + "'" * len(_APOSTROPHES) + "-" * len(_MINUSES),
)
_SWAPPED = str.maketrans(",.", ".,")

_UNIT = (
    "%|(?:US|C|CA|A|AU|NZ|HK|S|R|NT)?[$]|[€£¥₩₹₽₺₪₫₴₦₱฿₡₲₵₸₼₾₿¢]"
    "|EUR|USD|GBP|CHF|JPY|CNY|INR|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|ZAR"
    "|kr|zł|Kč|Ft|Rs"
)
_WRITTEN = re.compile(
    rf"(?P<bracket>\()?\s*(?P<sign>[+-])?\s*(?P<before>{_UNIT})?\s*(?P<inner>[+-])?\s*"
    rf"(?P<body>[.,]?\d(?:[\d.,' ]*[\d.,])?(?:[eE][+-]?\d+)?|(?i:inf(?:inity)?))"
    rf"\s*(?P<after>{_UNIT})?\s*"
    r"(?P<close>\))?"
)
# Numbers whose decimal mark is the point; for the comma, the two change places before. Groups are
# of three digits with one separator, or as in India: 12,34,567.
_PLAIN = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_INFINITE = re.compile("inf(?:inity)?", re.IGNORECASE)
_USUAL = re.compile(
    r"-?(?:(?P<whole>[0-9]+)|(?P<either>[1-9][0-9]{0,2}[.,][0-9]{3})"
    r"|(?P<point>[0-9]+\.[0-9]+)|(?P<comma>[0-9]+,[0-9]+))"
)
_LONGEST = 400  # characters of a number; there is none among floats that needs more
_GROUPED = re.compile(
    r"(?:[1-9]\d{0,2}(?P<by>[, '])\d{3}(?:(?P=by)\d{3})*|[1-9]\d?(?:,\d\d)+,\d{3})(?:\.\d*)?"
)


class Numeral(NamedTuple):
    """A cell that is a number.

    point, comma: its value where that is the decimal mark; None if it can't be written so.
    text: as it stands in the file. body: its digits and what stands among them, as ASCII.
    unit: the currency or percent sign beside them, which is left out; empty if there is none.
    bracketed: whether it is negative by its brackets, as in bookkeeping.
    """

    point: float | None
    comma: float | None
    text: str = ""
    body: str = ""
    unit: str = ""
    bracketed: bool = False

    @property
    def mark(self) -> str | None:
        """The decimal mark that it must have been written with, if it can only be one."""
        if self.point is None:
            return ","
        return "." if self.comma is None else None

    def value(self, decimal: str) -> float:
        """The number, with that decimal mark if both are possible."""
        value = self.comma if (self.mark or decimal) == "," else self.point
        assert value is not None
        return value

    def rewritten(self, decimal: str) -> str:
        """What of it is not as a program would write it; empty if nothing is."""
        if self.unit or self.bracketed:
            return self.unit or "()"
        decimal = self.mark or decimal
        rest = self.body.replace(decimal, "", 1)
        if not rest.isdigit() and any(mark in rest for mark in ",. '"):
            return "thousands"
        return "decimal comma" if "," in self.body else ""


def numeral(cell: Cell) -> Numeral | None:
    """A cell as a number, if it is one."""
    if not isinstance(cell, str):
        return None if cell is None else Numeral(cell, cell)
    if found := _USUAL.fullmatch(cell):
        return _usual(cell, found.lastgroup)
    if len(cell) > _LONGEST:
        return None
    found = _WRITTEN.fullmatch(cell.translate(_SAME))
    if found is None or _contradicts_itself(found):
        return None
    body = found["body"]
    point, comma = _value(body), _value(body.translate(_SWAPPED))
    if point is None and comma is None:
        return None
    bracketed = found["bracket"] is not None
    if bracketed or "-" in (found["sign"], found["inner"]):
        point, comma = point and -point, comma and -comma
    return Numeral(point, comma, cell, body, found["before"] or found["after"] or "", bracketed)


def _usual(cell: str, kind: str | None) -> Numeral:
    """What nearly all numbers are; apart, as a large table has half a million of them."""
    body = cell.removeprefix("-")
    if kind == "point":
        return Numeral(float(cell), None, cell, body)
    value = float(cell.replace(",", "."))
    if kind == "comma":
        return Numeral(None, value, cell, body)
    grouped = float(cell.replace(",", "").replace(".", ""))
    return Numeral(*((value, grouped) if "." in cell else (grouped, value)), cell, body)


def _contradicts_itself(found: re.Match) -> bool:
    """Half a pair of brackets, or two signs, or two units."""
    brackets, signs, units = (
        [found[one] is not None for one in pair]
        for pair in (("bracket", "close"), ("sign", "inner"), ("before", "after"))
    )
    return brackets[0] != brackets[1] or sum(signs) + brackets[0] > 1 or all(units)


def _value(body: str) -> float | None:
    """A number without its sign, where the point is the decimal mark."""
    if _PLAIN.fullmatch(body) or _INFINITE.fullmatch(body):
        return float(body)
    return float(re.sub("[, ']", "", body)) if _GROUPED.fullmatch(body) else None


def blank_as(cell: str) -> bool:
    """Whether a cell says that it is blank; a dash depends on its column, see `Column`."""
    return cell.lower() in BLANKS


@dataclass(frozen=True)
class Column:
    """A column of cells, and which of them are numbers."""

    name: str
    cells: Sequence[Cell]

    @cached_property
    def is_blank(self) -> list[bool]:
        dashes = frozenset() if "+" in self.cells else _DASHES
        return [
            not cell or cell in dashes or blank_as(cell) if isinstance(cell, str) else cell is None
            for cell in self.cells
        ]

    @cached_property
    def numerals(self) -> list[Numeral | None]:
        """Each cell as a number; None if it is blank or text.

        Different currencies are not numbers of one kind, so that they stay text.
        """
        found = [None if blank else numeral(cell) for cell, blank in zip(self.cells, self.is_blank)]
        if len({one.unit for one in found if one and one.unit}) > 1:
            return [None if one and one.unit else one for one in found]
        return found

    @cached_property
    def is_numbers(self) -> bool:
        """Whether all cells that hold something are numbers."""
        return all(blank or one for blank, one in zip(self.is_blank, self.numerals))

    @cached_property
    def is_mostly_numbers(self) -> bool:
        """Whether a text in it is likely a slip; in a column of text a number is text too."""
        numbers = sum(one is not None for one in self.numerals)
        return numbers > 0 and 2 * numbers >= self.is_blank.count(False)

    @cached_property
    def ambiguous(self) -> list[Numeral]:
        """The cells that may be meant either way."""
        return [one for one in self._counted if None not in one[:2] and one.point != one.comma]

    @cached_property
    def marks(self) -> set[str]:
        """The decimal marks that some cells in it must have been written with."""
        point = any(one.comma is None for one in self._counted)
        comma = any(one.point is None for one in self._counted)
        return {mark for mark, is_there in ((".", point), (",", comma)) if is_there}

    @cached_property
    def _counted(self) -> list[Numeral]:
        """The numbers in it, if they tell how numbers are written."""
        return [one for one in self.numerals if one] if self.is_mostly_numbers else []

    def marks_by_zeros(self) -> set[str]:
        """The decimal mark that follows where decimals would have been padded, and others not.

        Beside 980, 1,230 is no decimal: whoever fills up with zeros would have written 980,000.
        """
        padded = {one.body for one in self.ambiguous if one.body.endswith("0")}
        whole = any(one.body.isdigit() and one.point for one in self._counted)
        return {"," if "." in body else "." for body in padded} if whole else set()


def decimal_marks(columns: Sequence[Column], delimiter: str | None) -> list[str | None]:
    """The decimal mark by which each column's ambiguous cells are read; None if it can't be told.

    Told by the first of these that has a say, and speaks with one voice: the column's other
    cells; all columns' other cells; zeros that are there or aren't, and what separates the
    cells. Commas between cells go with decimal points, and semicolons came into use where the
    comma is the decimal mark; but programs write points between semicolons too.
    """
    in_file = set().union(*(column.marks for column in columns))
    by_zeros = set().union(*(column.marks_by_zeros() for column in columns))
    return [_decimal_mark(column, in_file, by_zeros, delimiter) for column in columns]


def _decimal_mark(
    column: Column, in_file: set[str], by_zeros: set[str], delimiter: str | None
) -> str | None:
    if not column.ambiguous:
        return "."
    by_delimiter = {"."} if delimiter == "," else set()
    if delimiter == ";" and not any("." in one.body for one in column.ambiguous):
        by_delimiter = {","}
    for evidence in (column.marks, in_file, by_zeros | by_delimiter):
        if evidence:
            return evidence.pop() if len(evidence) == 1 else None
    return None


def meanings(text: str) -> list[float]:
    """The numbers that a text may be meant as: none, one, or two, that with thousands first."""
    one = numeral(text.strip())
    if one is None:
        return []
    return sorted({value for value in (one.point, one.comma) if value is not None}, key=abs)[::-1]


def plain(value: float) -> str:
    """A number as a person would type it, read back the same."""
    return repr(value).removesuffix(".0")
