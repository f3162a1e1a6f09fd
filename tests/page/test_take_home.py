"""The menu Take home: what it offers, and for which epoch and question it says so."""

from types import SimpleNamespace

import pytest
from page import drawn, opened, record

from nnviz import Recipe, to_script
from nnviz.page import take_home

OFFERED = {
    "Film, as a page that plays anywhere": "nnviz-exam-scores-2-3-1-epoch-202.html",
    "Script": "nnviz-exam-scores-2-3-1-epoch-202.py",
    "Notebook": "nnviz-exam-scores-2-3-1-epoch-202.ipynb",
    "PyTorch": "nnviz-exam-scores-2-3-1-epoch-202-pytorch.py",
    "Recipe": "nnviz-exam-scores-2-3-1-recipe.json",
    "Table with predictions": "nnviz-exam-scores-2-3-1-epoch-202.csv",
    "Loss": "nnviz-exam-scores-2-3-1-1000-epochs.csv",
    "Weights, JSON": "nnviz-exam-scores-2-3-1-epoch-202.json",
    "Weights, NumPy": "nnviz-exam-scores-2-3-1-epoch-202.npz",
}


@pytest.fixture
def offers(monkeypatch):
    """Every download that a page drew last, by its label."""
    found = {}
    monkeypatch.setattr(
        take_home.st,
        "download_button",
        lambda label, data, **about: found.update({label: SimpleNamespace(data=data, **about)}),
    )
    return found


def test_each_file_says_what_it_is(offers):
    opened({"epoch": "202"})
    assert {label: offer.file_name for label, offer in offers.items()} == OFFERED


def test_a_file_is_made_when_it_is_asked_for_and_of_what_is_shown(offers):
    opened({"epoch": "202"})
    run = Recipe(record().data, hidden=(3,)).train(1000)
    assert offers["Script"].data() == to_script(run, 202, (4, 8), "Exam scores")
    assert offers["Recipe"].data() == run.recipe.to_json()


def test_a_run_that_the_server_no_longer_holds_is_trained_again(offers, monkeypatch):
    opened({"epoch": "202"})
    monkeypatch.setattr(take_home, "run_of", lambda recipe, epochs: recipe.train(5))
    run = Recipe(record().data, hidden=(3,)).train(1000)
    assert offers["Script"].data() == to_script(run, 202, (4, 8), "Exam scores")


def test_it_says_of_which_epoch_and_question_it_is(offers):
    at = opened({"epoch": "202"})
    assert any(said.value == "At epoch 202, for study 4, sleep 8." for said in at.caption)
    at.number_input(key="seed").set_value(3)
    at = drawn(at)
    script = offers["Script"].data()
    assert "default_rng(seed=3)" in script and "epochs = 202" in script


def test_code_that_there_is_none_for_is_not_offered_and_it_is_said_why(offers, monkeypatch):
    monkeypatch.setattr(take_home.export, "refusal", lambda run: "There is no program yet.")
    at = opened()
    assert "Script" not in offers and "Loss" in offers
    assert any(said.value == "There is no program yet." for said in at.caption)
