"""The page's address: what it says of the page, and what the page makes of any."""

import base64
import json
import random
import string
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from page import (
    PASTE,
    assert_plays,
    charts,
    drawn,
    edit,
    faults,
    film,
    give_roles,
    labelled,
    link_of,
    opened,
    paste,
    record,
    without,
)
from runs import EXAM
from streamlit.testing.v1 import AppTest
from tables import fuzz

from nnviz import Recipe, RecipeError
from nnviz.page import address, packing
from nnviz.page.state import LEARNED, VIEW

LOOKS = {
    "epoch": 37,
    "label": 1,
    "label_class": 2,
    "logarithmic": True,
    "view": "One weight",
    "walk_step": 5,
    "row": 1,
    "on_network": True,
    "checking": True,
    "synapse": (2, 1, 0),
    "nudge": -0.25,
    "neuron": (2, 0),
    "tab": LEARNED,
    "learned_view": "How sure is it?",
    "across": 1,
    "up": 0,
    "pins": (Recipe(EXAM, seed=3), Recipe(EXAM, (4, 2), 5, 0.5)),
    "starts": 500,
    "slope_row": 2,
}


def reopened(at):
    """The page as another browser opens it by the same address."""
    return opened(link_of(at))


def shown(at):
    """Everything a person sees that the link must bring back."""
    widgets = [*at.slider, *at.number_input, *at.selectbox, *at.toggle, *at.button_group]
    table = at.session_state.read.table
    texts = [part.value for part in [*at.markdown, *at.caption, *at.html, *at.error]]
    return {
        "widgets": {widget.key: widget.value for widget in widgets if widget.key != "table"},
        "table": (list(table.columns), table.to_numpy().tolist()),
        "texts": [text for text in texts if "st-key-ahead" not in text],
        "film": film(at)[0],
    }


def assert_same(a, b):
    for part, what in shown(a).items():
        assert what == shown(b)[part], part


def test_a_page_that_nobody_touched_has_a_bare_address():
    assert link_of(opened()) == {}


@pytest.mark.long
def test_the_exam_table_with_all_settings_makes_a_short_link():
    at = opened()
    labelled(at.selectbox, "Hidden layers").set_value(3)
    drawn(at)
    for key, value in {"hidden-1": 8, "hidden-2": 4, "hidden-3": 2}.items():
        at.slider(key=key).set_value(value)
    at.number_input(key="learning_rate").set_value(0.35)
    at.number_input(key="seed").set_value(271828)
    drawn(at)
    query = "&".join(f"{name}={value}" for name, value in link_of(at).items())
    assert query.startswith("run=")
    assert len(query) < 140
    assert_same(at, reopened(at))


@pytest.mark.long
@pytest.mark.parametrize("key", VIEW)
def test_each_thing_that_is_looked_at_is_in_the_link(key):
    assert VIEW.keys() == LOOKS.keys() == {param.key for param in address.PARAMS}
    at = opened()
    at.session_state[key] = LOOKS[key]
    if key in ("synapse", "neuron", "slope_row", "nudge"):
        at.session_state["view"] = (
            "One weight" if key in ("synapse", "nudge") else "σ and its slope"
        )
    link = link_of(drawn(at))
    assert len(link) == 1 + (key in ("synapse", "neuron", "slope_row", "nudge"))
    again = opened(link)
    assert again.session_state[key] == LOOKS[key]
    assert_same(at, again)


def test_a_link_restores_table_settings_question_epoch_and_view_at_once():
    at = paste(opened(), PASTE.replace("study", "Ünits <b>").replace("92", "0.1"))
    at.number_input(key="full_scale").set_value(250)
    labelled(at.slider, "Hidden neurons").set_value(5)
    at.number_input(key="learning_rate").set_value(0.3)
    labelled(at.number_input, "sleep").set_value(-7.25)
    drawn(at)
    edit(at, {1: {"score": 40.7}}, [{"Ünits <b>": 1, "sleep": 2, "score": 3}], [2])
    for key, value in LOOKS.items():
        at.session_state[key] = value
    drawn(at)
    again = reopened(at)
    assert_same(at, again)
    assert again.session_state.table == "Pasted table"
    assert link_of(again) == link_of(at)
    assert not again.warning


def test_the_epoch_of_a_link_is_shown_and_the_player_sent_there():
    at = opened({"epoch": "4321"})
    assert_plays(at, record(epochs=8000))
    assert at.session_state.go == ("begin", 4321)
    assert link_of(at) == {"epoch": "4321"}


