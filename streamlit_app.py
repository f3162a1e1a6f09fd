"""nnviz, the page: read top to bottom as it appears."""

import streamlit as st

from nnviz.page import (
    address,
    advice,
    ahead,
    ask,
    grid,
    header,
    lesson,
    looks,
    menu,
    outside,
    pictures,
    playback,
    rail,
    settings,
    take_home,
)
from nnviz.page.state import begin, state

st.set_page_config("nnviz · see a neural network learn", layout="wide")
begins = begin()
ahead.ask_for_plotly(begins)
address.follow(begins)
lesson.follow()
looks.looks()
shows = {part: part not in state.hide for part in address.PARTS}

title, menus = st.columns([2, 1], vertical_alignment="center")
with title:
    header.title()
with menus, st.container(horizontal=True, horizontal_alignment="right"):
    rail.button()
    link_place = st.container(width="content")
    with st.popover("Tables"):
        menu.menu()
    home_place = st.container(width="content")
with st.container():  # so that what comes and goes here has nothing below it built anew
    header.notice()
    menu.waiting()
rail_place = st.container()

if shows["table"] or shows["ask"] or shows["settings"]:
    learner, stage = st.columns([1, 2.9], gap="large")
else:
    learner, stage = st.container(), st.container()
with learner, st.container(key="learner"):
    if shows["table"]:
        st.header("Training table", anchor=False)
        data = grid.training_table()
        with st.container(horizontal=True, key="actions"):
            grid.actions()
        st.caption(grid.scaling(data))
    else:
        data = grid.hidden_table()
    if shows["ask"]:
        st.header("Ask", anchor=False)
    question = ask.question(data, shows["ask"])
    answer_place = st.container(gap="xsmall")
    if shows["settings"]:
        st.header("Network", anchor=False)
        advice_place = settings.settings(data)
    else:
        advice_place = st.container()

recipe = settings.recipe(data)
moment = playback.moment_of(recipe, question)

with rail_place:
    rail.rail(moment)
with link_place:
    header.link(recipe)
with home_place:
    take_home.menu(recipe, question)
if shows["ask"]:
    with answer_place:
        ask.answer(moment)
with advice_place:
    playback.fault(recipe)
    if shows["settings"]:
        advice.advice(moment)
with stage, st.container(key="stage"):
    grid.whose()
    middle, right = st.columns([1.5, 1], gap="medium")
    with middle:
        if shows["network"]:
            pictures.network(moment)
    with right:
        if shows["loss"]:
            pictures.loss(moment)
        if shows["prediction"]:
            pictures.prediction(moment)
    with st.container(key="transport", gap=None):
        playback.bar(recipe, question)
        playback.progress(recipe)
    playback.at_rest(recipe, question)
header.menus_by_keyboard()
outside.remember()
