"""The lesson's rail beside the page, or the sheet at the foot of a small screen."""

from __future__ import annotations

import html
import re
from pathlib import Path

import streamlit as st

from nnviz import player
from nnviz.engine.moment import Moment
from nnviz.lessons import STATIONS
from nnviz.lessons.questions import CLOSE, RIGHT, Choice, Do, Number, Order, Pick, Question
from nnviz.page import lesson, veils
from nnviz.page.state import state

_HERE = Path(__file__).parent
_GRADES = {RIGHT: "Right.", CLOSE: "Close.", "why": "Here is why."}
_FEW = 5  # options that are all to be seen at once

if player.AVAILABLE:
    _mount = st.components.v2.component(
        "nnviz.lesson",
        html='<p class="nnviz-aloud" role="status" aria-live="polite"></p>',
        js=(_HERE / "sight.js").read_text("utf-8") + (_HERE / "rail.js").read_text("utf-8"),
        isolate_styles=False,
    )


def button() -> None:
    """The way into the lesson, from the head of the page."""
    st.button("Lesson", on_click=_open, key="lesson_open", disabled=bool(state.station))


def _open() -> None:
    left = [n for n in range(1, len(STATIONS) + 1) if n not in state.done]
    lesson.go(left[0] if left else 1)


def rail(moment: Moment) -> None:
    """The station that is shown: its words, its questions, and what was answered."""
    if not state.station:
        return
    told, answers = lesson.told(), lesson.answers()
    state.shown_off = lesson.is_off(moment)
    st.html(veils.style(lesson.veiled()))
    with st.container(key="lesson", gap="small"):
        _head()
        if state.folded:
            return
        st.html(f'<h2 class="nnviz-station">{html.escape(lesson.station().title)}</h2>')
        for paragraph in told.words:
            st.markdown(paragraph)
        for number, (part, answered) in enumerate(zip(told.parts, answers), start=1):
            _verdict(number, part.question, answered)
            for paragraph in part.reveal:
                st.markdown(paragraph)
        if (open_question := lesson.question()) is not None:
            _ask(open_question, moment)
        else:
            for paragraph in told.closing:
                st.markdown(paragraph)
            if (scene := told.scenes[-1]) is not None:
                st.caption(scene.said)
            with st.container(key="takeaway"):
                st.markdown(told.takeaway)
        _foot()
        _aloud()


def _head() -> None:
    """Where one is among the stations, and the way out."""
    with st.container(horizontal=True, vertical_alignment="center", key="lesson_head"):
        listed, key = _listed(state.done), _list_key()
        st.selectbox(
            "Station",
            listed,
            index=state.station - 1,
            format_func=listed.__getitem__,
            key=key,
            on_change=_go_to,
            args=(key,),
            label_visibility="collapsed",
        )
        st.button(
            "Unfold" if state.folded else "Fold",
            on_click=_fold,
            type="tertiary",
            key="lesson_fold",
        )
        st.button("Leave", on_click=lesson.leave, type="tertiary", key="lesson_leave")


def _list_key() -> str:
    """A key for each state of the list: the browser answers with an option's text, which is none
    any more once that station is done."""
    return f"go-{state.station}-{len(state.done)}"


def _go_to(key: str) -> None:
    """Another station; unless the browser still says what it knows of a list that is gone."""
    if key == _list_key() and state[key] in range(1, len(lesson.ALL) + 1):
        lesson.go(state[key])


def _listed(done: frozenset[int]) -> dict[int, str]:
    """The stations by their numbers, and which of them are done."""
    return {
        number: (f"{number}. " if number <= len(STATIONS) else "Mission: ")
        + station.title
        + (" ✓ done" if number in done else "")
        for number, station in enumerate(lesson.ALL, start=1)
    }


def _fold() -> None:
    state.folded = not state.folded


# --- The open question --------------------------------------------------------------------------


def _ask(question: Question, moment: Moment) -> None:
    key = lesson.answer_key()
    with st.container(key="question", gap="small"):
        _field(question, key)
        if state.attempt is not None:
            with st.container(key="attempt"):
                st.markdown(_attempt())
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                question.button if isinstance(question, Do) else "Check",
                on_click=_check,
                args=(question, key, moment),
                type="primary",
                key="lesson_check",
            )
            st.button("Skip", on_click=lesson.skip, type="tertiary", key="lesson_skip")


def _attempt() -> str:
    grade = {"why": "Not yet."}.get(state.attempt.grade, _GRADES.get(state.attempt.grade, ""))
    return f"**{grade}** {state.attempt.said}" if grade else state.attempt.said


