"""Text from a table or a sentence, where Streamlit would read Markdown."""

from __future__ import annotations

import re

# What Markdown reads anywhere; an underscore only at a word's edge; and, where a line starts,
# the marks of headings and lists. No more than that is marked, as the backslashes of a widget's
# label are part of its accessible name.
_MARKS = re.compile(r"[\\`*\[\]<>$:~|&]|(?<!\w)_|_(?!\w)|^\s*(?:[#+-]|\d+(?=[.)]))", re.MULTILINE)


def plain(text: str) -> str:
    """The text as Markdown that shows it letter by letter."""
    return _MARKS.sub(_marked, text)


def _marked(found: re.Match) -> str:
    """A mark after its backslash; of a list's number, the dot after it."""
    mark = found[0]
    return f"{mark}\\" if mark[-1].isdigit() else f"{mark[:-1]}\\{mark[-1]}"
