"""What `pip install` brings: the same libraries as requirements.txt, and every file of nnviz."""

import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SOURCES = ("pyproject.toml", "README.md", "LICENSE")


def pins(name):
    """Which version of each library a requirements file pins."""
    lines = (ROOT / name).read_text("utf-8").splitlines()
    wanted = [Requirement(line.partition("#")[0]) for line in lines if line.strip()]
    return {one.name: str(one.specifier).removeprefix("==") for one in wanted}


def ranges(texts):
    return {one.name: one.specifier for one in map(Requirement, texts)}


def shipped():
    """Every file under nnviz/ that an installed nnviz needs, as it is named in a wheel."""
    files = [path for path in (ROOT / "nnviz").rglob("*") if path.is_file()]
    paths = [path.relative_to(ROOT) for path in files if "__pycache__" not in path.parts]
    return {path.as_posix() for path in paths if not path.name.startswith(".")}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names of the files in a wheel, built from a copy, as building leaves files behind."""
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("built")
    shutil.copytree(ROOT / "nnviz", source / "nnviz")
    for name in SOURCES:
        shutil.copy(ROOT / name, source)
    offline = ["--no-deps", "--no-build-isolation", "--no-index"]
    command = [sys.executable, "-m", "pip", "wheel", *offline, "-w", built, source]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = built.glob("*.whl")
    return set(zipfile.ZipFile(path).namelist())


def test_the_package_asks_for_what_the_app_pins():
    asked, pinned = ranges(PROJECT["project"]["dependencies"]), pins("requirements.txt")
    assert asked.keys() == pinned.keys()
    for name, version in pinned.items():
        assert version in asked[name], f"{name} {version} is not {asked[name]}"


def test_the_wheel_is_built_here_by_a_setuptools_that_the_package_allows():
    allowed = ranges(PROJECT["build-system"]["requires"])["setuptools"]
    assert pins("tests/requirements.txt")["setuptools"] in allowed


@pytest.mark.long
def test_a_wheel_holds_every_file_of_nnviz_and_no_other_package(wheel):
    assert "nnviz/py.typed" in wheel
    packed = {name for name in wheel if ".dist-info/" not in name}
    assert packed == shipped()
