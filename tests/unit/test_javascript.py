"""The JavaScript that needs no browser, in the node which tests/requirements.txt brings."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from projector import project

import nnviz
from nnviz.player.film import film
from nnviz.writing import for_fixed

SUITE = Path(__file__).parent.parent / "javascript"


@pytest.fixture(scope="module")
def node():
    path = shutil.which("node", path=Path(sys.executable).parent)
    if not path:
        pytest.fail("There is no node beside this Python. Run make test, which installs it.")
    return path


def record(hidden, epochs, rows=4, label="score"):
    """A run on a made-up table, two inputs wide."""
    table = np.random.default_rng(3).uniform(1, 90, (rows, 3)).round(1)
    data = nnviz.Dataset(pd.DataFrame(table, columns=["study", "sleep", label]))
    return nnviz.train(nnviz.Network.random([2, *hidden, 1], 0), data, epochs, 0.5)


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    """A folder of films, with what is in them as JSON, where each number is exact."""
    folder, contents = tmp_path_factory.mktemp("films"), {}
    made = {
        "whole": film(record([3], 300), (4.0, 8.0), 0, 100_000),
        "first": film(record([3], 0), (4.0, 8.0), 0, 100_000),
        "thinned": film(record([2], 12_345), (4.0, 8.0), 6000, 100_000),
        "wide": film(record([32, 32], 30, rows=60, label="点数 ü"), (1.5, 2.0), 0, 30),
    }
    for name, content in made.items():
        (folder / f"{name}.film").write_bytes(content)
        header, arrays = project(content)
        lists = {name: np.array(array).tolist() for name, array in arrays.items()}
        contents[name] = {"header": header, "arrays": lists}
    (folder / "films.json").write_text(json.dumps(contents))
    return folder


@pytest.mark.parametrize("suite", sorted(SUITE.glob("*.test.js")), ids=lambda path: path.name)
def test_javascript(node, films, suite):
    """Every test of the file passes, and none is left out."""
    command = [node, "--test", "--test-reporter=tap", suite]
    told = os.environ | {"FILMS": str(films)}
    done = subprocess.run(command, env=told, capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "\n# skipped 0\n" in done.stdout


def test_a_browser_writes_the_decimals_that_python_does(node):
    """At every half hundredth, and a double's and a float's last bit beside it."""
    half = (np.arange(-500, 500) + 0.5) / 100
    single = half.astype(np.float32)
    beside = [np.nextafter(half, way) for way in (-9, 9)]
    beside += [np.nextafter(single, np.float32(way)).astype(float) for way in (-9, 9)]
    values = np.concatenate([half, single, *beside, [0.0, -0.0, 1.0, 9_999.995]])
    script = "const told = JSON.parse(require('fs').readFileSync(0)); console.log(JSON.stringify("
    script += "told.map((value) => Math.abs(value).toFixed(2))))"
    told = json.dumps(for_fixed(values).astype(float).tolist())
    done = subprocess.run([node, "-e", script], input=told, capture_output=True, encoding="utf-8")
    assert json.loads(done.stdout) == [f"{abs(value):.2f}" for value in values]


def test_there_is_javascript_to_test():
    assert list(SUITE.glob("*.test.js"))
