"""Parts of the page that wait for an answer: hidden from the eye and from a screen reader."""

from __future__ import annotations

from collections.abc import Iterable

_FUTURE = ".st-key-loss .nnviz-future, .st-key-loss .hoverlayer"

# What each veil hides, and the place that says so.
_VEILS = {
    "answer": (".nnviz-answer b, .nnviz-asked, .nnviz-spoken", ""),
    "prediction": (".st-key-prediction *", ".st-key-prediction"),
    "loss": ('.st-key-loss *, [data-testid="loss"], .nnviz-spoken', ".st-key-loss"),
    "curve": (f"{_FUTURE}, .st-key-loss .nnviz-played", ""),
    "future": (_FUTURE, ""),
    "tabs": (".st-key-tabs *", ".st-key-tabs"),
}


def style(veiled: Iterable[str]) -> str:
    """A style sheet that veils some parts, see `nnviz.lessons.VEILS`."""
    rules = []
    for part in veiled:
        hidden, place = _VEILS[part]
        rules.append(f"{hidden} {{ visibility: hidden !important; --nnviz-unknown: '?'; }}")
        if place:
            rules.append(f"{place} {{ --nnviz-veil: 'after your answer'; }}")
    return f"<style>{' '.join(rules)}</style>"
