"""The network while it is asked about: what is known stands there, and nothing else does."""

import pytest
from runs import exam_run

from nnviz.charts import pose
from nnviz.engine.moment import Moment

MOMENT = Moment(exam_run(), 0, (2.0, 9.0))


@pytest.mark.parametrize("known", [0, 1, 2])
def test_neurons_up_to_a_layer_are_shown_and_the_others_asked(known):
    shown = pose(MOMENT, known)
    values = ["0.67", "1.00", "0.55", "0.35", "0.69", "0.64"]
    count = (2, 5, 6)[known]
    assert shown["neurons"] == values[:count] + ["?"] * (6 - count)
    assert shown["names"] == ["study 2", "sleep 9"]
    assert len([label for label in shown["labels"] if label]) == 9


def test_pointing_does_not_say_what_is_asked():
    captions = pose(MOMENT, 0)["captions"]
    said = " ".join([*captions["neurons"], *captions["synapses"]])
    assert not any(number in said for number in ("0.547", "−0.6237", "0.6364"))
    assert captions["neurons"][:2] == ["study<br>2 ÷ 3 = 0.6667", "sleep<br>9 ÷ 9 = 1"]
    assert captions["neurons"][2:] == ["h1", "h2", "h3", "score"]
    assert captions["synapses"][8] == "h3 → score<br>weight −0.7037"
    assert captions["synapses"][0].endswith("= 0.08382")


def test_it_is_of_the_recipe_the_epoch_and_the_question():
    assert pose(MOMENT, 0)["of"].keys() == {"recipe", "epoch", "question"}
