"""How well the page's proposals learn scikit-learn's own tables, beside its own networks.

From the root of the project: python -m tests.bench.tables

Each table is trained as the page proposes it, with three hidden neurons and with eight, from five
seeds for 1,000 epochs. Beside it stand `MLPRegressor` and `MLPClassifier` as they come (Adam, 200
rows a step), with as many sigmoid neurons and epochs, on inputs and labels of mean 0 and
deviation 1. What is compared is R², or the share of rows that are told right, on the training
rows; the goal is to be no more than 0.05 below.
"""

import warnings

import numpy as np
from sklearn import datasets
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.preprocessing import StandardScaler

from nnviz import Recipe

TABLES = ("diabetes", "iris", "wine", "breast_cancer")
HIDDEN, SEEDS, EPOCHS = (3, 8), range(5), 1000
LEAST = -0.05  # beside scikit-learn


def load(name):
    """A table of scikit-learn's, its label last; classes by their names."""
    bunch = getattr(datasets, f"load_{name}")(as_frame=True)
    table = bunch.frame
    if "target_names" in bunch:
        table = table.assign(target=np.array(bunch.target_names, object)[table["target"]])
    return table


def ours(recipe):
    """R² or accuracy of the page's own network on the training rows."""
    run = recipe.train(EPOCHS)
    outputs, data, label = run.network().forward(run.data.X)[-1], run.data, run.data.label()
    if label.classes:
        return (label.shares(outputs).argmax(axis=1) == label.known(data.targets)).mean()
    missed = ((data.targets[:, 0] - label.numbers(outputs)) ** 2).mean()
    return 1 - missed / data.targets.var()


def theirs(data, hidden, seed):
    """The same of scikit-learn's."""
    kind, X = MLPRegressor, StandardScaler().fit_transform(data.inputs)
    y = data.targets[:, 0]
    if data.label().classes:
        kind, y = MLPClassifier, data.label().known(data.targets)
    else:
        y = (y - y.mean()) / y.std()
    network = kind(
        hidden_layer_sizes=(hidden,),
        activation="logistic",
        max_iter=EPOCHS,
        n_iter_no_change=EPOCHS,
        random_state=seed,
    )
    return network.fit(X, y).score(X, y)


def main():
    warnings.simplefilter("ignore", ConvergenceWarning)
    print("| table | rows | hidden | rate | ours, five seeds | scikit-learn's | difference | |")
    print("| --- | ---: | ---: | ---: | --- | --- | ---: | --- |")
    for name in TABLES:
        table = load(name)
        for hidden in HIDDEN:
            recipes = [Recipe(table, hidden=(hidden,), seed=seed) for seed in SEEDS]
            mine = [ours(recipe) for recipe in recipes]
            other = [theirs(recipes[0].data, hidden, seed) for seed in SEEDS]
            difference = np.median(mine) - np.median(other)
            print(
                f"| {name} | {len(table)} | {hidden} | {recipes[0].learning_rate:.3g} "
                f"| {min(mine):.2f} … {max(mine):.2f} | {min(other):.2f} … {max(other):.2f} "
                f"| {difference:+.3f} | {'reached' if difference >= LEAST else 'missed'} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
