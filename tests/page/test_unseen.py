"""What can't be seen in names and cells is on no part of the page, whichever way they come."""

import json
import unicodedata

import pytest
from page import PASTE, drawn, edit, faults, film, labelled, link_of, opened, paste, upload

from nnviz import Recipe, read_table
from nnviz.page import packing
from nnviz.page.address import VIEWS

UNSEEN = "\u202e\u200b\x07\x85\u2066\u3164\ufeff"  # and a line break, \x85
NAMES = {
    "study": f"stu{UNSEEN[:3]}dy{UNSEEN}",
    "sleep": f"{UNSEEN}sleep\u202d",
    "score": f"sc\xadore{UNSEEN}",
}
CODE = {ord(letter): f"\\u{ord(letter):04x}" for letter in UNSEEN + "\u202d\xad"}


def turned(text):
    """The text with letters in its names that can't be seen."""
    for name, other in NAMES.items():
        text = text.replace(name, other)
    return text


def texts(at):
    """Every text of the page as it is sent to the browser, but for the cells of the grid."""
    elements = [at.main, at.sidebar]
    while elements:
        element = elements.pop()
        elements += getattr(element, "children", {}).values()
        if (proto := getattr(element, "proto", None)) is not None:
            yield from strings(proto)
    header, _ = film(at)
    yield from (json.dumps(header, ensure_ascii=False), *at.session_state.tables)
    yield from link_of(at).values()


def strings(proto):
    """All strings in a message, those of JSON as they are read."""
    for field, value in proto.ListFields():
        for part in value if field.is_repeated else [value]:
            if hasattr(part, "ListFields"):
                yield from strings(part)
            elif isinstance(part, str):
                yield json.dumps(json.loads(part), ensure_ascii=False) if part[:1] == "{" else part


def assert_all_can_be_seen(at):
    """In no text is there a control character but those that lay out our own."""
    found = 0
    for text in texts(at):
        found += "study" in text
        unseen = [
            letter
            for letter in text
            if unicodedata.category(letter) in ("Cc", "Cf", "Cs") and letter not in "\n\t"
        ]
        assert not unseen and "\u3164" not in text, ascii(text)
    assert found > 5


def by_recipe():
    table = read_table(PASTE.encode())
    text = turned(Recipe(table.set_axis(list(NAMES), axis=1)).to_json())
    return text.translate(CODE)  # as JSON writes them


WAYS = {
    "pasted": lambda: paste(opened(), turned(PASTE)),
    "uploaded": lambda: upload(opened(), turned(PASTE).encode(), f"mine{UNSEEN}.csv"),
    "a recipe": lambda: upload(opened(), by_recipe().encode(), f"saved{UNSEEN}.json"),
    "a link": lambda: opened({"run": packing.pack(by_recipe()), "table": f"mine{UNSEEN}"}),
}


@pytest.mark.long
@pytest.mark.parametrize("way", WAYS)
def test_names_are_what_can_be_seen_wherever_they_stand(way):
    at = WAYS[way]()
    assert list(at.session_state.read.table.columns) == ["study", "sleep", "score"]
    for view in VIEWS.values():
        at.session_state["view"] = view
        assert_all_can_be_seen(drawn(at))
    labelled(at.number_input, "study").set_value(99.0)  # an extrapolation
    assert_all_can_be_seen(drawn(at))
    assert_all_can_be_seen(edit(at, {1: {"sleep": f"a{UNSEEN}b"}}))
    assert faults(at)[0].startswith("Row 2: sleep is “a b”.")


def test_a_fault_in_a_file_says_what_can_be_seen():
    at = paste(opened(), f"a{UNSEEN},b,a\n1,2,3")
    assert "Two columns are named “a”" in faults(at)[0]
    assert_all_can_be_seen(at)


@pytest.mark.long
@pytest.mark.parametrize("letter", ["\\ud800", "\\u202e", "\\u0000"])
def test_a_draft_that_holds_what_no_table_can_is_cleaned_or_refused(letter):
    table = json.dumps([["study", "sleep", "score"], [["2", "9", "92"], ["x", "5", "86"]]])
    for part in ("study", "x"):
        draft = packing.pack(table.replace(part, part + letter, 1))
        at = opened(link_of(edit(opened(), {1: {"study": "x"}})) | {"draft": draft})
        assert_all_can_be_seen(at)
        assert at.warning or faults(at)[0].startswith("Row 2: study is “x”")