def test_a_longer_recording_than_the_epoch_needs_is_in_the_link():
    at = opened({"epoch": "10", "of": "4000"})
    assert_plays(at, record(epochs=4000))
    assert link_of(at) == {"epoch": "10", "of": "4000"}


def test_a_table_with_a_fault_comes_back_as_it_was_typed():
    at = edit(opened(), {2: {"sleep": "abc"}})
    again = reopened(at)
    assert "Row 3: sleep is “abc”" in faults(again)[0]
    assert_plays(again, record())
    assert_same(at, again)


@pytest.mark.long
@pytest.mark.parametrize("scale", [0.0, 5e-324, 1e300, None])
def test_a_full_scale_with_a_fault_comes_back_as_it_was_typed(scale):
    at = opened()
    at.number_input(key="full_scale").set_value(250)
    edit(drawn(at), {2: {"sleep": "abc"}})
    at.number_input(key="full_scale").set_value(scale)
    again = reopened(drawn(at))
    assert faults(again) == faults(at) != []
    assert again.number_input(key="full_scale").value == scale
    assert_same(at, again)


def test_a_row_in_the_making_comes_back_as_it_was_typed():
    at = edit(opened(), {0: {"score": 40}}, [{"study": 7}])
    again = reopened(at)
    assert not again.error
    assert any("Row 5 is not complete yet" in said.value for said in again.caption)
    assert again.session_state.read.table.iloc[4, 0] == "7"
    assert_plays(again, record(rows=[[2, 9, 40], [1, 5, 86], [3, 6, 89], [4, 8, None]]))


def test_columns_that_are_left_out_come_back_with_the_link():
    at = give_roles(opened(), without("study"))
    assert "draft" not in link_of(at)
    again = reopened(at)
    assert again.session_state.roles == {"Exam scores": without("study")}
    assert list(again.session_state.read.data.input_names) == ["sleep"]
    assert again.session_state.read.table.equals(at.session_state.read.table)


def test_a_link_of_the_first_version_is_followed():
    old = "1eNo"  # of another dictionary
    assert opened({"run": old}).session_state.notice
    content = '{"nnviz":1,"columns":["a","b"],"rows":[[1,2],[2,4]],"hidden":[2],"seed":3}'
    packer = zlib.compressobj(9, zdict=packing._DICTIONARIES["1"])
    packed = base64.urlsafe_b64encode(packer.compress(content.encode()) + packer.flush())
    at = opened({"run": "1" + packed.decode().rstrip("=")})
    assert not at.session_state.notice
    assert at.session_state.shown == Recipe.from_json(content)


def test_the_last_good_run_of_a_link_with_a_fault_is_its_own():
    at = edit(opened(), {0: {"score": 40}})
    edit(at, {0: {"score": 40}, 2: {"sleep": "abc"}})
    assert_plays(reopened(at), record(rows=[[2, 9, 40], [1, 5, 86], [3, 6, 89], [4, 8, None]]))


def test_an_edited_table_of_ours_keeps_its_name_and_the_original_can_be_had_again():
    at = edit(opened(), {0: {"score": 40}})
    again = reopened(at)
    assert again.session_state.table == "Exam scores"
    assert_plays(again, record(rows=[[2, 9, 40], [1, 5, 86], [3, 6, 89], [4, 8, None]]))


def test_back_and_forward_restore_what_the_address_says(monkeypatch):
    at = opened()
    labelled(at.slider, "Hidden neurons").set_value(6)
    edit(drawn(at), {0: {"score": 40}})
    labelled(at.number_input, "study").set_value(1.5)
    drawn(at)
    link, token = link_of(at), at.session_state.go[0]
    at.query_params.clear()
    monkeypatch.setattr(address, "_went_back", lambda: True)
    assert_plays(drawn(at), record())  # of the question asked then, too
    assert labelled(at.slider, "Hidden neurons").value == 3
    assert at.session_state.go[0] != token
    for name, value in link.items():
        at.query_params[name] = value
    rows = [[2, 9, 40], [1, 5, 86], [3, 6, 89], [4, 8, None]]
    assert_plays(drawn(at), record(6, rows=rows), (1.5, 8))


def test_a_table_too_large_for_a_link_leaves_the_address_bare_and_says_so():
    rng = np.random.default_rng(0)
    rows = "\n".join(",".join(map(str, row)) for row in rng.uniform(1, 99, (400, 3)))
    at = paste(opened(), f"a,b,c\n{rows}")
    assert link_of(at) == {}
    link = next(p for p in at.get("bidi_component") if p.proto.component_name == "nnviz.link")
    assert "too large for a link" in link.proto.json


