"""A table read from a file: which are read alike, which are asked about, which are refused."""

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import CSV, EXAM, WELCH, assert_learnable_or_refused, fuzz

from nnviz import Dataset, TableError, read_table
from nnviz.engine.reading import Ambiguous, read


def test_the_tutorials_table_is_shipped_question_row_included():
    table = read_table(EXAM)
    assert list(table.columns) == ["study", "sleep", "score"]
    expected = [[2, 9, 92], [1, 5, 86], [3, 6, 89], [4, 8, np.nan]]
    assert np.array_equal(table.to_numpy(), expected, equal_nan=True)


def test_the_table_it_was_taken_from_is_shipped_too():
    table = read_table(WELCH)
    assert list(table.columns) == ["sleep", "study", "score"]
    expected = [[3, 5, 75], [5, 1, 82], [10, 2, 93], [8, 3, np.nan]]
    assert np.array_equal(table.to_numpy(), expected, equal_nan=True)


@pytest.mark.parametrize("source", [CSV, Path(EXAM), EXAM, io.BytesIO(CSV)])
def test_a_table_is_read_from_bytes_a_path_or_a_file(source):
    assert read_table(source).equals(read_table(EXAM))


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + CSV,
        CSV.replace(b"\n", b"\r\n"),
        CSV.replace(b"\n", b"\r"),
        CSV.rstrip(b"\n"),
        CSV.replace(b"?", b""),
        CSV.replace(b"?", b" ? "),
        CSV.replace(b",?", b""),
        CSV.replace(b",", b";"),
        CSV.replace(b",", b"\t"),
        CSV.replace(b",", b" , "),
        CSV.replace(b"\n", b"\n\n"),
        b"\n\n" + CSV + b",,\n",
        CSV.replace(b"92", b'"92"').replace(b"score", b'"score"'),
        CSV.replace(b"92", b"9.2e1"),
    ],
    ids=[
        "byte order mark",
        "Windows line ends",
        "old Mac line ends",
        "no last line end",
        "blank question",
        "question with spaces",
        "short question row",
        "semicolons",
        "tabs",
        "spaces",
        "blank lines",
        "blank lines around",
        "quotes",
        "exponent",
    ],
)
def test_the_same_table_written_otherwise_is_the_same_table(content):
    assert read_table(content).equals(read_table(CSV))


@pytest.mark.parametrize("delimiter", [b";", b"\t"])
def test_decimal_commas_are_read_where_commas_do_not_separate(delimiter):
    table = read_table(b"study|score\n1,5|92,25\n-0,5|\n".replace(b"|", delimiter))
    assert np.array_equal(table, [[1.5, 92.25], [-0.5, np.nan]], equal_nan=True)


def test_a_quoted_name_may_hold_the_other_separators():
    table = read_table(b'"hours, of, study";score\n1,5;92\n')
    assert list(table.columns) == ["hours, of, study", "score"]
    assert table.iloc[0].tolist() == [1.5, 92]


def test_a_name_with_html_is_text_like_any_other():
    name = "<img src=x onerror=alert(1)>"
    table = read_table(f"{name},score\n1,2\n".encode())
    assert Dataset(table).input_names == [name]


def test_number_columns_are_floats_and_others_stay_as_they_were_typed():
    table = read_table(b"study,score\n1,2\ntwo,?\n")
    assert table["score"].dtype == float
    assert table["study"].tolist() == ["1", "two"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "file is empty"),
        (b"\xef\xbb\xbf", "file is empty"),
        (b" \n\n \n", "file is empty"),
        (b",,\n,,\n", "file is empty"),
        (b"score\n1\n2\n", "two columns or more.*commas, semicolons or tabs"),
        (b"just some words\nand others here\n", "two columns or more"),
        (b"a,b,a\n1,2,3\n", "Two columns are named “a”.*Rename column 3"),
        (b"a,,c\n1,2,3\n", "Column 2 has no name"),
        (b",a,b\n1.5,2,3\n2.5,3,4\n", "Column 1 has no name"),
        (b"a,b\n1,2\n1,2,3\n", "Row 2 has 3 cells, but there are 2 column names.*Remove"),
        (b"a,b\n1," + b"x" * 200_000 + b"\n", "not a CSV table"),
        (b"a," + b"x" * 200_000 + b"\n1,2\n", "not a CSV table.*quotation mark"),
        (b'a,b\n1,2\n"3,4\n5,6\n', "A quotation mark in line 3 is never closed"),
        (b"a,b\n" + b"1,2\n" * 10_001, "10,001 rows; at most 10,000"),
        (b",".join([b"c"] * 51) + b"\n", "51 columns; at most 50"),
    ],
)
def test_a_file_that_is_no_table_is_refused(content, message):
    with pytest.raises(TableError, match=message):
        read_table(content)