def _field(question: Question, key: str) -> None:
    """The widget for an answer; of what is to be done on the page, only the words."""
    if isinstance(question, Do):
        st.markdown(f"**{question.prompt}**")
    elif isinstance(question, Number):
        st.number_input(
            question.prompt, value=None, format="%g", key=key, placeholder="your answer"
        )
    elif isinstance(question, Order):
        given = st.pills(  # one after the other: what it gives is in the order of the clicks
            question.prompt,
            range(len(question.options)),
            selection_mode="multi",
            format_func=question.options.__getitem__,
            key=key,
        )
        st.caption(f"Your order: {question.said(tuple(given)) or 'press one after the other'}.")
    elif isinstance(question, Choice):
        _one_of(question.prompt, question.options, key)
    else:
        prompt = f"{question.prompt} Pick it in the network, or choose it here."
        _one_of(prompt, question.names, key)


def _one_of(prompt: str, options: tuple[str, ...], key: str) -> None:
    """One of some options; the widget holds its number, from 0, or None if there is none yet."""
    numbers, said = range(len(options)), options.__getitem__
    if len(options) <= _FEW:
        st.radio(prompt, numbers, index=None, format_func=said, key=key)
    else:
        st.selectbox(prompt, numbers, index=None, format_func=said, key=key, placeholder="none yet")


def _check(question: Question, key: str, moment: Moment) -> None:
    given = state.get(key)
    if isinstance(question, Do):
        lesson.look_at(moment.run.recipe)
    elif isinstance(question, Order) and len(given or ()) < len(question.options):
        lesson.object_to("Put all of them in order first.")
    elif given is None:
        number = isinstance(question, Number)
        lesson.object_to(f"{'Type a number' if number else 'Choose one'} first. A guess will do.")
    elif isinstance(question, Pick):
        lesson.answer(question.places[given])
    else:
        lesson.answer(tuple(given) if isinstance(question, Order) else given)


# --- What was answered --------------------------------------------------------------------------


def _verdict(number: int, question: Question, answered: lesson.Answered) -> None:
    """The learner's own answer beside the real one."""
    verdict = answered.verdict
    grade = verdict.grade if verdict else "skipped"
    with st.container(key=f"verdict-{number}-{grade}", gap="xsmall"):
        st.markdown(f"{question.prompt}")
        if verdict is None:
            st.markdown(f"You skipped this. It is **{question.truth}**.")
            return
        said = question.said(answered.value)
        beside = (
            f"Your answer: {said}."
            if grade == RIGHT and (said == question.truth or isinstance(question, Do))
            else f"Your answer: {said}. It is **{question.truth}**."
        )
        st.markdown(f"**{_GRADES[grade]}** {beside}")
        if verdict.said:
            st.markdown(verdict.said)


def _foot() -> None:
    with st.container(horizontal=True, key="lesson_ways"):
        if state.shown_off:
            st.button("Back to the station", on_click=lesson.again, type="tertiary", key="again")
        if lesson.answers():
            st.button("Once more", on_click=lesson.once_more, type="tertiary", key="once_more")
        if state.on_own:
            _own("With the tutorial's table", False)
        elif lesson.can_be_own():
            _own("Try it on your table", True)
    number = state.station
    with st.container(horizontal=True, key="lesson_foot"):
        st.button(
            "Previous station",
            on_click=lesson.go,
            args=(number - 1,),
            disabled=number == 1,
            key="lesson_previous",
        )
        st.button(
            "Next station" if number < len(STATIONS) else "Next mission",
            on_click=lesson.go,
            args=(number + 1,),
            disabled=number == len(lesson.ALL),
            type="secondary" if lesson.question() else "primary",
            key="lesson_next",
        )


def _own(label: str, on: bool) -> None:
    st.button(label, on_click=lesson.use_own, args=(on,), type="tertiary", key="lesson_own")


# --- The focus, and what is read aloud ----------------------------------------------------------


def _aloud() -> None:
    if not player.AVAILABLE:
        return
    token, to = state.turned or ("", "")
    scene = lesson.scene()
    sight = scene.sight if scene is not None else ""
    _mount(key="aloud", data={"token": token, "to": to, "said": plain(_said(to)), "sight": sight})


def _said(to: str) -> str:
    """What a screen reader says of the place in the rail that was turned to."""
    if to == "attempt" and state.attempt:
        return _attempt()
    if to.startswith("verdict") and (answers := lesson.answers()):
        part, answered = lesson.told().parts[len(answers) - 1], answers[-1]
        grade = _GRADES[answered.verdict.grade] if answered.verdict else ""
        return f"{grade} It is {part.question.truth}. {' '.join(part.reveal)}"
    return ""


def plain(markdown: str) -> str:
    """Markdown of ours as text to be read aloud."""
    return re.sub(r"\\(.)|\*\*", r"\1", markdown)
