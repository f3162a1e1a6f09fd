"""Runs to take apart: the tutorial's, and any."""

import numpy as np
import pandas as pd
from hypothesis import strategies as st

import nnviz
import nnviz.engine.training
from nnviz.dissection import anatomy
from nnviz.engine.dataset import Dataset
from nnviz.engine.network import Network
from nnviz.engine.recipe import train

EXAM = pd.DataFrame(
    {"study": [2, 1, 3, 4], "sleep": [9, 5, 6, 8], "score": [92, 86, 89, np.nan]}, dtype=float
)
# scores as the tutorial's table has them; the last row is the question


ROWS = [[2, 9, 92], [1, 5, 86], [3, 6, 89], [4, 8, None]]  # the same, as rows
NAMES = ("study", "sleep", "score")
QUESTION = (4.0, 8.0)


def record(*hidden, rows=ROWS, names=NAMES, seed=0, rate=1.0, epochs=1000, scale=None, **options):
    """A run on a table; hidden: neurons a layer. Other columns than three are named x0, x1, …"""
    width = len(rows[0])
    columns = names if len(names) == width else [f"x{j}" for j in range(width)]
    data = Dataset(pd.DataFrame(rows, columns=columns), label_scale=scale)
    network = Network.random([width - 1, *hidden, 1], seed)
    return train(network, data, epochs, rate, **options)


def forward(weights, X):
    """Every layer's activations, without a line of nnviz."""
    layers = [X]
    for w in weights:
        layers.append(1 / (1 + np.exp(-layers[-1] @ w)))
    return layers


def exam_run(sizes=(2, 3, 1), epochs=20, learning_rate=1.0, seed=0):
    return train(Network.random(list(sizes), seed), Dataset(EXAM), epochs, learning_rate)


def named(run, epoch):
    return {step.name: step for step in anatomy(run, epoch)}


@st.composite
def runs(draw, most_epochs=12):
    """A run of any shape: depth, rows, labels, rate, and recordings that skip epochs."""
    sizes = draw(st.lists(st.integers(1, 6), min_size=2, max_size=5))
    rows, epochs = draw(st.integers(1, 30)), draw(st.integers(0, most_epochs))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    inputs = rng.normal(scale=draw(st.sampled_from([0.01, 1, 1000])), size=(rows, sizes[0]))
    labels = rng.uniform(0, 100, (rows, sizes[-1]))
    columns = [f"c{n}" for n in range(sizes[0] + sizes[-1])]
    data = Dataset(pd.DataFrame(np.hstack([inputs, labels]), columns=columns), labels=sizes[-1])
    rate = draw(st.sampled_from([1.0, 0.5, 0.1, 1 / 3, 3.0, 1e-6]))
    space = draw(st.sampled_from([nnviz.engine.training.RECORDING_BYTES, 2000]))
    return train(Network.random(sizes, draw(st.integers(0, 99))), data, epochs, rate, space)
