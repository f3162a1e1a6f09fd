"""Fragments and the page: what is drawn anew by whom, however close two clicks are."""

import json

import pytest
from playwright.sync_api import expect
from screen import (
    button,
    epoch_of,
    go_to,
    open_app,
    record,
    shown,
    type_epoch,
    wait_for_server,
    wait_until_drawn,
)
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

# A step, and a press of a button outside the fragments in the moment in which that is told.
STEP_AND_PRESS = """() => {
  const press = (name) =>
    [...document.querySelectorAll("button")]
      .find((one) => [one.ariaLabel, one.innerText].includes(name)).click();
  const heard = new AbortController();
  const hook = () => {
    const { tell } = window.nnvizPlayhead;
    window.nnvizPlayhead.tell = (...what) => {
      tell(...what);
      if (heard.signal.aborted) return;
      heard.abort();
      press("New random weights");
    };
  };
  hook();
  window.addEventListener("nnviz-playhead", hook, { signal: heard.signal });  // it may come anew
  press("Step forward");
}"""


def test_a_click_in_the_moment_of_a_step_is_drawn_too(page):
    """Streamlit sends both as one message, by which only the fragment of the one runs."""
    field = page.get_by_role("spinbutton", name="Seed")
    for epoch in (1, 2, 3):
        before = field.input_value()
        page.evaluate(STEP_AND_PRESS)
        expect(field).not_to_have_value(before)
        wait_for_server(page, record(seed=int(field.input_value())), epoch)


@pytest.mark.parametrize("first", ["again", "find"])
def test_what_is_asked_in_the_same_moment_by_two_is_answered_to_both(page, first):
    """As above, of two fragments."""
    find = "window.nnvizPlayhead.find({ below: 1e-9, after: 0, token: 'mine' })"  # there is none
    again = "window.nnvizBeside.again()"
    page.evaluate("; ".join([again, find] if first == "again" else [find, again]))
    page.wait_for_function("window.nnvizPlayhead.found?.token === 'mine'")


def test_what_is_of_an_epoch_runs_without_the_page(page, server):
    finished = []

    def received(frame):
        message = ForwardMsg()
        message.ParseFromString(frame)
        if message.WhichOneof("type") == "script_finished":
            finished.append(message.script_finished)

    page.on("websocket", lambda socket: socket.on("framereceived", received))
    open_app(page, server.url)
    wait_for_server(page, record(), 0)
    finished.clear()
    button(page, "Step forward").click()
    wait_for_server(page, record(), 1)
    type_epoch(page, 300)
    wait_for_server(page, record(), 300)
    button(page, "Next").click()
    expect(page.get_by_role("radio", name="hidden sums")).to_be_checked()
    for view in ("One weight", "σ and its slope", "Walk"):
        page.get_by_role("radiogroup", name="View").get_by_text(view, exact=True).click()
        expect(page.get_by_role("radio", name=view, exact=True)).to_be_checked()
    page.get_by_role("tab", name="What it has learned").click()
    expect(page.get_by_role("radio", name="The map")).to_be_visible()
    button(page, "Step forward").click()
    wait_for_server(page, record(), 301)
    assert epoch_of(page) == 301
    assert ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY in finished
    assert ForwardMsg.FINISHED_SUCCESSFULLY not in finished


@pytest.mark.parametrize("query", ["", "?epoch=37&view=slope", "?tab=learned", "?lesson=2"])
def test_a_page_that_opens_is_drawn_once(page, server, query):
    """Another answer of the server would come when a person uses what the first has drawn: it
    tells the browser the values of the controls, and the last that was chosen is undone. The range
    beside the answer may follow, as it has no controls."""
    asked = []

    def hear(message):
        if b"beside__events" not in message:
            asked.append(message)

    page.on("websocket", lambda socket: socket.on("framesent", hear))
    open_app(page, f"{server.url}/{query}")
    page.wait_for_timeout(2000)
    assert len(asked) == 1


def test_an_answer_drawn_as_of_another_epoch_is_that_of_the_one_shown(page):
    go_to(page, 300)
    answer = shown(page, "prediction")
    drawn = json.loads(answer.get_attribute("data-of"))
    assert drawn["epoch"] == 0  # the answer is not drawn for an epoch
    right = answer.inner_text()
    answer.evaluate("(one) => (one.outerHTML = one.outerHTML.replace(/>.*</, '>late<'))")
    expect(answer).to_have_text(right)


def test_an_answer_drawn_after_what_stands_beside_it_has_that_too(page):
    beside = shown(page, "range")
    expect(beside).to_contain_text("200 random starts")
    said = beside.inner_text()
    shown(page, "prediction").evaluate(
        """(one) => {
             const place = one.closest("[data-testid=stHtml]");
             place.querySelector("[data-testid=range]").textContent = "";
             place.innerHTML = String(place.innerHTML);
           }"""
    )
    expect(beside).to_have_text(said)


class Line:
    """What server and browser send each other; what the server sends can be held back.

    since: the message from which on all are held; by default the first.
    """

    def __init__(self, page, since=lambda message: True):
        self.held, self.since = None, since
        page.route_web_socket("**/_stcore/stream", self.connect)

    def connect(self, browser):
        self.browser, server = browser, browser.connect_to_server()
        browser.on_message(server.send)
        server.on_message(self.bring)

    def bring(self, message):
        if self.held is None or not (self.held or self.since(message)):
            self.browser.send(message)
        else:
            self.held.append(message)

    def hold(self):
        self.held = []

    def release(self):
        held, self.held = self.held, None
        for message in held:
            self.browser.send(message)


def test_what_a_browser_tells_of_a_list_that_is_gone_leads_nowhere(visit, server):
    page = visit(new=True)
    line = Line(page)
    page.goto(f"{server.url}/?lesson=2")
    wait_until_drawn(page)
    rail = page.locator(".st-key-lesson")
    expect(rail).to_be_visible()
    line.hold()
    rail.get_by_role("button", name="Leave").click()
    page.wait_for_timeout(1000)  # the server has left the lesson, which the browser doesn't know
    button(page, "Step forward").click()
    page.wait_for_timeout(1000)
    line.release()
    expect(rail).to_have_count(0)
    page.wait_for_timeout(1000)
    expect(rail).to_have_count(0)


def is_film(message):
    sent = ForwardMsg.FromString(message)
    return sent.delta.new_element.bidi_component.component_name == "nnviz.player"


def test_what_waits_for_its_film_is_seen_to_be_late(visit, server):
    page = visit(new=True)
    line = Line(page, is_film)
    open_app(page, server.url)
    network, before = page.locator(".st-key-network"), shown(page, "loss").inner_text()
    line.hold()
    button(page, "New random weights").click()
    expect(network).to_have_css("opacity", "0.35")
    expect(shown(page, "loss")).to_have_text(before)
    line.release()
    expect(network).to_have_css("opacity", "1")
    field = page.get_by_role("spinbutton", name="Seed")
    wait_for_server(page, record(seed=int(field.input_value())), 0)
