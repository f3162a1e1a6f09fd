"""Text from a table or a sentence, where Streamlit would read Markdown."""

from __future__ import annotations

_MARKS = r"\`*_{}[]()#+-.!$:~<>|&"


def plain(text: str) -> str:
    """The text as Markdown that shows it letter by letter."""
    return "".join(f"\\{c}" if c in _MARKS else c for c in text)