# What a person alone can tell: a table, and its first column with a decimal point or comma.
AMBIGUOUS = {
    "thousands or decimals, beside a whole number": (
        "a\tb\n1,234\t5\n980\t6\n",
        [1234, 980],
        [1.234, 980],
    ),
    "all of three digits": ("a\tb\n1.234\t5\n2.345\t6\n", [1.234, 2.345], [1234, 2345]),
    "German or programmed": ("a;b\n250.000;5\n199.000;6\n", [250, 199], [250000, 199000]),
    "padded among commas": ("a,b\n1.250,5\n3,6\n", [1.25, 3], [1250, 3]),
    "beside both marks": (
        "a\tb\n1,234\t5\n1,5\t6\n2.5\t7\n",
        [1234, 1.5, 2.5],
        [1.234, 1.5, 2.5],
    ),
    "where other columns disagree": (
        "a\tb\tc\n1,234\t1,5\t2.5\n",
        [1234],
        [1.234],
    ),
    "with a sign": ("a\tb\n€1,234\t5\n", [1234], [1.234]),
    "negative": ("a\tb\n−1,234\t5\n", [-1234], [-1.234]),
}


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_what_only_a_person_can_tell_is_asked_and_never_guessed(name):
    text, with_point, with_comma = AMBIGUOUS[name]
    asked = read(text.encode())
    (one,) = asked.ambiguous
    first = text.splitlines()[1].split(text[1])[0]
    assert one == Ambiguous("a", first, with_point[0], with_comma[0])
    assert asked.table["a"].dtype == object
    assert asked.table["a"][0] == first
    assert not any(first in note for note in asked.notes)
    for decimal, values in ((".", with_point), (",", with_comma)):
        answered = read(text.encode(), decimal)
        assert answered.ambiguous == ()
        assert answered.table["a"].tolist() == values
        assert read_table(text.encode(), decimal).equals(answered.table)
    with pytest.raises(TableError, match='a has cells such as.*decimal="." or decimal=","'):
        read_table(text.encode())


def test_what_is_not_ambiguous_does_not_depend_on_the_answer():
    text = b"a\tb\tc\n1,234\t0.5\tx\n"
    tables = [read(text, decimal).table for decimal in (None, ".", ",")]
    assert all(table.equals(tables[0]) for table in tables)
    assert tables[0]["a"].tolist() == [1234]


def test_there_is_no_third_decimal_mark():
    with pytest.raises(ValueError, match="decimal mark must be"):
        read(CSV, ";")


def test_a_sentence_names_a_few_columns_and_counts_the_rest():
    names = [f"c{k}" for k in range(6)]
    note = "1,5 read as 1.5 in 12 cells of c0, c1, c2 and 3 more columns."
    line = "\t".join(["1,5"] * 6)
    assert read(f"{chr(9).join(names)}\n{line}\n{line}\n".encode()).notes == (note,)


@pytest.mark.parametrize("kind", ["bytes", "path", "file"])
def test_a_file_beyond_5_mb_is_refused(kind, tmp_path):
    content = CSV + b" " * 5_000_001
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    source = {"bytes": content, "path": path, "file": io.BytesIO(content)}[kind]
    with pytest.raises(TableError, match="larger than 5 MB"):
        read_table(source)


def test_5_mb_10_000_rows_and_50_columns_are_still_read():
    line = b"1," + b" " * 480 + b"2\n"
    content = b"a,b\n" + line * 10_000
    content += b" " * (5_000_000 - len(content) - 1) + b"\n"
    assert len(content) == 5_000_000
    assert len(read_table(content.rstrip())) == 10_000
    assert read_table(b",".join(b"c%d" % j for j in range(50)) + b"\n").shape == (0, 50)


@pytest.mark.parametrize("path", ["data/no_such_table.csv", "data"])
def test_a_path_that_cannot_be_read_is_refused(path):
    with pytest.raises(TableError, match="can't be read"):
        read_table(path)


@fuzz
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content):
    assert_learnable_or_refused(lambda: read_table(content))


@fuzz
@given(st.text(alphabet='ab019.,;\t\n\r" ?-eé\0\ufeff', max_size=60))
def test_anything_like_a_csv_is_read_or_refused(content):
    assert_learnable_or_refused(lambda: read_table(content.encode()))
