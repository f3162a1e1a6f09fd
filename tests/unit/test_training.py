import tracemalloc

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nnviz.engine.training
from nnviz import Dataset, Network, Recipe, read_table, train
from nnviz.engine.training import Recording, record
from tests.unit.tutorial import TutorialAtRate, bare_loop, printed_loop

fuzz = settings(max_examples=60, deadline=None, database=None)

EXAM = Dataset(read_table("data/exam_scores.csv"))


def random_dataset(rows, inputs=2, labels=1, seed=0):
    rng = np.random.default_rng(seed)
    values = np.hstack([rng.uniform(0.1, 10, (rows, inputs)), rng.uniform(0, 100, (rows, labels))])
    names = [f"c{j}" for j in range(inputs + labels)]
    return Dataset(pd.DataFrame(values, columns=names), labels=labels, label_scale=100)


def same_weights(ours, theirs, atol=0.0):
    return all(np.allclose(a, b, rtol=0, atol=atol) for a, b in zip(ours, theirs, strict=True))


@st.composite
def trainings(draw):
    """A network of 1 to 3 hidden layers, data to fit it and a learning rate."""
    depth, seed = draw(st.integers(1, 3)), draw(st.integers(0, 2**32 - 1))
    sizes = draw(st.lists(st.integers(1, 6), min_size=depth + 2, max_size=depth + 2))
    rows = draw(st.integers(1, 20))
    data = random_dataset(rows, sizes[0], sizes[-1], seed)
    return Network.random(sizes, seed), data, draw(st.sampled_from([1.0, 3 / rows, 0.01]))


@pytest.mark.parametrize("hidden", range(1, 9))
def test_the_tutorials_table_trains_as_in_the_tutorials_loop(hidden):
    X = np.array([[2, 9], [1, 5], [3, 6]]) / [3, 9]
    y = np.array([[92], [86], [89]]) / 100
    network = Network.random([2, hidden, 1], seed=hidden)
    tutorial = TutorialAtRate(*network.weights, rate=1)
    losses = printed_loop(tutorial, X, y, 1000)

    run = train(network, EXAM, epochs=1000, learning_rate=1.0)
    assert same_weights(run.network().weights, [tutorial.W1, tutorial.W2], atol=1e-12)
    assert np.allclose(run.loss[:-1], losses, rtol=0, atol=1e-12)
    last = np.mean(np.square(y - tutorial.forward(X)))
    assert run.loss[-1] == pytest.approx(last, rel=0, abs=1e-12)


@pytest.mark.long
@pytest.mark.parametrize("rows", [1, 2, 3, 4, 7, 20, 64, 199, 200])
@pytest.mark.parametrize("hidden", range(1, 9))
def test_a_random_table_trains_as_in_the_tutorials_loop(hidden, rows):
    data = random_dataset(rows, seed=100 * hidden + rows)
    network = Network.random([2, hidden, 1], seed=hidden)
    tutorial = TutorialAtRate(*network.weights, rate=3 / rows)
    losses = printed_loop(tutorial, data.X, data.y, 1000)

    run = train(network, data, epochs=1000, learning_rate=3 / rows)
    assert same_weights(run.network().weights, [tutorial.W1, tutorial.W2], atol=1e-12)
    assert np.allclose(run.loss[:-1], losses, rtol=0, atol=1e-12)


@fuzz
@given(trainings())
def test_train_is_network_step_repeated(training):
    network, data, rate = training
    run = train(network, data, epochs=30, learning_rate=rate)
    for epoch in range(31):
        assert same_weights(run.network(epoch).weights, network.weights, atol=1e-12)
        assert run.loss[epoch] == pytest.approx(network.loss(data.X, data.y), rel=0, abs=1e-12)
        network = network.step(data.X, data.y, rate)


