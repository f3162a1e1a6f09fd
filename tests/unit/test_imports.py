"""Imports point one way: a room of nnviz uses the rooms below it, and is used by those above."""

import ast
import graphlib
import sys
from pathlib import Path

import pytest

import nnviz

# Top to bottom. Rooms of one layer don't use each other.
LAYERS = (
    {"page"},
    {"lessons"},
    {"export"},
    {"player"},
    {"charts"},
    {"trust"},
    {"dissection"},
    {"writing", "strokes"},
    {"engine"},
)
ARRAYS = {"numpy", "pandas"}
LIBRARIES = {
    "page": ARRAYS | {"plotly", "streamlit"},
    "export": ARRAYS | {"plotly"},
    "engine.decoding": ARRAYS | {"charset_normalizer"},
    "engine.workbook": ARRAYS | {"openpyxl"},
    "player": ARRAYS | {"plotly", "streamlit"},
    "charts": ARRAYS | {"plotly"},
}  # a room that is not named, nor a module of its own in it, uses no other than ARRAYS


def modules(package):
    """Every module of a package, by its full name: its file."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(name, path):
    """Every (module, name in it or None) that a file imports, also within its functions.

    Names that only annotations need, under ``if TYPE_CHECKING``, are not imported when it runs.
    """
    tree = ast.parse(path.read_text("utf-8"))
    unseen = {child for node in ast.walk(tree) if _for_types(node) for child in ast.walk(node)}
    for node in ast.walk(tree):
        if node in unseen:
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = _absolute(node, name, path)
            yield from ((source, alias.name) for alias in node.names)


def _for_types(node):
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def _absolute(node, name, path):
    if not node.level:
        return node.module
    parts = name.split(".") + (["__init__"] if path.stem == "__init__" else [])
    base = parts[: -node.level]
    return ".".join(base + ([node.module] if node.module else []))


def import_graph(package):
    """For each module, which it imports: of the package in full, of others the first name."""
    files = modules(package)

    def target(source, name):
        if source.partition(".")[0] != package.name:
            return source.partition(".")[0]
        return f"{source}.{name}" if f"{source}.{name}" in files else source

    return {
        module: {target(*one) for one in imported(module, path)} for module, path in files.items()
    }


def room(module):
    """The room that a module is in; none for the package's own front door."""
    return module.split(".")[1] if "." in module else None


def depth(name):
    """How many layers lie above a room's, or None if no layer names it. The front door is -1."""
    if name is None:
        return -1
    return next((k for k, layer in enumerate(LAYERS) if name in layer), None)


def unplaced_rooms(graph):
    return sorted({room(module) for module in graph if depth(room(module)) is None})


def upward_imports(graph):
    """Imports that don't lead down; those of rooms without a place are `unplaced_rooms`."""
    own = [(module, used) for module in graph for used in graph[module] & graph.keys()]
    placed = [pair for pair in own if all(depth(room(module)) is not None for module in pair)]
    return sorted(
        f"{module} imports {used}"
        for module, used in placed
        if room(module) != room(used) and depth(room(module)) >= depth(room(used))
    )


def circle(graph):
    """The modules of one circle of imports, or none."""
    try:
        graphlib.TopologicalSorter(
            {module: used & graph.keys() for module, used in graph.items()}
        ).prepare()
    except graphlib.CycleError as error:
        return error.args[1]
    return []


def foreign_imports(graph, package):
    """Imports of libraries that are not the module's or the room's to use."""

    def allowed(module):
        return LIBRARIES.get(module.partition(".")[2]) or LIBRARIES.get(room(module), ARRAYS)

    return sorted(
        f"{module} imports {used}"
        for module in graph
        for used in graph[module] - sys.stdlib_module_names
        if used.split(".")[0] != package and used not in allowed(module)
    )


def faults(package):
    graph = import_graph(package)
    return {
        "unplaced": unplaced_rooms(graph),
        "upward": upward_imports(graph),
        "circle": circle(graph),
        "foreign": foreign_imports(graph, package.name),
    }


NONE = {"unplaced": [], "upward": [], "circle": [], "foreign": []}


@pytest.mark.parametrize("kind", NONE)
def test_imports_of_nnviz_point_one_way(kind):
    assert faults(Path(nnviz.__file__).parent)[kind] == []


SOUND = {
    "__init__.py": "from house.engine import train\nfrom house.dissection import anatomy",
    "engine/__init__.py": "from house.engine.training import train",
    "engine/training.py": "import json\nimport numpy as np\nfrom .network import Network",
    "engine/network.py": "from __future__ import annotations\nimport pandas.api",
    "strokes.py": "from house import engine",
    "dissection.py": "from . import strokes\nfrom .engine.network import Network",
    "charts/__init__.py": "import plotly.graph_objects as go\nimport house.dissection",
    "page/__init__.py": "import streamlit as st\nfrom ..charts import loss",
}


def build(folder, files):
    for name, text in files.items():
        path = folder / "house" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder / "house"


def test_a_sound_house_has_no_faults(tmp_path):
    assert faults(build(tmp_path, SOUND)) == NONE


def test_the_imports_of_a_house_are_found_however_they_are_written(tmp_path):
    graph = import_graph(build(tmp_path, SOUND))
    assert graph["house"] == {"house.engine", "house.dissection"}
    assert graph["house.engine.training"] == {"json", "numpy", "house.engine.network"}
    assert graph["house.strokes"] == {"house.engine"}
    assert graph["house.dissection"] == {"house.strokes", "house.engine.network"}
    assert graph["house.page"] == {"streamlit", "house.charts"}


@pytest.mark.parametrize(
    ("name", "text", "kind", "found"),
    [
        ("attic.py", "", "unplaced", ["attic"]),
        ("attic/__init__.py", "from house.page import x", "unplaced", ["attic"]),
        (
            "strokes.py",
            "def late():\n    from house.charts import loss",
            "upward",
            ["house.strokes imports house.charts"],
        ),
        ("writing.py", "from . import strokes", "upward", ["house.writing imports house.strokes"]),
        ("charts/loss.py", "import house", "upward", ["house.charts.loss imports house"]),
        ("engine/fast.py", "import plotly", "foreign", ["house.engine.fast imports plotly"]),
        ("charts/loss.py", "import streamlit", "foreign", ["house.charts.loss imports streamlit"]),
        ("page/load.py", "import requests.api", "foreign", ["house.page.load imports requests"]),
        ("__init__.py", "import plotly", "foreign", ["house imports plotly"]),
    ],
)
def test_a_fault_is_reported(tmp_path, name, text, kind, found):
    assert faults(build(tmp_path, SOUND | {name: text}))[kind] == found


def test_what_only_annotations_name_is_no_import(tmp_path):
    named = "if TYPE_CHECKING:\n    from house.engine.training import train"
    assert faults(build(tmp_path, SOUND | {"engine/network.py": named})) == NONE


def test_a_circle_is_reported_also_within_a_room_and_a_function(tmp_path):
    late = {"engine/network.py": "def late():\n    from house.engine import training"}
    found = faults(build(tmp_path, SOUND | late))
    assert set(found["circle"]) == {"house.engine.network", "house.engine.training"}
    assert found["upward"] == []
