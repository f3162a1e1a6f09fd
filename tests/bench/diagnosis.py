"""How well a diagnosis hits: 1,440 runs, each judged at four epochs by a brute-force oracle.

The oracle knows what the diagnosis can't: the loss that 25 rates from 0.001 to 1000 reach in as
many epochs. From the root of the project: python -m tests.bench.diagnosis
"""

import collections
import os
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache

import numpy as np
import pandas as pd

from nnviz import Dataset, Recipe, read_table
from nnviz.engine.diagnosis import diagnosis

SIZES = ((), (3,), (8,), (3, 4), (3, 3, 3))
RATES = (0.001, 0.01, 0.1, 0.3, 1, 3, 10, 30, 60, 100, 300, 1000)
SEEDS = range(4)
EPOCHS = (50, 300, 1000, 3000)
ALL_RATES = tuple(10 ** (k / 4) for k in range(-12, 13))


def frame(rows):
    """A table of such rows, the label last."""
    return pd.DataFrame(rows, columns=[f"c{n}" for n in range(len(rows[0]))], dtype=float)


def wave(rows):
    """A regression: so many rows of two inputs, a label that bends."""
    inputs = np.random.default_rng(rows).uniform(0, 10, (rows, 2))
    label = 50 + 3 * inputs[:, 0] - 2 * inputs[:, 1] + 6 * np.sin(inputs[:, 0])
    return frame(np.column_stack([inputs, label]).tolist())


@cache
def tables():
    """Six kinds of tables: {name: Dataset}."""
    made = {
        "exam": read_table("data/exam_scores.csv"),
        "Welch Labs": read_table("data/welch_labs.csv"),
        "XOR": frame([[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]]),
        "contradictory": frame([[2, 9, 92], [2, 9, 60], [1, 5, 86], [3, 6, 70]]),
        "regression, 30 rows": wave(30),
        "pass or fail": frame(
            [[1, 1, 0], [2, 1, 0], [1, 4, 0], [4, 2, 100], [5, 5, 100], [6, 1, 100]]
        ),
    }
    return {name: Dataset(table) for name, table in made.items()}


def floor(data):
    """The least loss the table allows: that of answering each input with its labels' mean."""
    X, y = data.X, data.y
    best = [y[(row == X).all(axis=1)].mean(axis=0) for row in X]
    return float(((y - best) ** 2).mean())


def verdict(loss, rivals, least, mean):
    """What the oracle says of a history of losses: "due", "fine", or "between" the two.

    rivals: (rates, epochs + 1), what the 25 rates make of the same recipe.

    A word is due where some rate comes to a quarter of the loss or less and the run got worse
    or is no better than the mean and slow; and where after 300 epochs it is still at the mean,
    whatever other rates do. A run is fine if it competes with the best of all rates, or has
    learned more than half of what there is to learn and keeps it; and neither swings nor stalls.
    """
    now, dull = loss[-1] - least, max(mean - least, 1e-4)
    best, lowest = rivals[:, -1].min() - least, loss.min() - least
    half, tail = loss[len(loss) // 2 :], loss[-(len(loss) // 10) :]
    matters = now > 0.1 * dull
    worse = loss[-1] > 1.2 * loss[0] or tail.min() - least > 4 * lowest
    slow = now >= 0.95 * dull and loss[-1] > 0.8 * half[0]
    alone = slow and len(loss) > 300 and now < 1.5 * dull
    if matters and ((best < 0.25 * now and (worse or slow)) or alone):
        return "due"
    uneasy = np.ptp(half) < 0.01 * loss[-1] or tail.max() > 1.5 * tail.min()
    kept = now < 0.5 * dull and now < 2 * lowest and not (uneasy and best < 0.25 * now)
    competes = now <= 2 * best and not worse and not slow
    return "fine" if not matters or competes or kept else "between"


def recording(recipe, rate):
    """The recipe at a rate; None if the weights grow too large."""
    try:
        return recipe.but(learning_rate=rate).train(EPOCHS[-1])
    except ValueError:
        return None


def judge(job):
    """All cases of a table, size and seed."""
    name, hidden, seed = job
    data = tables()[name]
    recipe = Recipe(data, hidden=hidden, seed=seed)
    rivals = [run.loss for rate in ALL_RATES if (run := recording(recipe, rate)) is not None]
    rivals, least, mean = np.array(rivals), floor(data), float(data.y.var())
    cases, followed = [], {}
    for rate in RATES:
        run = recording(recipe, rate)
        for epoch in EPOCHS if run is not None else ():
            begun = time.process_time()
            said = diagnosis(run, epoch)
            took = time.process_time() - begun
            due = verdict(run.loss[: epoch + 1], rivals[:, : epoch + 1], least, mean)
            learns = None
            if said and said.better:
                followed.setdefault(said.better, recording(recipe, said.better))
                learns = bool(followed[said.better].loss[epoch] < run.loss[epoch])
            cases.append((*job, rate, epoch, due, said, learns, took, run.loss[epoch]))
    return cases


def print_table(cases, title, key):
    print(
        f"\n| {title} | cases | words | due | said of due | fine | said of fine | between "
        "| said of between | with a rate | that learns better |"
    )
    print("| --- |" + " ---: |" * 10)
    groups = collections.defaultdict(list)
    for case in cases:
        groups[key(case)].append(case)
    for name, some in [*groups.items(), ("all", cases)]:
        print(f"| {name} | " + " | ".join(figures(some)) + " |")


def figures(cases):
    def share(of):
        some = [case for case in cases if case[5] == of]
        said = sum(case[6] is not None for case in some)
        return f"{len(some):,}", f"{said:,} ({100 * said / max(1, len(some)):.1f} %)"

    advised = [case for case in cases if case[7] is not None]
    return [
        f"{len(cases):,}",
        f"{sum(case[6] is not None for case in cases):,}",
        *share("due"),
        *share("fine"),
        *share("between"),
        f"{len(advised):,}",
        f"{sum(case[7] for case in advised):,}",
    ]


def all_cases():
    jobs = [(name, hidden, seed) for name in tables() for hidden in SIZES for seed in SEEDS]
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        return [case for cases in pool.map(judge, jobs) for case in cases]


def main():
    cases = all_cases()
    print(f"{len(cases) // len(EPOCHS):,} runs at epochs {EPOCHS}")
    print_table(cases, "table", lambda case: case[0])
    print_table(cases, "rate", lambda case: case[3])
    print_table(cases, "epoch", lambda case: case[4])
    print_table(cases, "kind", lambda case: case[6].kind if case[6] else "silence")
    words = sorted(1e3 * case[8] for case in cases if case[6])
    silence = sorted(1e3 * case[8] for case in cases if not case[6])
    for name, took in (("a word", words), ("silence", silence)):
        median, most = statistics.median(took), took[-1]
        print(f"\n{name}: median {median:.2f} ms of the processor's time, at most {most:.0f} ms")


if __name__ == "__main__":
    main()
