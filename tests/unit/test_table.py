"""What of a table's texts can be seen."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import fault, frame, fuzz

from nnviz import Dataset, Recipe, read_table
from nnviz.engine.table import as_number, column_name, visible

UNSEEN = [
    "\0",  # NUL
    "\x07",  # bell
    "\x1b",  # escape
    "\x9f",  # of the second block of control characters
    "\xad",  # soft hyphen
    "\u200b",  # zero-width space
    "\u200d",  # zero-width joiner
    "\u200e",  # left-to-right mark
    "\u202e",  # right-to-left override
    "\u2066",  # left-to-right isolate
    "\u2060",  # word joiner
    "\ufeff",  # byte order mark
    "\U000e0041",  # tag
    "\u3164",  # Hangul filler
    "\u2800",  # blank Braille pattern
]
HALF = "\ud800"  # of a surrogate pair, which no file and no column of pandas can hold
BREAKS = ["\n", "\r", "\t", "\v", "\x85", "\u2028", "\u2029"]


@pytest.mark.parametrize("letter", [*UNSEEN, HALF], ids=ascii)
def test_what_can_not_be_seen_is_left_out(letter):
    assert visible(f"{letter}stu{letter}dy{letter}") == "study"


@pytest.mark.parametrize("letter", BREAKS, ids=ascii)
def test_what_breaks_a_line_is_a_space(letter):
    assert visible(f"{letter}of{letter}study{letter}") == "of study"


@pytest.mark.parametrize("text", ["Größe (m²)", "時間", "ساعات", "a  b", "naïve", "👩", "−½·Σ"])
def test_what_can_be_seen_stays(text):
    assert visible(text) == text


@fuzz
@given(st.text(max_size=20))
def test_of_any_text_only_what_can_be_seen_is_left(text):
    kept = visible(text)
    assert not {unicodedata.category(letter) for letter in kept} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert visible(kept) == kept
    kept.encode()


@pytest.mark.parametrize("letter", [*UNSEEN, *BREAKS], ids=ascii)
def test_names_and_cells_are_what_can_be_seen_wherever_they_come_from(letter):
    table = frame([[f"{letter}2{letter}", 9, 92]], [f"{letter}hours", f"sleep{letter}", "score"])
    data = Dataset(table)
    assert data.input_names == ["hours", "sleep"]
    assert list(data.table.columns) == ["hours", "sleep", "score"]
    assert data.inputs.tolist() == [[2, 9]]
    recipe = Recipe(table)
    assert Recipe.from_json(recipe.to_json()) == recipe == Recipe(data.table)
    if letter not in ("\0", *BREAKS):  # which a file can't hold, or not there
        text = f"{letter}hours,sleep{letter},score\n{letter}2,9{letter},92\n"
        assert read_table(text.encode()).equals(data.table)


def test_a_recipe_with_half_a_letter_in_a_name_is_read_without_it():
    text = Recipe(frame([[2, 9, 92]])).to_json()
    assert Recipe.from_json(text.replace('"study"', '"stu\\ud800dy"')).to_json() == text


@pytest.mark.parametrize("letter", UNSEEN, ids=ascii)
def test_two_names_that_look_the_same_are_the_same(letter):
    assert "Two columns are named “a”" in fault(frame([[1, 2]], ["a", f"a{letter}"]))
    assert "Column 2 has no name" in fault(frame([[1, 2]], ["a", letter]))


def test_a_fault_quotes_what_can_be_seen_of_a_cell():
    assert "Row 1: study is “abc”" in fault(frame([["a\u202eb\u200bc", 1, 2]]))
    assert as_number("\u202e5") == 5
    assert as_number("5\u202e6") == 56


@pytest.mark.parametrize("name", [None, float("nan"), "", " ", "\u200b"])
def test_a_column_without_a_name_has_none(name):
    assert column_name(name) == ""
    assert column_name(3) == "3"
