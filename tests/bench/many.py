"""How fast networks are trained side by side, beside the same networks one by one.

From the root of the project: python -m tests.bench.many
"""

import time
import tracemalloc
from concurrent.futures import ProcessPoolExecutor

import numpy as np

from nnviz import Network, train, train_many
from tests.bench.engine import exam_scores, random_table

EPOCHS = 1000
TIMES_GOAL, MICROSECONDS_GOAL = 30, 0.65  # the latter is TensorFlow Playground's, in V8
ROUNDS = 5


def seconds(call):
    """Of the processor, so that whoever else uses the machine counts for less."""
    start = time.process_time()
    call()
    return time.process_time() - start


def alone(data, sizes, epochs, networks):
    for seed in range(networks):
        train(Network.random(sizes, seed), data, epochs, 1 / len(data.X))


def compare(data, sizes, networks, epochs):
    """Microseconds per network and epoch: one by one, and side by side; the best of some turns."""
    few = min(networks, max(2, 20_000 // epochs))
    singles, together = [], []
    for _ in range(ROUNDS):
        singles.append(seconds(lambda: alone(data, sizes, epochs, few)) / few)
        many = lambda: train_many(sizes, data, range(networks), epochs, 1 / len(data.X))  # noqa: E731
        together.append(seconds(many) / networks)
    return 1e6 * min(singles) / epochs, 1e6 * min(together) / epochs


def print_networks():
    data = exam_scores()
    print(f"2-3-1 on the tutorial's 3 rows, {EPOCHS} epochs, starts drawn and states kept as well.")
    print(f"Goals at 1,000 networks: × {TIMES_GOAL}, below {MICROSECONDS_GOAL} µs.\n")
    print("| networks | one by one, µs a network-epoch | side by side, µs | × |")
    print("| ---: | ---: | ---: | ---: |")
    for networks in (10, 50, 200, 1000, 5000):
        single, together = compare(data, [2, 3, 1], networks, EPOCHS)
        print(f"| {networks:,} | {single:.2f} | {together:.3f} | {single / together:.0f} |")


def print_growth():
    print("\nOther shapes and tables, 200 networks, 100 epochs:\n")
    print("| sizes | rows | one by one, µs | side by side, µs | × | peak, MB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for sizes in ([2, 3, 1], [2, 8, 1], [2, 32, 1], [2, 8, 8, 1], [2, 32, 32, 1]):
        for rows in (3, 30, 300):
            data = random_table(rows)
            single, together = compare(data, sizes, 200, 100)
            tracemalloc.start()
            train_many(sizes, data, range(200), 100, 1 / rows)
            peak = tracemalloc.get_traced_memory()[1] / 1e6
            tracemalloc.stop()
            named = "-".join(map(str, sizes))
            print(
                f"| {named} | {rows} | {single:.1f} | {together:.2f} | {single / together:.1f} "
                f"| {peak:.0f} |"
            )


def print_processes():
    data = exam_scores()
    print("\n5,000 networks of 2-3-1, by the clock:\n")
    start = time.perf_counter()
    here = train_many([2, 3, 1], data, range(5000), EPOCHS)
    print(f"- here: {time.perf_counter() - start:.2f} s")
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(abs, [1, 2]))  # the processes have started
        start = time.perf_counter()
        there = train_many([2, 3, 1], data, range(5000), EPOCHS, executor=pool)
        print(f"- two processes: {time.perf_counter() - start:.2f} s")
    assert np.array_equal(here.weights_at(), there.weights_at())


if __name__ == "__main__":
    print_networks()
    print_growth()
    print_processes()
