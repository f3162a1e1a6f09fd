"""What is said of a run at the head of every file."""

from __future__ import annotations

from nnviz.engine.moment import Moment
from nnviz.engine.training import Run
from nnviz.writing import asked_text, shown
from nnviz.writing import listed as shortest


def title_of(run: Run, name: str = "") -> str:
    """What is learned from what, and from which table."""
    data = run.data
    columns = [coding.name for coding in data.input_side.codings]
    what = f"{listed(data.label_names)} from {listed(columns)}"
    return f"{name}: {what}" if name else f"Learning {what}"


def settings_of(run: Run) -> str:
    """All that the run depends on but the table, in a line."""
    recipe = run.recipe
    start = f"seed {recipe.seed}" if recipe.weights is None else "given starting weights"
    return (
        f"{'-'.join(map(str, run.sizes))} network · {start} · {recipe.update} · "
        f"learning rate {shown(recipe.learning_rate)}"
    )


def asked_of(moment: Moment) -> str:
    """The question in words: study 4, sleep 8."""
    side = moment.data.input_side
    pairs = zip(side.codings, side.decode(moment.question))
    said = [f"{coding.name} {_cell_text(cell)}" for coding, cell in pairs]
    return ", ".join(shortest(said))


def _cell_text(cell: float | str) -> str:
    return cell if isinstance(cell, str) else asked_text(cell)


def listed(names: list[str], most: int = 4) -> str:
    """Names in a sentence: study and sleep; of many, only how many there are."""
    if len(names) > most:
        return f"{len(names)} columns"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def one_line(text: str) -> str:
    """A text without line breaks or anything unseen, as it may stand in a comment."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
