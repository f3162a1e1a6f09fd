"""Looking for an epoch by its loss."""

import numpy as np
import pytest
from page import record

from nnviz.page.playback import loss_below


@pytest.mark.parametrize("below", [0.05, 0.001, 0.0005, 0.0003])
@pytest.mark.parametrize("after", [0, 10, 26, 500])
def test_the_next_epoch_below_a_loss_is_the_first_of_those_after_this_one(below, after):
    loss = record().loss
    found = [k for k in range(after + 1, len(loss)) if loss[k] < below]
    assert loss_below(record(), below, after)[0] == found[0]


def test_the_tutorials_run_passes_a_thousandth_at_epoch_26():
    assert loss_below(record(), 0.001, 0) == (
        26,
        "Epoch 26 is the first with a loss below 0.001: 0.000954.",
    )
    epoch, said = loss_below(record(), 0.001, 500)
    assert epoch == 501
    assert said.endswith("The first was epoch 26.")


def test_where_there_is_none_the_least_loss_is_said_and_where():
    run = record()
    epoch, said = loss_below(run, 1e-9, 0)
    least = int(np.argmin(run.loss))
    assert epoch is None
    assert said == (
        "Of the 1,000 recorded epochs, none after epoch 0 has a loss below 1e−09. "
        f"The least is {run.loss[least]:#.3g}, at epoch {least:,}."
    )


def test_where_only_earlier_ones_are_the_first_of_them_is_said():
    run = record()
    epoch, said = loss_below(run, 0.001, 1000)
    assert epoch is None
    assert said.endswith("The first below it was epoch 26.")


def test_a_loss_is_said_with_digits_that_show_it_below_the_limit():
    run = record()
    limit = float(run.loss[37]) * (1 + 1e-9)
    _, said = loss_below(run, limit, 0)
    stated = said.partition(f"below {limit:.15g}: ")[2].rstrip(".")
    assert float(stated) < limit