def test_a_run_has_the_names_and_shapes_it_promises():
    run = train(Network.random([2, 3, 1], seed=0), EXAM, epochs=40)
    assert run.data is EXAM
    assert run.sizes == (2, 3, 1)
    assert run.learning_rate == 1.0
    assert run.epochs == 40
    assert run.loss.shape == (41,)
    assert run.every == 1
    assert run.kept.shape == (41, 9)
    assert [w.shape for w in run.network(25).weights] == [(2, 3), (3, 1)]
    assert run.predict([[4, 8], [1, 5]]).shape == (2, 1)
    assert run.predict(np.empty((0, 2))).shape == (0, 1)


def test_a_run_of_several_labels_predicts_them_all():
    data = random_dataset(5, inputs=3, labels=2)
    run = train(Network.random([3, 4, 4, 4, 2], seed=0), data, epochs=10)
    assert run.predict([[1, 2, 3]]).shape == (1, 2)


def test_a_thousand_epochs_and_the_default_rate_are_the_tutorials():
    network = Network.random([2, 3, 1], seed=0)
    run, explicit = train(network, EXAM), train(network, EXAM, epochs=1000, learning_rate=1.0)
    assert np.array_equal(run.kept, explicit.kept)


def test_epoch_0_is_before_the_first_update():
    network = Network.random([2, 3, 1], seed=0)
    run = train(network, EXAM, epochs=5)
    assert same_weights(run.network(0).weights, network.weights)
    assert run.loss[0] == pytest.approx(network.loss(EXAM.X, EXAM.y), rel=0, abs=1e-15)


def test_no_epoch_at_all_is_a_run():
    run = train(Network.random([2, 3, 1], seed=0), EXAM, epochs=0)
    assert run.epochs == 0
    assert run.loss.shape == (1,)
    assert np.isfinite(run.predict([[4, 8]])).all()


def test_a_longer_run_begins_as_the_shorter_one():
    network = Network.random([2, 3, 1], seed=0)
    short, long = train(network, EXAM, epochs=50), train(network, EXAM, epochs=80)
    assert np.array_equal(long.kept[:51], short.kept)
    assert np.array_equal(long.loss[:51], short.loss)


def test_a_prediction_is_in_points_and_defaults_to_the_last_epoch():
    run = train(Network.random([2, 3, 1], seed=0), EXAM, epochs=200)
    for epoch in (0, 37, 200):
        o = run.network(epoch).forward(np.array([[4 / 3, 8 / 9]]))[-1]
        assert np.allclose(run.predict([[4, 8]], epoch=epoch), 100 * o, rtol=0, atol=1e-12)
    assert np.array_equal(run.predict([[4, 8]]), run.predict([[4, 8]], epoch=200))
    assert np.array_equal(run.network().weights[0], run.network(200).weights[0])


def test_training_leaves_the_starting_network_and_the_data():
    network, data = Network.random([2, 3, 1], seed=0), random_dataset(4)
    before = [a.copy() for a in (*network.weights, data.X, data.y)]
    train(network, data, epochs=10)
    assert same_weights([*network.weights, data.X, data.y], before)


@fuzz
@given(st.lists(st.integers(0, 3), max_size=6), st.integers(0, 100))
def test_questions_are_never_trained_on_and_always_predicted(places, seed):
    rows = [[2, 9, 92], [1, 5, 86], [3, 6, 89]]
    for place in places:
        rows.insert(place, [40, 0.5, None])
    data = Dataset(pd.DataFrame(rows, columns=["study", "sleep", "score"]))
    network = Network.random([2, 3, 1], seed)
    run, without = train(network, data, epochs=50), train(network, EXAM, epochs=50)

    assert np.array_equal(run.kept, without.kept)
    assert np.array_equal(run.loss, without.loss)
    assert data.questions.shape == (len(places), 2)
    guesses = run.predict(data.questions)
    assert guesses.shape == (len(places), 1)
    assert ((guesses >= 0) & (guesses <= 100)).all()


