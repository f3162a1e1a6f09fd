"""How long the server takes for a run of the whole page, for a small table and for the largest.

From the root of the project: python -m tests.bench.rerun
"""

import statistics
import time

import numpy as np
import pandas as pd
from streamlit.testing.v1 import AppTest

from tests.browser.server import ROOT

ROUNDS = 7


def largest_table():
    """10,000 rows of 50 columns, as text."""
    values = np.random.default_rng(0).uniform(1, 99, (10_000, 50)).round(2)
    return pd.DataFrame(values, columns=[f"c{k}" for k in range(50)]).to_csv(index=False)


def reruns(table=None):
    """Seconds until the page first stands, and of each run that a toggle then asks for."""
    at = AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=300).run()
    start = time.perf_counter()
    if table:
        at.text_area(key="pasted").set_value(table).run()
    first, times = time.perf_counter() - start, []
    for turn in range(ROUNDS):
        at.toggle(key="logarithmic").set_value(turn % 2 == 0)
        start = time.perf_counter()
        at.run()
        times.append(time.perf_counter() - start)
    assert not at.exception
    return first, times


if __name__ == "__main__":
    print("| table | taken in, s | rerun, median s | longest |")
    print("| --- | ---: | ---: | ---: |")
    for name, table in {"exam scores": None, "10,000 × 50": largest_table()}.items():
        first, times = reruns(table)
        print(f"| {name} | {first:.2f} | {statistics.median(times):.3f} | {max(times):.3f} |")