@pytest.mark.long
@pytest.mark.parametrize("slip", ["".join(map(chr, range(33, 4000))), "x" * 100_000])
def test_a_draft_too_large_for_a_link_leaves_the_address_bare_and_one_that_packs_is_in_it(slip):
    at = edit(opened(), {0: {"score": 40}, 1: {"sleep": slip}})
    assert faults(at)
    if len(set(slip)) > 1:
        assert link_of(at) == {}
        link = next(p for p in at.get("bidi_component") if p.proto.component_name == "nnviz.link")
        assert "too large for a link" in link.proto.json
        at = edit(at, {0: {"score": 40}})
        assert link_of(at)["run"]
    else:
        assert sum(map(len, link_of(at).values())) <= address.LONGEST
        assert shown(reopened(at)) == shown(at)


@pytest.mark.long
def test_parts_can_be_left_out_and_the_rest_goes_on():
    whole = opened()
    assert len(charts(whole)) == 3
    at = opened({"hide": "table,ask,settings,loss,prediction,tabs", "epoch": "12"})
    assert not at.data_editor and not at.slider
    assert [field.key for field in at.number_input] == ["full_scale"]  # in the menu
    assert len(charts(at)) == 1
    assert_film(at, record(), 12)
    assert link_of(at) == {"epoch": "12", "hide": "table,ask,settings,loss,prediction,tabs"}
    at = opened(link_of(edit(opened(), {0: {"score": 40}})) | {"hide": "table,settings"})
    assert_plays(at, record(rows=[[2, 9, 40], [1, 5, 86], [3, 6, 89], [4, 8, None]]))


def assert_film(at, run, epoch):
    header, arrays = film(at)
    assert header["of"]["recipe"] == run_key(run)
    assert at.session_state.epoch == epoch


def run_key(run):
    from nnviz import Recipe

    return Recipe(run.data, hidden=run.sizes[1:-1]).key


@pytest.mark.long
@pytest.mark.parametrize(
    ("link", "words"),
    [
        ({"run": ""}, "newer version of this page, or is damaged"),
        ({"run": "9abc"}, "newer version of this page, or is damaged"),
        ({"run": "1"}, "damaged, or a part of it is missing"),
        ({"run": "1%%%"}, "damaged, or a part of it is missing"),
        ({"run": packing.pack("{}")}, "no recipe of nnviz"),
        ({"run": packing.pack('{"nnviz":3}')}, "written by a newer nnviz"),
        ({"run": "1" + "A" * 500_000}, "it is too long"),
        ({"run": packing.pack(" " * 3_000_000)}, "damaged"),
        ({"epoch": "-1"}, "“epoch”"),
        ({"epoch": "1e3"}, "“epoch”"),
        ({"epoch": "٣"}, "“epoch”"),
        ({"epoch": "9" * 5000}, "“epoch”"),
        ({"ask": "nan,1"}, "“ask”"),
        ({"ask": "1"}, "“ask”"),
        ({"ask": "1e300,1"}, "“ask”"),
        ({"view": "<script>"}, "“view”"),
        ({"hide": "tabel,tabs"}, "“hide”"),
        ({"size": "huge"}, "“size”"),
        ({"synapse": "1.1"}, "“synapse”"),
        ({"log": "maybe", "step": "0"}, "“log”, “step”"),
        ({"draft": "1xx"}, "damaged"),
        ({"draft": packing.pack('[["a"],[["1"]]]')}, "needs two columns or more"),
        ({"draft": packing.pack(json.dumps([["a"] * 90_000, []]))}, "90000 columns; at most 50"),
        ({"draft": packing.pack(json.dumps([["a", "b"], [[]] * 50_000]))}, "has 50,000 rows"),
        ({"draft": packing.pack('[["a","b"],{"0":1}]')}, "damaged"),
        ({"draft": packing.pack("[5,7]")}, "damaged"),
    ],
)
def test_a_link_that_cannot_be_followed_says_so_and_shows_the_default(link, words):
    at = opened(link)
    assert words in at.warning[0].value.replace("\\", "")
    assert_plays(at, record())
    assert "Traceback" not in at.warning[0].value


def recipe_json(**changes):
    from nnviz import Recipe

    return json.dumps(json.loads(Recipe(record().data).to_json()) | changes)


