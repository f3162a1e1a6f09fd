"""Tables to read and to learn from, good and faulty."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import settings

from nnviz import Dataset, TableError, read_table

EXAM = "data/exam_scores.csv"
WELCH = "data/welch_labs.csv"
CSV = b"study,sleep,score\n2,9,92\n1,5,86\n3,6,89\n4,8,?\n"

fuzz = settings(max_examples=150, deadline=None, database=None)


def frame(rows, columns=("study", "sleep", "score")):
    return pd.DataFrame(rows, columns=list(columns))


def fault(table, **options):
    """The message of the TableError that a table, or a file's bytes, raises."""
    with pytest.raises(TableError) as error:
        Dataset(read_table(table) if isinstance(table, bytes) else table, **options)
    return str(error.value)


def assert_learnable_or_refused(make_table):
    try:
        data = Dataset(make_table())
    except TableError as error:
        assert str(error).strip()
    else:
        assert len(data.X) == len(data.y) == len(data.training_rows) >= 1
        assert np.isfinite(data.X).all()
        assert ((data.y >= 0) & (data.y <= 1)).all()
        assert np.isfinite(data.questions).all()
        assert len(data.questions) == len(data.question_rows)
