"""A pocket calculator that works in decimals: whether what is written is what comes out."""

import re
from decimal import Decimal, localcontext


def number(text):
    return float(text.replace("−", "-"))


def passes(text):
    """Whether a decimal calculator makes of what is left of = the result right of it."""
    left, result = text.split(" = ")
    python = re.sub(r"σ\((.*)\)$", r"1 / (1 + e^(−(\1)))", left)
    python = python.replace("−", "-").replace("²", "**2")
    python = python.replace("·", "*").replace("×", "*").replace("÷", "/")
    python = re.sub(r"e\^\(-(.*)\)\)$", r"exp(-\1))", python)
    python = re.sub(r"(?<![\w.])(\d[\d.]*(?:e[-+]?\d+)?)", r"D('\1')", python)
    python = python.replace("**D('2')", "**2")
    result = Decimal(result.replace("−", "-"))
    with localcontext() as context:
        context.prec = 50
        found = eval(python, {"D": Decimal, "exp": lambda x: x.exp()})
    return abs(found - result) <= Decimal(1).scaleb(result.as_tuple().exponent) / 2
