"""What a learner is asked before seeing, and what is made of an answer: never harsh.

Every kind of question has ``prompt``; ``grade(answer)``, what to say of an answer;
``said(answer)``, how it reads; and ``truth``, how the right one does. All texts are Markdown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nnviz.engine.moment import Moment
from nnviz.writing import shown

RIGHT, CLOSE, WHY = "right", "close", "why"
SLIP = 0.004  # how near to a usual slip's result an answer counts as that slip, of its size

Place = tuple[int, ...]  # a neuron, (layer, n), or a synapse, (layer, i, j), as the page has them


@dataclass(frozen=True)
class Verdict:
    """What to say of an answer.

    grade: `RIGHT`, `CLOSE` or `WHY`, which is to say: not so, here is why. said: a sentence on
    this very answer, which may be empty.
    """

    grade: str
    said: str = ""


@dataclass(frozen=True)
class Choice:
    """One of some options, by its number from 0. why: a sentence for each, read if it is chosen."""

    prompt: str
    options: tuple[str, ...]
    right: int
    why: tuple[str, ...]

    @property
    def truth(self) -> str:
        return self.options[self.right]

    def said(self, answer: int) -> str:
        return self.options[answer]

    def grade(self, answer: int) -> Verdict:
        return Verdict(RIGHT if answer == self.right else WHY, self.why[answer])


@dataclass(frozen=True)
class Number:
    """A number.

    right: the number itself. truth: how it is written. near, close: how far an answer may be off
    to be right, or close. slips: (result, sentence) of each usual slip; the first that fits is
    said.
    """

    prompt: str
    right: float
    truth: str
    near: float
    close: float
    slips: tuple[tuple[float, str], ...] = ()

    def said(self, answer: float) -> str:
        return shown(answer)

    def grade(self, answer: float) -> Verdict:
        off = abs(answer - self.right)
        if off <= self.near:
            return Verdict(RIGHT)
        for result, sentence in self.slips:
            if abs(answer - result) <= SLIP * abs(result):
                return Verdict(WHY, sentence)
        return Verdict(CLOSE if off <= self.close else WHY)


@dataclass(frozen=True)
class Pick:
    """Something to pick in the network.

    kind: "neuron" or "synapse". places, names: what there is to pick; anything else is not taken.
    right: the place. why: a sentence for each place, read if it is picked.
    """

    prompt: str
    kind: str
    places: tuple[Place, ...]
    names: tuple[str, ...]
    right: Place
    why: tuple[str, ...]

    @property
    def truth(self) -> str:
        return self.said(self.right)

    def said(self, answer: Place) -> str:
        return self.names[self.places.index(answer)]

    def grade(self, answer: Place) -> Verdict:
        grade = RIGHT if answer == self.right else WHY
        return Verdict(grade, self.why[self.places.index(answer)])


@dataclass(frozen=True)
class Order:
    """Some options put in order, by their numbers from 0. right: the order.

    An order is close if it begins rightly.
    """

    prompt: str
    options: tuple[str, ...]
    right: tuple[int, ...]

    @property
    def truth(self) -> str:
        return self.said(self.right)

    def said(self, answer: tuple[int, ...]) -> str:
        return ", ".join(self.options[k] for k in answer)

    def grade(self, answer: tuple[int, ...]) -> Verdict:
        if answer == self.right:
            return Verdict(RIGHT)
        return Verdict(CLOSE if answer[:1] == self.right[:1] else WHY)


@dataclass(frozen=True)
class Do:
    """Something to do on the page, as often as it takes.

    button: what one presses to have it looked at. check: looks at what the page shows. The answer
    is that moment. done: how it reads. truth: what there was to be done, or an example of it.
    """

    prompt: str
    button: str
    check: Callable[[Moment], Verdict]
    done: Callable[[Moment], str]
    truth: str

    def said(self, answer: Moment) -> str:
        return self.done(answer)

    def grade(self, answer: Moment) -> Verdict:
        return self.check(answer)


Question = Choice | Number | Pick | Order | Do
