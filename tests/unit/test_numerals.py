"""How numbers are written, and what a cell's text may mean."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import fuzz

from nnviz.engine.numerals import meanings, numeral, plain


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("980", [980]),
        ("-5", [-5]),
        ("−5", [-5]),
        ("+5", [5]),
        ("1e5", [1e5]),
        ("1.5E-3", [0.0015]),
        ("1,5e3", [1500]),
        ("1,234", [1234, 1.234]),
        ("1.234", [1234, 1.234]),
        ("-1,234", [-1234, -1.234]),
        ("$1,234", [1234, 1.234]),
        ("999.999", [999999, 999.999]),
        ("0,123", [0.123]),
        ("0.123", [0.123]),
        ("1234,567", [1234.567]),
        ("1,23", [1.23]),
        ("1,2345", [1.2345]),
        ("1,234,567", [1234567]),
        ("1.234.567", [1234567]),
        ("1,234.5", [1234.5]),
        ("1.234,5", [1234.5]),
        ("1,234.567", [1234.567]),
        ("12,34,567", [1234567]),
        ("1 234", [1234]),
        ("1 234,567", [1234.567]),
        ("1’234.5", [1234.5]),
        ("(1,234.5)", [-1234.5]),
        ("($5)", [-5]),
        ("45 %", [45]),
        ("EUR 5", [5]),
        ("5 zł", [5]),
        ("US$ 5", [5]),
        ("1e999", [math.inf]),
        ("-Infinity", [-math.inf]),
        *(
            (text, [])
            for text in [
                "",
                "-",
                ".",
                ",",
                "x",
                "5 km",
                "1,2,3",
                "1.2.3",
                "1,23,4",
                "0,123,456",
                "1 23",
                "1 234 5",
                "1'234 567",
                "1,234 567",
                "1.234,567.8",
                "12:30",
                "2024-05-17",
                "1/2",
                "--5",
                "-(5)",
                "(5",
                "5)",
                "$5€",
                "1_000",
                "0x10",
                "1e",
                "e5",
                "1,234e5.5",
                "nan",
                "١٢ x",
            ]
        ),
    ],
)
def test_a_text_means_these_numbers(text, values):
    assert meanings(text) == values


@fuzz
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_as_python_writes_it_is_read_back(value):
    assert value in meanings(plain(value))
    assert value in meanings(plain(value).replace("-", "−"))


@fuzz
@given(st.integers(-(10**12), 10**12), st.sampled_from([",", ".", " ", "'", "’", "\u202f"]))
def test_grouped_thousands_are_read_back(value, by):
    assert value in meanings(f"{value:,}".replace(",", by))


@fuzz
@given(
    st.decimals(-(10**9), 10**9, places=2), st.sampled_from([(",", "."), (".", ","), (" ", ",")])
)
def test_grouped_decimals_have_one_meaning(value, marks):
    by, point = marks
    swap = str.maketrans({",": by, ".": point})
    assert meanings(f"{value:,}".translate(swap)) == [float(value)]


@fuzz
@given(st.text(alphabet="0123456789.,' -+()$€%eEinf\u202f−", max_size=30))
def test_any_text_is_a_number_of_one_or_two_meanings_or_none(text):
    values = meanings(text)
    assert len(values) <= 2
    assert not any(math.isnan(value) for value in values)


def test_a_text_as_long_as_a_file_costs_no_time():
    assert numeral("1 " * 60_000) is None
