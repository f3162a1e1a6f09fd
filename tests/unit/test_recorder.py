"""Recording in the background, by a clock and a thread that the test itself turns."""

import threading

import numpy as np
import pandas as pd
import pytest

import nnviz.engine.training
import nnviz.page.recorder
from nnviz import Recipe
from nnviz.page.recorder import LEASE, PIECE, Recorder, SharedRecording

EXAM = pd.DataFrame({"study": [2.0, 1, 3], "sleep": [9.0, 5, 6], "score": [92.0, 86, 89]})


class Clock:
    """Each epoch that is trained takes a hundredth of a second."""

    def __init__(self, monkeypatch, epoch=0.01):
        self.now, self.epoch = 0.0, epoch
        monkeypatch.setattr(nnviz.page.recorder, "cost", lambda recipe: 1e6 * epoch)
        once = nnviz.engine.training._train
        monkeypatch.setattr(
            nnviz.engine.training, "_train", lambda *a: (self.train(a[-1]), once(*a))[1]
        )

    def __call__(self):
        return self.now

    def train(self, epochs):
        self.now += epochs * self.epoch


class Bench:
    """A recorder whose thread is started by hand: `work` is what it would do."""

    def __init__(self, monkeypatch):
        self.clock, self.started = Clock(monkeypatch), []
        self.recorder = Recorder(self.clock, self.started.append)
        self.pieces = []  # whose they were, in order
        self.between = lambda number: None
        make = SharedRecording.make_piece

        def make_piece(recording, goal):
            self.between(len(self.pieces))
            self.pieces.append(recording)
            make(recording, goal)

        monkeypatch.setattr(SharedRecording, "make_piece", make_piece)

    def recording(self, seed=0):
        return SharedRecording(Recipe(EXAM, seed=seed), self.clock)

    def work(self):
        (work,) = self.started
        self.started.clear()
        work()


@pytest.fixture
def bench(monkeypatch):
    return Bench(monkeypatch)


def keep_asking(bench, *asks):
    """Renew each (who, recording, goal) before every piece."""

    def ask(number):
        for who, recording, goal in asks:
            bench.recorder.ask(who, recording, goal)

    ask(0)
    bench.between = ask


def assert_is(recording, epochs):
    assert recording.epochs == epochs
    run, whole = recording.run(epochs), recording.recipe.train(epochs)
    assert np.array_equal(run.loss, whole.loss)
    every = np.arange(epochs + 1)
    assert np.array_equal(run.weights_at(every), whole.weights_at(every))


def test_a_recording_is_made_in_pieces_of_about_the_same_time(bench):
    recording, lengths = bench.recording(), []
    keep_asking(bench, ("anna", recording, 1000))
    ask = bench.between
    bench.between = lambda number: (ask(number), lengths.append(recording.epochs))
    bench.work()
    assert_is(recording, 1000)
    first, *steps, last = np.diff([*lengths, 1000]) * bench.clock.epoch
    assert first < PIECE / 2  # as it is only reckoned how long it takes
    assert steps == pytest.approx([PIECE] * len(steps), rel=0.25)
    assert not bench.recorder.is_making(recording)


def test_all_have_their_turns(bench):
    one, other, third = (bench.recording(seed) for seed in range(3))
    keep_asking(bench, ("anna", one, 90_000), ("ben", other, 90_000), ("cem", third, 90_000))
    ask = bench.between

    def between(number):
        ask(number)
        if number == 9:
            for who in ("anna", "ben", "cem"):
                bench.recorder.ask(who, one, 0)  # nobody wants any more
            bench.between = lambda number: None

    bench.between = between
    bench.work()
    turns = bench.pieces[:9]
    assert turns[:3] == turns[3:6] == turns[6:9]
    assert set(turns[:3]) == {one, other, third}


def test_one_recording_is_made_once_for_all_who_want_it(bench):
    recording = bench.recording()
    keep_asking(bench, ("anna", recording, 300), ("ben", recording, 700))
    bench.work()
    assert_is(recording, 700)
    assert set(bench.pieces) == {recording}


def test_when_one_stops_it_goes_on_for_the_other(bench):
    recording = bench.recording()
    bench.recorder.ask("anna", recording, 700)

    def between(number):
        bench.recorder.ask("ben", recording, 700)
        if number == 2:
            bench.recorder.ask("anna", recording, recording.epochs)  # which is to stop

    bench.between = between
    bench.work()
    assert_is(recording, 700)


def test_when_the_last_one_stops_it_ends_with_the_piece_that_is_under_way(bench):
    recording = bench.recording()
    bench.recorder.ask("anna", recording, 90_000)
    bench.between = lambda number: number == 3 and bench.recorder.ask("anna", recording, 0)
    bench.work()
    assert len(bench.pieces) == 4
    assert not bench.recorder.is_making(recording)
    assert_is(recording, recording.epochs)