@pytest.mark.long
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"hidden": [33]}, "1 to 3 hidden layers of 1 to 32 neurons"),
        ({"hidden": [3] * 4}, "1 to 3 hidden layers"),
        ({"hidden": []}, "1 to 3 hidden layers"),
        ({"hidden": [10**9]}, "1 to 32 neurons"),
        ({"seed": 1_000_000}, "seeds up to 999,999"),
        ({"learning_rate": 1e6}, "learning rates from 0.001 to 1000"),
        ({"label_scale": 10}, "above the full scale of 10"),
        ({"rows": [[0, 0, 1]]}, "0 in every training row"),
    ],
)
def test_a_recipe_that_the_page_cannot_show_is_refused_in_a_sentence(changes, words):
    at = opened({"run": packing.pack(recipe_json(**changes))})
    assert words in at.warning[0].value.replace("\\", "")
    assert_plays(at, record())


@pytest.mark.long
@pytest.mark.parametrize(("row", "text"), [(-2, None), (-1, "all"), (0, "1"), (2, "3")])
def test_whom_the_walk_follows_is_in_the_link(row, text):
    at = opened()
    at.session_state["row"] = row
    link = link_of(drawn(at))
    assert link.get("row") == text
    assert opened(link).session_state.row == row
    assert opened({"row": "question"}).session_state.row == -2


def test_what_a_link_picks_that_is_not_there_is_the_first_of_its_kind():
    at = opened({"view": "weight", "synapse": "9.9.9", "row": "77", "step": "99"})
    assert at.session_state.synapse == (1, 0, 0)
    at.session_state.view = "Walk"
    drawn(at)
    assert (at.session_state.row, at.session_state.walk_step) == (-1, 12)


@fuzz
@given(st.text())
def test_packing_gives_any_text_again(text):
    packed = packing.pack(text)
    assert packing.unpack(packed) == text
    assert set(packed) <= set(string.ascii_letters + string.digits + "-_")


@fuzz
@given(st.text(string.printable, max_size=200))
def test_any_text_is_unpacked_or_refused(text):
    for packed in (text, "1" + text):
        try:
            assert isinstance(packing.unpack(packed), str)
        except RecipeError as error:
            assert str(error)


def mutated(link, rng):
    """A link with some of its letters lost, changed, doubled, or its parts exchanged."""
    link = dict(link)
    for _ in range(rng.randint(1, 3)):
        name = rng.choice(list(link) or ["run"])
        text = link.get(name, "")
        at, way = rng.randrange(len(text) + 1), rng.randrange(6)
        letter = rng.choice(string.printable + "é−٣\0")
        link[name] = [
            text[:at],
            text[:at] + letter + text[at + 1 :],
            text[:at] + letter + text[at:],
            text[at:] + text[:at],
            text * rng.choice([2, 40]),
            "".join(rng.choices(string.printable, k=rng.choice([0, 3, 90]))),
        ][way]
        if rng.random() < 0.1:
            link[rng.choice(["ask", "of", "draft", "hide", "size", "table", letter])] = text
    return link


def restore_each(links):
    """A page that follows one link after the other, and builds what each asks for."""
    import nnviz.page.address
    from nnviz.page import ask, grid, settings
    from nnviz.page.state import begin, state

    begin()
    state.followed = 0
    for link in links:
        nnviz.page.address.restore(link)
        data = grid.hidden_table()
        question = ask.question(data, shown=False)
        recipe = settings.recipe(data)
        assert len(question) == recipe.shape.sizes[0]
        assert 0 <= state.epoch <= state.recorded <= 100_000
        assert state.notice is None or 10 < len(state.notice) < 400
        state.followed += 1
        state.pop("refused", None) if state.notice is None else state.update(refused=True)


@pytest.mark.long
def test_two_thousand_mutated_links_are_followed_or_refused():
    at = paste(opened(), PASTE.replace("92", "0.1"))
    labelled(at.number_input, "sleep").set_value(-7.25)
    for key, value in LOOKS.items():
        at.session_state[key] = value
    whole, rng = link_of(drawn(at)), random.Random(0)
    assert len(whole) > 8
    links = [mutated(whole, rng) for _ in range(2000)]
    at = AppTest.from_function(restore_each, args=(links,), default_timeout=120).run()
    assert not at.exception
    assert at.session_state.followed == 2000


@pytest.mark.long
@pytest.mark.parametrize("seed", range(12))
def test_a_mutated_link_opens_the_page_without_a_traceback(seed):
    at = edit(opened(), {0: {"score": 40}})
    link = mutated(link_of(at) | {"epoch": "12", "ask": "1,2"}, random.Random(seed))
    assert charts(opened(link))
