"""The answer as a range: what it says of other random starts is what they answer."""

import numpy as np
import pytest
from runs import EXAM, QUESTION, forward

import nnviz
from nnviz.engine.many import train_many
from nnviz.engine.moment import Moment
from nnviz.trust.spread import band, middle_width, spread

DATA = nnviz.Dataset(EXAM)


def moment(epoch=1000, seed=0, epochs=1000, question=QUESTION):
    return Moment(nnviz.Recipe(DATA, seed=seed).train(epochs), epoch, question)


def many(starts=50, epochs=1000):
    return train_many([2, 3, 1], DATA, range(starts), epochs)


def by_hand(starts, epoch, question=QUESTION):
    """What networks trained one by one answer, without a line of the batched training."""
    answers = []
    for seed in range(starts):
        weights = nnviz.Recipe(DATA, seed=seed).train(epoch).network().weights
        answers.append(100 * forward(weights, np.array([question]) / [3, 9])[-1][0, 0])
    return answers


@pytest.mark.parametrize("epoch", [0, 1, 1000])
def test_the_range_holds_the_middle_nine_tenths(epoch):
    found = spread(moment(epoch), many())
    answers = by_hand(50, epoch)
    assert np.allclose(found.answers, answers, rtol=0, atol=1e-9)
    low, high = np.percentile(answers, [5, 95])
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))
    assert found.answer == pytest.approx(answers[0])
    below, above = sum(a < found.low for a in answers), sum(a > found.high for a in answers)
    assert (below, above) == (3, 3)


@pytest.mark.long
def test_the_range_in_words():
    found = spread(moment(), many(200))
    assert found.sentence == "90.9; from 200 random starts the middle 90 % say 89.5 to 92.2"
    assert found.range == "200 random starts: the middle 90 % say 89.5 to 92.2"
    low, high = np.percentile(by_hand(200, 1000), [5, 95])
    assert (f"{low:.1f}", f"{high:.1f}") == ("89.5", "92.2")
    less = sum(answer < by_hand(1, 1000)[0] for answer in by_hand(200, 1000))
    assert f"above {less} of the 200." in found.meaning


@pytest.mark.long
@pytest.mark.parametrize(("which", "where"), [(np.argmin, "below"), (np.argmax, "above")])
def test_an_unusual_run_is_called_so(which, where):
    seed = int(which(by_hand(50, 1000)))
    assert f"lies {where} that range" in spread(moment(seed=seed), many()).meaning


def test_where_the_start_makes_no_difference_that_is_said():
    found = spread(moment(epoch=0, epochs=0), train_many([2, 3, 1], DATA, [0, 0, 0], 0))
    assert found.low == found.high
    assert found.range.endswith("say 63.05") or found.range.split()[-1] == found.write(found.low)
    assert "makes no difference" in found.meaning


@pytest.mark.long
@pytest.mark.parametrize("epochs", [0, 1, 7, 1000])
def test_the_band_is_the_range_at_each_of_its_epochs(epochs):
    here, others = moment(epochs, epochs=epochs), many(20, epochs)
    over = band(here, others)
    assert over.epochs[0] == 0 and over.epochs[-1] == epochs
    assert (np.diff(over.epochs) > 0).all()
    for k, epoch in enumerate(over.epochs.tolist()):
        at = spread(moment(epoch, epochs=epochs), others)
        assert [over.low[k], over.middle[k], over.high[k]] == pytest.approx(
            [at.low, at.middle, at.high]
        )


def test_the_width_of_the_middle():
    answers = np.arange(101.0)[:, None] * [1, 2]
    assert middle_width(answers).tolist() == pytest.approx([90, 180])
