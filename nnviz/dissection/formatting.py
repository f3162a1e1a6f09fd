"""How a number is written for a reader. Nothing is computed from these strings."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence


def shown(value) -> str:
    """A number to 4 significant digits, without trailing zeros, with a true minus sign.

    From 0.0001 to a million in plain digits, beyond that as ``1.2e−05``.
    """
    value = float(value)
    if math.isnan(value):
        return "not a number"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    text = f"{value:.4g}"
    if 1e4 <= abs(float(text)) < 1e6:
        text = f"{float(text):.0f}"  # 12350 reads better than 1.235e+04
    return "0" if float(text) == 0 else text.replace("-", "−")


def in_formula(value) -> str:
    """`shown`, but what would round to 1 keeps the digits that tell it from 1.

    Else a saturated neuron's slope would read 1 · (1 − 1) = 4.5e−05.
    """
    value = float(value)
    text = shown(value)
    if text not in ("1", "−1") or abs(value) == 1:
        return text
    digits = 1 - math.floor(math.log10(abs(1 - abs(value))))  # two of those that differ
    return f"{value:.{digits}f}".replace("-", "−")


def bracketed(value) -> str:
    """`in_formula`, in brackets if negative, as it stands after an operator: 2 · (−0.5)."""
    text = in_formula(value)
    return f"({text})" if text.startswith("−") else text


def listed(parts: Sequence, write: Callable = str, most: int = 6) -> list[str]:
    """The parts, written; of more than ``most``, the first few, “…” and the last."""
    if len(parts) <= most:
        return [write(part) for part in parts]
    return [*(write(part) for part in parts[: most - 1]), "…", write(parts[-1])]
