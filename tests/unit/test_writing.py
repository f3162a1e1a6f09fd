"""How numbers and names are written."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.writing import (
    activation_text,
    asked_text,
    file_name,
    input_text,
    label_decimals,
    loss_text,
    markdown,
    plotly,
    prediction_text,
    rounded,
    short,
    shortened,
    shown,
    signed,
    weight_text,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (2, "2"),
        (2.0, "2"),
        (2 / 3, "0.6667"),
        (-2 / 3, "−0.6667"),
        (0.5, "0.5"),
        (7.6000000000000005, "7.6"),
        (0.99994, "0.9999"),
        (0.99996, "1"),
        (1234.5, "1234"),
        (12345, "12340"),
        (-12355.0, "−12360"),
        (99999, "100000"),
        (999_999, "1e+06"),
        (1_234_567, "1.235e+06"),
        (0.0001, "0.0001"),
        (0.000012, "1.2e−05"),
        (-0.0000123456, "−1.235e−05"),
        (5e-324, "4.941e−324"),
        (np.float64(0.1), "0.1"),
        (np.array(0.25), "0.25"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "not a number"),
    ],
)
def test_shown(value, text):
    assert shown(value) == text


@given(st.floats(-1e12, 1e12))
def test_what_is_shown_is_the_number_to_4_digits(value):
    read = float(shown(value).replace("−", "-"))
    assert read == pytest.approx(value, rel=5.01e-4, abs=1e-323)
    assert "-" not in shown(value)


@pytest.mark.parametrize(
    ("loss", "text"),
    [
        (0.0264671234, "0.0265"),
        (0.06902, "0.0690"),  # as many digits in each frame
        (0.5, "0.500"),
        (0.0, "0"),
        (1e-4, "0.000100"),
        (9.9996e-5, "0.000100"),
        (9.99e-5, "9.99e-05"),
        (2.14885e-6, "2.15e-06"),
        (123.0, "123"),
    ],
)
def test_a_loss_is_written_in_digits_that_a_person_and_a_program_can_read(loss, text):
    assert loss_text(loss) == loss_text(np.float64(loss)) == text
    assert float(text) == pytest.approx(loss, rel=5.01e-3)


def test_a_loss_can_be_written_with_more_digits():
    assert loss_text(0.0264671234, digits=5) == "0.026467"


@pytest.mark.parametrize(("scale", "count"), [(100.0, 2), (1.0, 4), (1e6, 0), (0.1, 5)])
def test_a_predicted_label_has_four_digits_below_its_full_scale(scale, count):
    assert label_decimals(scale) == count
    digits = len(prediction_text(scale / 3, scale).partition(".")[2])
    assert digits == count


@pytest.mark.parametrize(
    ("weight", "text"), [(0.0, "+0.00"), (-0.126, "−0.13"), (-0.001, "−0.00"), (12.345, "+12.35")]
)
def test_a_weight_is_written_with_its_sign(weight, text):
    assert weight_text(weight) == text


def test_what_stands_in_and_above_a_neuron():
    assert [activation_text(a) for a in (0.0, 0.123, 1.0)] == ["0.00", "0.12", "1.00"]
    assert [input_text(x) for x in (4 / 3, -0.5, 1e15)] == ["1.33", "−0.50", "1e+15"]
    assert [input_text(x) for x in (300, -12345.6)] == ["300", "−12346"]
    assert [asked_text(x) for x in (4, -8.25, 12345.6)] == ["4", "−8.25", "1.235e+04"]


def test_numbers_on_the_network_are_short():
    assert [short(v) for v in (0.5, -12.345, 0.0123, -3e-6, 0)] == [
        "0.50",
        "−12.35",
        "0.01",
        "−3e−06",
        "0.00",
    ]
    assert short(0.25, sign=True) == "+0.25"
    assert [short(v) for v in (312.4, -1e4, 3e6)] == ["312", "−10000", "3e+06"]
    assert [short(v, sign=True) for v in (0, -0.0, 1e-9)] == ["0", "0", "+1e−09"]


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.8, 4, "0.8"),
        (0.80002, 4, "0.8000"),
        (0.1 + 0.7, 4, "0.8"),  # the last bit is no digit
        (0.99996, 4, "1.000"),
        (2 / 3, 6, "0.666667"),
        (-1.2e-5, 4, "−1.2e−05"),
        (-1.2000001e-5, 4, "−1.200e−05"),
        (12345.6, 4, "12346"),
        (1234567, 4, "1.235e+06"),
        (0, 4, "0"),
        (3, 4, "3"),
        (math.inf, 4, "∞"),
        (math.nan, 4, "not a number"),
    ],
)
def test_a_number_with_as_many_digits_as_it_has(value, digits, text):
    assert rounded(value, digits) == text


@given(st.floats(-1e12, 1e12), st.integers(1, 17))
def test_rounded_is_the_number_to_that_many_digits(value, digits):
    text = rounded(value, digits)
    assert "-" not in text
    read = float(text.replace("−", "-"))
    assert read == pytest.approx(value, rel=0.51 * 10.0 ** (1 - digits) + 1e-14, abs=1e-320)


def test_what_goes_up_has_a_plus_and_zero_has_none():
    assert [signed(v) for v in (0.25, -0.25, 0, -0.0)] == ["+0.25", "−0.25", "0", "0"]


def test_names_are_cut_and_their_markup_is_text():
    assert plotly("<b>a</b>&") == "&lt;b&gt;a&lt;/b&gt;&amp;"
    assert plotly(shortened("a name that is far too long")) == "a name that is …"
    assert shortened("brand = Opel") == "brand = Opel"
    assert shortened("species = setosa") == "species = setosa"
    assert shortened("species = versicolor") == "sp… = versicolor"
    assert shortened("species = versicolored") == "versicolored"
    assert shortened("species = a class that is too long") == "a class that is…"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("**b** $x$", r"\*\*b\*\* \$x\$"),
        ("study_hours (h)", "study_hours (h)"),
        ("_a_", r"\_a\_"),
        ("1. one", r"1\. one"),
        ("# a\n- b", "\\# a\n\\- b"),
        ("<img>", r"\<img\>"),
    ],
)
def test_marks_of_markdown_are_text(text, written):
    assert markdown(text) == written


@pytest.mark.parametrize(
    ("table", "more", "name"),
    [
        ("Exam scores", ["epoch-202"], "nnviz-exam-scores-2-3-1-epoch-202.py"),
        ("my data (2).csv", [], "nnviz-my-data-2-2-3-1.py"),
        ("../../etc/<b>passwd", ["epoch-0", ""], "nnviz-etc-b-passwd-2-3-1-epoch-0.py"),
        ("数据", ["epoch-1"], "nnviz-2-3-1-epoch-1.py"),
        ("x" * 300, ["epoch-1"], f"nnviz-{'x' * 60}-2-3-1-epoch-1.py"),
    ],
)
def test_a_file_says_what_it_is(table, more, name):
    assert file_name(table, (2, 3, 1), "py", *more) == name