def test_a_recording_cannot_be_written_to():
    run = train(Network.random([2, 3, 1], seed=0), EXAM, epochs=5)
    for array in (run.loss, run.kept):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_the_data_of_a_recording_cannot_be_written_to():
    data = random_dataset(3)
    for array in (data.X, data.y, data.inputs, data.targets, data.questions, data.input_scale):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_writing_to_a_network_does_not_reach_the_recording():
    run = train(Network.random([2, 3, 1], seed=0), EXAM, epochs=5)
    run.network(3).weights[0][0, 0] = 99
    assert run.network(3).weights[0][0, 0] != 99


@pytest.mark.parametrize(
    ("sizes", "rows", "labels", "epochs", "recording_bytes"),
    [
        ([2, 3, 1], 3, 1, 1000, 10_000),
        ([2, 3, 1], 3, 1, 1000, 72),
        ([2, 3, 1], 3, 1, 1000, 1),
        ([2, 3, 1], 3, 1, 997, 5_000),
        ([2, 8, 1], 200, 1, 5000, 30_000),
        ([3, 4, 5, 2, 2], 7, 2, 300, 9_999),
    ],
)
def test_a_thinned_recording_is_bit_for_bit_the_whole_one(
    sizes, rows, labels, epochs, recording_bytes
):
    data = random_dataset(rows, sizes[0], labels)
    network = Network.random(sizes, seed=1)
    whole = train(network, data, epochs, 3 / rows)
    thinned = train(network, data, epochs, 3 / rows, recording_bytes)

    assert whole.every == 1 < thinned.every
    assert len(thinned.kept) == epochs // thinned.every + 1
    assert np.array_equal(thinned.kept, whole.kept[:: thinned.every])
    assert np.array_equal(thinned.loss, whole.loss)
    some = np.unique(np.linspace(0, epochs, 15).astype(int))
    assert np.array_equal(thinned.weights_at(some), whole.weights_at(some))
    for epoch in some:
        assert np.array_equal(thinned.shape.flat(thinned.network(epoch).weights), whole.kept[epoch])
    question = np.ones((1, sizes[0]))
    assert np.array_equal(thinned.predict(question), whole.predict(question))


@fuzz
@given(st.integers(0, 300), st.integers(72, 30_000))
def test_a_recording_stays_within_its_bound(epochs, recording_bytes):
    run = train(Network.random([2, 3, 1], 0), EXAM, epochs, recording_bytes=recording_bytes)
    assert run.kept.nbytes <= recording_bytes


def test_a_recording_that_spans_several_chunks_is_the_tutorials_loop():
    data, network = random_dataset(200), Network.random([2, 8, 1], seed=3)
    tutorial = TutorialAtRate(*network.weights, rate=3 / 200)
    run = train(network, data, epochs=5000, learning_rate=3 / 200)
    for epoch in range(500, 5001, 500):
        bare_loop(tutorial, data.X, data.y, 500)
        ours = run.network(epoch).weights
        assert same_weights(ours, [tutorial.W1, tutorial.W2], atol=1e-11)


def test_a_long_training_takes_little_more_memory_than_its_recording():
    data, network = random_dataset(200), Network.random([2, 3, 1], seed=0)
    tracemalloc.start()
    run = train(network, data, epochs=10_000, learning_rate=3 / 200)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < run.kept.nbytes + run.loss.nbytes + 3 * 4_000_000


def test_weights_at_gives_a_row_an_epoch():
    run = train(Network.random([2, 3, 1], seed=0), EXAM, epochs=9)
    assert np.array_equal(run.weights_at(np.array([9, 0, 4])), run.kept[[9, 0, 4]])
    assert np.array_equal(run.weights_at(np.array([4]))[0], run.shape.flat(run.network(4).weights))


@pytest.mark.parametrize("sizes", [[3, 3, 1], [2, 3, 2], [1, 1]])
def test_a_network_that_does_not_fit_the_data_is_refused(sizes):
    with pytest.raises(ValueError, match="the data have 2 and 1"):
        train(Network.random(sizes, seed=0), EXAM)


