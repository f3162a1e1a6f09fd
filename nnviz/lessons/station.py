"""A station of the lesson as data: what it says, shows, asks and reveals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from nnviz.engine.recipe import Recipe
from nnviz.lessons.case import Case
from nnviz.lessons.questions import Question
from nnviz.writing import asked_text, true_minus

LEARNED = "What it has learned"  # the page's other tab

# What of the page can be veiled until an answer is given, as a scene says.
VEILS = ("answer", "prediction", "loss", "curve", "future", "tabs")


@dataclass(frozen=True)
class Scene:
    """What the live page shows.

    recipe, epoch, question: of the run. view: what is looked at, by the names of the session's
    state; what is not named is as the page begins. pose: up to which layer the network's values
    stand in it, the others to be said by the learner, see `nnviz.charts.pose`; None to leave the
    network as it is. chain: a synapse whose ways to the output are lit, see `nnviz.charts.chain`.
    veiled: which parts of the page wait for an answer, of `VEILS`. sight: which part comes into
    sight, by the key of its container or widget.
    """

    recipe: Recipe
    epoch: int
    question: tuple[float, ...]
    view: dict[str, Any] = field(default_factory=dict)
    pose: int | None = None
    chain: tuple[int, int, int] | None = None
    veiled: tuple[str, ...] = ()
    sight: str = "network"

    @property
    def said(self) -> str:
        """Where on the page to look now."""
        said = [f"epoch {self.epoch:,}", _seen(self.view)]
        if self.question:
            said.append(f"the question ({', '.join(map(asked_text, self.question))})")
        if self.recipe.learning_rate != 1:
            said.append(f"a rate of {self.recipe.learning_rate:g}")
        return f"On the page now: {', '.join(said)}."


def _seen(view: dict[str, Any]) -> str:
    """What the tab shows."""
    if view.get("tab") == LEARNED:
        return LEARNED
    if view["view"] == "Walk":
        lit = ", lit in the network" if view.get("on_network") else ""
        return f"step {view['walk_step']} of the walk{lit}"
    nudged = f", nudged by {true_minus(f'{by:+g}')}" if (by := view.get("nudge", 0)) else ""
    return f"{view['view']}{nudged}"


@dataclass(frozen=True)
class Part:
    """A question, and what is revealed once it is answered; a paragraph each."""

    question: Question
    reveal: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """What a station says and shows of a case.

    words: paragraphs. parts: the questions, one after the other. scenes: what the page shows
    before each of them, and after the last; None leaves it as the learner has it. closing:
    paragraphs after the last reveal. takeaway: one sentence.
    """

    words: tuple[str, ...]
    parts: tuple[Part, ...]
    scenes: tuple[Scene | None, ...]
    takeaway: str
    closing: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All that it says, the questions among it."""
        asked = [(part.question.prompt, *part.reveal) for part in self.parts]
        return "\n".join([*self.words, *sum(asked, ()), *self.closing, self.takeaway])


def anything(case: Case) -> bool:
    return True


def nothing(case: Case) -> bool:
    return False


@dataclass(frozen=True)
class Station:
    """A station: its title, and what it tells of a case.

    fits: whether its idea shows in a case, as it may with a table of the learner's own.
    """

    title: str
    tell: Callable[[Case], Told]
    fits: Callable[[Case], bool] = nothing
