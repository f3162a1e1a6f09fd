import numpy as np
import pytest
from runs import exam_run

import nnviz.engine.moment
from nnviz.engine.moment import Moment


def test_a_moment_is_the_run_at_its_epoch_for_its_question():
    run = exam_run()
    moment = Moment(run, 7, (1.5, 7.0))
    assert moment.prediction.tolist() == run.predict([[1.5, 7]], 7)[0].tolist()
    assert moment.loss == run.loss[7]
    assert np.array_equal(moment.network.weights[0], run.network(7).weights[0])
    assert np.array_equal(moment.training.activations[-1], run.network(7).forward(run.data.X)[-1])
    table = moment.asked.activations[-1][1:] * run.data.label_scale
    assert np.allclose(table, run.predict(run.data.questions, 7), rtol=1e-15)


def test_each_forward_pass_is_computed_once(monkeypatch):
    passes, forward = [], nnviz.engine.moment.forward
    monkeypatch.setattr(
        nnviz.engine.moment, "forward", lambda *a: (passes.append(1), forward(*a))[1]
    )
    moment = Moment(exam_run(), 7, (4.0, 8.0))
    for _ in range(3):
        assert moment.asked.sums[0].shape == (2, 3)  # the question asked, and the table's
        assert moment.training.sums[0].shape == (3, 3)
        assert moment.prediction.shape == (1,)
    assert len(passes) == 2


def test_an_epoch_that_was_not_recorded_is_refused():
    with pytest.raises(ValueError, match="Epoch 21 is not between 0 and 20"):
        Moment(exam_run(), 21).network  # noqa: B018