def test_a_negative_number_of_epochs_is_refused():
    with pytest.raises(ValueError, match="0 or more, not -1"):
        train(Network.random([2, 3, 1], seed=0), EXAM, epochs=-1)


@pytest.mark.parametrize("rate", [0, -1, np.nan, np.inf])
def test_a_learning_rate_that_is_no_positive_number_is_refused(rate):
    with pytest.raises(ValueError, match="learning rate must be a number above 0"):
        train(Network.random([2, 3, 1], seed=0), EXAM, learning_rate=rate)


@pytest.mark.parametrize("epochs", [0, 1, 5000])
def test_a_learning_rate_at_which_the_weights_overflow_is_named(epochs):
    with pytest.raises(ValueError, match=r"learning rate of 1.5e\+308 .* Choose a smaller one"):
        train(Network.random([2, 3, 1], seed=0), random_dataset(200), epochs + 1, 1.5e308)


@pytest.mark.parametrize("epoch", [-1, 6, 10**9])
def test_an_epoch_that_was_not_recorded_is_refused(epoch):
    run = train(Network.random([2, 3, 1], seed=0), EXAM, epochs=5)
    with pytest.raises(ValueError, match=f"Epoch {epoch} is not between 0 and 5"):
        run.network(epoch)
    with pytest.raises(ValueError, match=f"Epoch {epoch} is not between 0 and 5"):
        run.predict([[4, 8]], epoch=epoch)


@pytest.mark.parametrize("recording_bytes", [64_000_000, 100])
@pytest.mark.parametrize("epoch", [-1, 6])
def test_weights_at_an_epoch_that_was_not_recorded_are_refused(epoch, recording_bytes):
    run = train(Network.random([2, 3, 1], 0), EXAM, 5, recording_bytes=recording_bytes)
    with pytest.raises(ValueError, match="not between 0 and 5"):
        run.weights_at(np.array([epoch]))


@pytest.mark.parametrize(
    "inputs", [[4, 8], [[4]], [[4, 8, 1]], [], [[4, None]], [[4, np.inf]], [["a", "b"]], [[[4, 8]]]]
)
def test_inputs_that_do_not_fit_are_refused(inputs):
    run = train(Network.random([2, 3, 1], seed=0), EXAM, epochs=5)
    with pytest.raises(ValueError):
        run.predict(inputs)


@pytest.mark.parametrize("rate", [1.0, 1e100, 1e300, 1.5e308])
@pytest.mark.parametrize("question", [[1e15, 1e15], [-1e15, 1e15], [1.7e308, 1.7e308]])
def test_no_question_and_no_learning_rate_makes_a_prediction_nan(rate, question):
    data = Dataset(pd.DataFrame([[0.1, 0.2, 92], [0.2, 0.1, 0]], columns=list("abc")))
    try:
        guess = train(Network.random([2, 3, 1], seed=0), data, 20, rate).predict([question])
    except ValueError as refusal:
        assert "learning rate" in str(refusal) or "input" in str(refusal)
    else:
        assert 0 <= guess[0, 0] <= 100


@pytest.mark.parametrize("recording_bytes", [2**30, 3000])
@pytest.mark.parametrize(("first", "then"), [(0, 1), (1, 7), (37, 100), (64, 200), (100, 100)])
def test_a_longer_recording_goes_on_and_is_bit_for_bit_the_one_trained_at_once(
    recording_bytes, first, then
):
    recipe = Recipe(EXAM, seed=4)
    longer = record(recipe, first, recording_bytes).to(then, recording_bytes)
    whole = record(recipe, then, recording_bytes)
    assert longer.epochs == then
    assert np.array_equal(longer.loss, whole.loss)
    every = np.arange(then + 1)
    assert np.array_equal(longer.weights_at(every), whole.weights_at(every))
    assert longer.kept.nbytes <= recording_bytes + longer.kept[0].nbytes


