"""How fast training is beside the tutorial's loop, and how its cost grows.

From the root of the project: python -m tests.bench.engine
"""

import gc
import statistics
import time
import tracemalloc

import numpy as np
import pandas as pd

from nnviz import Dataset, Network, train
from tests.unit.tutorial import Tutorial, bare_loop, printed_loop

EPOCHS = 1000
ROUNDS = 101
GOALS = {"bare": 1.5, "as printed": 3.0}


def exam_scores():
    """The tutorial's three rows."""
    rows = [[2, 9, 92], [1, 5, 86], [3, 6, 89]]
    return Dataset(pd.DataFrame(rows, columns=["study", "sleep", "score"]))


def random_table(rows):
    """So many rows of two inputs and a score."""
    rng = np.random.default_rng(rows)
    columns = {"study": (0, 10), "sleep": (4, 10), "score": (0, 100)}
    return Dataset(pd.DataFrame({name: rng.uniform(*ends, rows) for name, ends in columns.items()}))


def seconds(call, *arguments):
    """How long one call takes."""
    start = time.perf_counter()
    call(*arguments)
    return time.perf_counter() - start


def race():
    """Time one training each way, in turn and in a turning order: {way: [seconds, …]}."""
    data, network = exam_scores(), Network.random([2, 3, 1], seed=0)
    X, y = data.X.copy(), data.y.copy()
    ways = {
        "bare": lambda: bare_loop(Tutorial(*network.weights), X, y, EPOCHS),
        "as printed": lambda: printed_loop(Tutorial(*network.weights), X, y, EPOCHS),
        "train": lambda: train(network, data, EPOCHS),
    }
    times = {way: [] for way in ways}
    names = list(ways)
    for call in ways.values():
        call()
    gc.disable()
    for turn in range(ROUNDS):
        for way in names[turn % 3 :] + names[: turn % 3]:
            times[way].append(seconds(ways[way]))
    gc.enable()
    return times


def measure(rows, hidden, epochs):
    """Seconds, peak memory in bytes, and the run; memory apart, as watching it costs time."""
    data, network = random_table(rows), Network.random([2, hidden, 1], seed=0)
    rate = 3 / rows
    took = min(seconds(train, network, data, epochs, rate) for _ in range(3))
    tracemalloc.start()
    run = train(network, data, epochs, rate)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return took, peak, run


def print_race():
    times = race()
    medians = {way: statistics.median(took) for way, took in times.items()}
    print(f"{EPOCHS} epochs of the tutorial's table, 2-3-1, medians of {ROUNDS} rounds:\n")
    print("| loop | ms | ms ÷ train's, by pairs | goal |")
    print("| --- | ---: | ---: | ---: |")
    for way, goal in GOALS.items():
        ratio = statistics.median(a / b for a, b in zip(times[way], times["train"]))
        print(f"| the tutorial's, {way} | {1e3 * medians[way]:.2f} | {ratio:.2f} | {goal} |")
    print(f"| `train`, every epoch kept | {1e3 * medians['train']:.2f} | 1 | |")


def print_growth():
    sizes = [(rows, 3, 1000) for rows in (3, 30, 300, 3000)]
    sizes += [(3, hidden, 1000) for hidden in (8, 16, 32)]
    sizes += [(3, 3, epochs) for epochs in (10_000, 100_000)]
    sizes += [(3000, 32, 1000), (3, 32, 100_000)]
    print("\nHow cost grows (2 inputs, 1 label; best of 3; memory measured apart):\n")
    print("| rows | hidden | epochs | s | µs an epoch | kept | recording, MB | peak, MB |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for rows, hidden, epochs in sizes:
        took, peak, run = measure(rows, hidden, epochs)
        kept = "every epoch" if run.every == 1 else f"1 in {run.every}"
        recording = (run.kept.nbytes + run.loss.nbytes) / 1e6
        print(
            f"| {rows:,} | {hidden} | {epochs:,} | {took:.3f} | {1e6 * took / epochs:.1f} "
            f"| {kept} | {recording:.2f} | {peak / 1e6:.2f} |"
        )


if __name__ == "__main__":
    print_race()
    print_growth()
