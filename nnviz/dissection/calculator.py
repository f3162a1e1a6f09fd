"""Sums as a person checks them: written with as many digits as a pocket calculator needs.

A result stands to 4 digits. The numbers that it came from stand to 4 as well, or to as many
more as it takes that whoever types them in finds that result.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Context, Decimal, localcontext

from nnviz.writing import bracketed, listed, rounded

RESULT_DIGITS = 4
MOST_WRITTEN = 6  # of a longer sum the middle is left out, so nobody can add it up
_MOST_DIGITS = 17  # those of a double
WHY = (
    "why not =: the computer keeps 16 digits of each number, and nearly all of them cancel out here"
)

Compute = Callable[..., Decimal]


def written(
    write: Callable[[list[str]], str], compute: Compute, numbers: Sequence[float], value: float
) -> str:
    """``0.92 − 0.918127 = 0.001873``, in as few digits as a calculator needs.

    write: the formula with the numbers' texts in it. compute: the same, of decimals.
    value: what the computer made of the numbers.
    """
    result = rounded(value, RESULT_DIGITS)
    for digits in range(RESULT_DIGITS, _MOST_DIGITS + 1):
        texts = [rounded(number, digits) for number in numbers]
        if gives(compute, texts, result):
            return f"{write(texts)} = {result}"
    texts = [rounded(number, _MOST_DIGITS - 1) for number in numbers]
    return f"{write(texts)} ≈ {result} ({WHY})"


def gives(compute: Compute, texts: Sequence[str], result: str) -> bool:
    """Whether a calculator that is given the texts shows that result, to all its digits."""
    if not (_is_number(result) and all(map(_is_number, texts))):
        return True  # an infinite number; no calculator has one
    with localcontext(Context(prec=40, traps=[])):
        found, said = compute(*map(decimal, texts)), decimal(result)
        digits = max(len(said.as_tuple().digits), RESULT_DIGITS)
        unit = Decimal(1).scaleb(said.adjusted() + 1 - digits) if said else Decimal("1e-300")
        return abs(found - said) <= unit / 2


def sigmoid(z: Decimal) -> Decimal:
    """σ(z), as a calculator has it."""
    return 1 / (1 + (-z).exp())


def products(pairs: Sequence[tuple[float, float]], value: float) -> str:
    """The pairs' products, added up; of a long sum the middle is left out."""

    def compute(*n: Decimal) -> Decimal:
        return sum((a * b for a, b in zip(n[::2], n[1::2])), Decimal(0))

    def write(texts: Sequence[str]) -> str:
        return " · ".join(map(bracketed, texts))

    return _sum(write, " + ".join, compute, pairs, value)


def mean_of_squares(misses: Sequence[float], value: float) -> str:
    """The squares, added up and divided by their number."""

    def compute(*n: Decimal) -> Decimal:
        return sum((m * m for m in n), Decimal(0)) / len(n)

    def join(squares: list[str]) -> str:
        return f"({' + '.join(squares)}) / {len(misses)}"

    return _sum(lambda texts: f"{bracketed(*texts)}²", join, compute, [(m,) for m in misses], value)


def _sum(
    write: Callable[[Sequence[str]], str],
    join: Callable[[list[str]], str],
    compute: Compute,
    terms: Sequence[tuple[float, ...]],
    value: float,
) -> str:
    """Terms, each written by itself, and what is computed of all their numbers."""
    if len(terms) > MOST_WRITTEN:
        texts = listed(terms, lambda term: write([rounded(number) for number in term]))
        return f"{join(texts)} = {rounded(value)}"

    def whole(texts: list[str]) -> str:
        width = len(terms[0])
        return join([write(texts[k : k + width]) for k in range(0, len(texts), width)])

    return written(whole, compute, [number for term in terms for number in term], value)


def decimal(text: str) -> Decimal:
    """A number as it is written, as the number it is."""
    return Decimal(text.replace("−", "-"))


def _is_number(text: str) -> bool:
    return any(letter.isdigit() for letter in text)