def test_going_on_trains_only_what_is_new(monkeypatch):
    run, trained = Recipe(EXAM).train(1000), []
    once = nnviz.engine.training._train
    monkeypatch.setattr(
        nnviz.engine.training, "_train", lambda *a: (trained.append(a[-1]), once(*a))[1]
    )
    run.to(1100)
    assert sum(trained) == 101
    run.to(500)
    assert sum(trained) == 101
    assert run.to(1000) is run


def test_a_recording_cut_short_is_the_shorter_one():
    run = record(Recipe(EXAM), 100, recording_bytes=2000)
    for epochs in (0, 1, 50, 99):
        short, own = run.to(epochs), Recipe(EXAM).train(epochs)
        assert np.array_equal(short.loss, own.loss)
        assert np.array_equal(short.network().weights[0], own.network().weights[0])
    with pytest.raises(ValueError, match="must be 0 or more, not -1"):
        run.to(-1)


@pytest.mark.parametrize("hidden", [(), (3,), (5, 4)])
def test_a_table_longer_than_a_block_trains_as_network_step(hidden, monkeypatch):
    monkeypatch.setattr(nnviz.engine.training, "_BLOCK", 20 * 32)
    data = random_dataset(150, inputs=4, labels=2, seed=5)
    network = Network.random([4, *hidden, 2], seed=1)
    run = train(network, data, epochs=40, learning_rate=0.2)
    for epoch in range(41):
        assert same_weights(run.network(epoch).weights, network.weights, atol=1e-12)
        assert run.loss[epoch] == pytest.approx(network.loss(data.X, data.y), rel=0, abs=1e-12)
        network = network.step(data.X, data.y, 0.2)


@fuzz
@given(st.lists(st.integers(0, 120), max_size=6), st.sampled_from([2**30, 3000, 200]))
def test_a_recording_in_pieces_is_bit_for_bit_the_one_made_at_once(stops, recording_bytes):
    recipe, recording = Recipe(EXAM, seed=4), Recording(Recipe(EXAM, seed=4), 120, recording_bytes)
    taken = []
    for until in stops:
        recording.go_on(until)
        assert recording.epochs == max([until, *(run.epochs for run in taken)])
        taken.append(recording.run)
    recording.go_on(500)
    whole = record(recipe, 120, recording_bytes)
    assert recording.epochs == 120  # there is no room for more
    for run in (*taken, recording.run):  # those that were taken before it went on, too
        every = np.arange(run.epochs + 1)
        assert np.array_equal(run.loss, whole.loss[every])
        assert np.array_equal(run.weights_at(every), whole.weights_at(every))


def test_a_recording_in_pieces_trains_nothing_twice(monkeypatch):
    trained, once = [], nnviz.engine.training._train
    monkeypatch.setattr(
        nnviz.engine.training, "_train", lambda *a: (trained.append(a[-1]), once(*a))[1]
    )
    recording = Recording(Recipe(EXAM), 1000)
    for until in range(0, 1001, 10):
        recording.go_on(until)
    assert sum(trained) == 1001


def test_where_the_weights_overflow_the_epochs_before_are_recorded(monkeypatch):
    recipe, last = Recipe(EXAM), 30
    states = recipe.train(60).kept
    largest = np.abs(states).max(axis=1)
    assert (np.diff(largest) > 0).all()
    bound = float(largest[last])
    monkeypatch.setattr(nnviz.engine.table, "MAX_MAGNITUDE", bound)
    for pieces in ([60], range(61), [last - 1, last, 60]):
        recording = Recording(recipe, 60)
        with pytest.raises(ValueError, match="learning rate of 1 .* Choose a smaller one"):
            for until in pieces:
                recording.go_on(until)
        assert recording.epochs == last - 1  # as `record` refuses a run whose next state is none
        assert np.array_equal(recording.run.kept, states[:last])
        with pytest.raises(ValueError, match="Choose a smaller one"):
            recording.go_on(60)
        assert recording.epochs == last - 1
    assert record(recipe, last - 1).epochs == last - 1
    with pytest.raises(ValueError, match="Choose a smaller one"):
        record(recipe, last)
