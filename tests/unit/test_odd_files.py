"""Files as people have them: each becomes the table that is meant, and what was done is said."""

import math

import pytest
from odd_files import FILES

from nnviz.engine.reading import read


def cells(table):
    """Each column as a list; blank is None."""
    return {
        name: [None if isinstance(cell, float) and math.isnan(cell) else cell for cell in column]
        for name, column in table.items()
    }


def test_there_are_as_many_as_were_tried_on_the_page():
    names = [file.name for file in FILES]
    assert len(names) == len(set(names)) >= 95


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_a_file_becomes_the_table_that_is_meant(file):
    reading = read(file.content)
    assert cells(reading.table) == file.columns
    assert reading.ambiguous == ()
    assert len(reading.notes) == len(file.said), reading.notes
    for words in file.said:
        assert any(words in note for note in reading.notes), (words, reading.notes)
    for name, values in file.columns.items():
        is_text = any(isinstance(value, str) for value in values)
        assert (reading.table[name].dtype == float) != is_text
