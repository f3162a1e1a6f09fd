"""The same training in PyTorch, which finds the gradients by itself."""

from __future__ import annotations

from collections.abc import Sequence

from nnviz.engine.moment import Moment, moment_at
from nnviz.engine.training import Run
from nnviz.export.program import (
    Names,
    Part,
    check,
    indented,
    last_lines,
    number,
    reports_every,
    result_words,
    scaling_part,
    start_part,
    table_part,
    unscaled,
)
from nnviz.export.script import written

_HEAD = (
    "# A neural network in PyTorch, with double precision. The last two lines it prints are\n"
    "# nnviz's numbers. The way back, which the NumPy script goes by hand, is .backward() here.\n"
)
_IMPORTS = "import numpy as np\nimport torch\nfrom torch import nn"


def to_torch(
    run: Run,
    epoch: int | None = None,
    question: Sequence[float] | None = None,
    name: str = "",
) -> str:
    """A run as a PyTorch program: module, optimiser and loop, from the same starting weights.

    Its loss and prediction agree with the run's to 1e-6. Arguments, what is raised and the last
    two lines of output are those of `to_script`.
    """
    moment = moment_at(run, epoch, question)
    check(moment.run)
    parts = [table_part(moment), scaling_part(moment), start_part(moment)]
    parts += [_module_part(moment), _training_part(moment), _result_part(moment)]
    return written(moment, _HEAD, _IMPORTS, parts, name)


def _module_part(moment: Moment) -> Part:
    names, layers = Names(moment), list(enumerate(moment.run.shape.layers, start=1))
    made = [
        f"self.W{k} = nn.Linear({n_in}, {n_out}, bias=False, dtype=torch.float64)"
        for k, (n_in, n_out) in layers
    ]
    forward = [
        f"{names.value(k)} = torch.sigmoid(self.W{k}({names.value(k - 1)}))" for k, _ in layers
    ]
    copied = [f"network.W{k}.weight.copy_(torch.from_numpy(W{k}.T))" for k, _ in layers]
    methods = ["def __init__(self):", *_inner(["super().__init__()", *made]), ""]
    methods += ["def forward(self, X):", *_inner([*forward, "return o"])]
    return Part(
        "The network",
        "nn.Linear keeps its weights the other way round, from output to input: hence W1.T.",
        f"class Network(nn.Module):\n{indented(methods)}\n\n\n"
        "network = Network()\n"
        f"with torch.no_grad():\n{indented(copied)}",
    )


def _training_part(moment: Moment) -> Part:
    rate = number(moment.run.learning_rate)
    return Part(
        "Training",
        "The step follows the gradient of half the sum of the squared errors, as nnviz's does; "
        "that of their mean would be shorter.",
        "X, y, question = (torch.from_numpy(array) for array in (X, y, question))\n"
        f"optimiser = torch.optim.SGD(network.parameters(), lr={rate})\n"
        f"epochs = {moment.epoch}\n"
        "for epoch in range(epochs):\n"
        "    errors = y - network(X)\n"
        "    optimiser.zero_grad()\n"
        "    (errors.square().sum() / 2).backward()\n"
        "    optimiser.step()\n"
        f"    if epoch % {reports_every(moment)} == 0:\n"
        '        print(f"epoch {epoch}: loss {errors.square().mean().item():.3g}")',
    )


def _result_part(moment: Moment) -> Part:
    return Part(
        "The result",
        result_words(moment),
        "with torch.no_grad():\n"
        "    loss = (y - network(X)).square().mean().item()\n"
        f"    prediction = network(question).numpy(){unscaled(moment)}\n" + last_lines(moment),
    )


def _inner(lines: list[str]) -> list[str]:
    return [f"    {line}" for line in lines]
