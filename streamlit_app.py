"""nnviz, the page: read top to bottom as it appears."""

from pathlib import Path

import streamlit as st

import nnviz.page
from nnviz.page import address, advice, ask, grid, header, pictures, playback, settings
from nnviz.page.state import begin, state

st.set_page_config("nnviz · see a neural network learn", layout="wide")
address.follow(begins=begin())
for look in ("page.css", "large.css") if state.large else ("page.css",):
    st.html(Path(nnviz.page.__file__).parent / look)
shows = {part: part not in state.hide for part in address.PARTS}

title, menus = st.columns([3, 1], vertical_alignment="center")
with title:
    header.title()
with menus, st.container(horizontal=True, horizontal_alignment="right"):
    link_place = st.container(width="content")
    with st.popover("Tables"):
        header.tables_menu()
        file_place = st.container()
header.notice()

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
        settings.settings()
    advice_place = st.container()

recipe = settings.recipe(data)
moment = playback.moment_of(recipe, question)

with link_place:
    header.link(recipe)
with file_place:
    header.recipe_file(recipe)
if shows["ask"]:
    with answer_place:
        ask.answer(moment)
if shows["settings"]:
    with advice_place:
        advice.advice(moment)
with stage, st.container(key="stage"):
    middle, right = st.columns([1.5, 1], gap="medium")
    with middle:
        if shows["network"]:
            pictures.network(moment)
    with right:
        if shows["loss"]:
            pictures.loss(moment)
        if shows["prediction"]:
            pictures.prediction(moment)
    with st.container(key="transport"):
        playback.bar(recipe, question)
    playback.at_rest(recipe, question)