def test_who_leaves_without_a_word_is_forgotten_when_the_lease_runs_out(bench):
    recording = bench.recording()
    bench.recorder.ask("anna", recording, 10**6)
    begun = bench.clock.now
    bench.work()
    assert LEASE <= bench.clock.now - begun < LEASE + 60 * PIECE
    assert recording.epochs < 10**6
    assert not bench.recorder.is_making(recording)
    bench.recorder.ask("anna", recording, recording.epochs + 5)  # she is back
    bench.work()
    assert_is(recording, recording.epochs)


def test_another_recipe_takes_the_place_of_the_one_before_even_in_the_middle_of_a_piece(bench):
    before, now = bench.recording(0), bench.recording(1)
    bench.recorder.ask("anna", before, 90_000)
    bench.between = lambda number: bench.recorder.ask("anna", now, 500)
    bench.work()
    assert bench.pieces[0] is before
    assert set(bench.pieces[1:]) == {now}
    assert_is(now, 500)


def test_what_takes_but_a_moment_waits_for_nobody(bench):
    with nnviz.page.recorder._in_turn:  # somebody has long to wait
        recording = bench.recording()
        recording.make(5)  # or this would stand still
        assert_is(recording, 5)


def test_what_grows_otherwise_has_its_turns_too(bench):
    class Other:
        fault, pieces = "", 3

        def lacks(self, epochs):
            return self.pieces > 0

        def make_piece(self, goal):
            bench.pieces.append(self)
            self.pieces -= 1

    other, recording = Other(), bench.recording()
    keep_asking(bench, ("anna", recording, 90), ("anna's other", other, 1))
    bench.work()
    assert bench.pieces[:4] == [recording, other, recording, other]
    assert other.pieces == 0
    assert_is(recording, 90)


def test_the_thread_ends_with_the_work_and_another_is_started_for_more(bench):
    recording = bench.recording()
    bench.recorder.ask("anna", recording, 20)
    bench.recorder.ask("ben", recording, 30)
    assert len(bench.started) == 1
    bench.work()
    assert bench.started == []
    bench.recorder.ask("anna", recording, 30)  # there are as many
    assert bench.started == []
    bench.recorder.ask("anna", recording, 31)
    bench.work()
    assert_is(recording, 31)


def test_a_longer_goal_goes_on_from_what_there_is(bench, monkeypatch):
    recording = bench.recording()
    bench.recorder.ask("anna", recording, 40)
    bench.work()
    shown = recording.run(40)
    bench.recorder.ask("anna", recording, 80)
    bench.work()
    assert_is(recording, 80)
    assert np.array_equal(shown.loss, recording.run(40).loss)


def test_where_the_weights_overflow_the_recording_ends_and_says_why(bench, monkeypatch):
    recording, other = bench.recording(0), bench.recording(1)
    states, last = recording.recipe.train(100).kept, 70
    largest = np.abs(states).max(axis=1)
    assert (np.diff(largest) > 0).all()
    bound = largest[last]
    monkeypatch.setattr(
        nnviz.engine.training, "are_within", lambda state: bool(np.abs(state).max() <= bound)
    )
    keep_asking(bench, ("anna", recording, 100), ("ben", other, 100))
    bench.work()
    assert "Choose a smaller one" in recording.fault
    assert recording.epochs == last - 1
    assert np.array_equal(recording.run(100).kept, states[:last])
    assert not recording.lacks(100)
    assert not bench.recorder.is_making(recording)
    assert other.epochs == 100  # whoever else wants something gets it
    assert not other.fault


def test_whatever_goes_wrong_with_one_the_others_go_on(bench, monkeypatch, caplog):
    broken, fine = bench.recording(0), bench.recording(1)

    def fail(*args):
        raise MemoryError("no room")

    monkeypatch.setattr(broken, "_go_on", fail)
    keep_asking(bench, ("anna", broken, 100), ("ben", fine, 100))
    bench.work()
    assert_is(fine, 100)
    assert "went wrong" in broken.fault
    assert "no room" in caplog.text


def test_the_time_that_is_left_counts_the_others_turns(bench):
    one, other = bench.recording(0), bench.recording(1)
    bench.recorder.ask("anna", one, 50)
    bench.work()
    bench.recorder.ask("anna", one, 150)
    alone = 100 * bench.clock.epoch
    assert bench.recorder.seconds_to(one, 150) == pytest.approx(alone, rel=0.1)
    bench.recorder.ask("ben", other, 150)
    both = 2 * 100 * bench.clock.epoch
    assert bench.recorder.seconds_to(one, 150) == pytest.approx(both, rel=0.1)


@pytest.mark.long
def test_many_threads_ask_and_look_while_it_is_made():
    recorder, recording = Recorder(), SharedRecording(Recipe(EXAM))
    whole, wrong, done = recording.recipe.train(30_000), [], threading.Event()

    def look(who):
        while not done.is_set():
            recorder.ask(who, recording, 30_000)
            run = recording.run(30_000)
            if not np.array_equal(run.loss, whole.loss[: run.epochs + 1]):
                wrong.append(run.epochs)
            if run.epochs == 30_000:
                return

    threads = [threading.Thread(target=look, args=(f"{k}",)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    done.set()
    assert not wrong
    assert_is(recording, 30_000)
