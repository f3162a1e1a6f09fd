"""Where a neuron stands on the sigmoid, and how steep it is there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.dissection.epoch import epoch_of
from nnviz.engine.activations import SATURATED, sigmoid, sigmoid_slope
from nnviz.engine.moment import Moment
from nnviz.engine.training import Run
from nnviz.writing import in_formula, shown

_STEEPEST = 0.25  # the slope at z = 0
_REACH = 8.0  # beyond ±8 the curve can't be told from 0 and 1 by eye
_TANGENT = 2.0  # how far the tangent reaches to either side


@dataclass(frozen=True, eq=False)
class NeuronSlope:
    """One neuron, for one training row, at one epoch.

    neuron, row: their names.
    z, s, slope: the sum it gets, σ(z), and s·(1 − s), from 0 to 1/4.
    curve: (z, s) of the sigmoid, wide enough to hold the point.
    tangent: two points ((z, s), (z, s)) of the line that touches the curve there.
    saturated: whether the slope is below `SATURATED`.
    sentence: what that means for learning.
    why: why s·(1 − s) is the derivative although s is the sigmoid's output already.
    """

    neuron: str
    row: str
    z: float
    s: float
    slope: float
    curve: tuple[np.ndarray, np.ndarray]
    tangent: tuple[tuple[float, float], tuple[float, float]]
    saturated: bool
    sentence: str
    why: str


def neuron_slope(moment: Moment, layer: int, neuron: int, row: int) -> NeuronSlope:
    """A neuron of the layer that W⟨layer⟩ leads to (from 1; the last are the outputs).

    neuron, row: from 0; the row among the training rows.
    Raises ValueError if the epoch was not recorded or there is no such neuron or row.
    """
    _check_place(moment.run, layer, neuron, row)
    e = epoch_of(moment)
    sums, activations = e.sums[layer - 1], e.activations[layer]
    z, s = sums.value[row, neuron].item(), activations.value[row, neuron].item()
    slope = float(sigmoid_slope(s))
    saturated = slope < SATURATED
    return NeuronSlope(
        neuron=sums.columns[neuron],
        row=sums.rows[row],
        z=z,
        s=s,
        slope=slope,
        curve=_curve(z),
        tangent=((z - _TANGENT, s - _TANGENT * slope), (z + _TANGENT, s + _TANGENT * slope)),
        saturated=saturated,
        sentence=_saturation(s, slope) if saturated else _steepness(slope),
        why=_why(z, s, slope),
    )


def _check_place(run: Run, layer: int, neuron: int, row: int) -> None:
    if not 1 <= layer < len(run.sizes):
        raise ValueError(f"Layer {layer} is not between 1 and {len(run.sizes) - 1}.")
    if not 0 <= neuron < run.sizes[layer]:
        raise ValueError(f"Layer {layer} has {run.sizes[layer]} neurons; no number {neuron}.")
    if not 0 <= row < len(run.data.X):
        raise ValueError(f"There are {len(run.data.X)} training rows; no number {row}.")


def _curve(z: float) -> tuple[np.ndarray, np.ndarray]:
    zs = np.linspace(-_REACH, _REACH, 161)
    if np.isfinite(z) and abs(z) > _REACH:
        zs = np.sort(np.append(zs, [z, 1.1 * z]))
    return zs, sigmoid(zs)


def _steepness(slope: float) -> str:
    times = _STEEPEST / slope
    if times < 1.05:
        compared = "about as steep as the sigmoid gets (0.25, at z = 0)."
    else:
        compared = _flatter(times)
    return (
        f"For this row the slope is {shown(slope)}, {compared} A change of the sum by 0.01 changes "
        f"what the neuron passes on by about {shown(slope / 100)}."
    )


def _saturation(s: float, slope: float) -> str:
    end = 1 if s > 0.5 else 0
    compared = (
        _flatter(_STEEPEST / slope)
        if slope
        else "to 16 digits: no miss here moves the weights that lead to this neuron."
    )
    return (
        "For this row the neuron is saturated: it stands where the sigmoid is flat, near "
        f"{end}. The slope is {shown(slope)}, {compared} From this row, learning crawls."
    )


def _flatter(times: float) -> str:
    """How the slope compares with the steepest, and what that does to the weights."""
    written = shown(float(f"{times:.2g}"))
    return (
        f"{written} times flatter than at its steepest, 0.25: a miss here moves the weights that "
        f"lead to this neuron {written} times less."
    )


def _why(z: float, s: float, slope: float) -> str:
    return (
        "The derivative of σ(z) = 1 / (1 + e⁻ᶻ) is e⁻ᶻ / (1 + e⁻ᶻ)². That is 1 / (1 + e⁻ᶻ) times "
        "e⁻ᶻ / (1 + e⁻ᶻ): the first is s, the second is what s lacks to 1. So the slope at z can "
        "be had from the output alone: s·(1 − s) takes s = σ(z), not z, and the sigmoid is not "
        f"applied again. Here z = {shown(z)}, s = {in_formula(s)}, and the slope is "
        f"{in_formula(s)} · (1 − {in_formula(s)}) = {shown(slope)}. The "
        "error is multiplied by it, as the weights change the sum, and this is how much of a "
        "change of the sum gets through."
    )
