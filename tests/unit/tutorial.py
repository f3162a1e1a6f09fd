"""The tutorial's own loop, written out: what the engine is held against and raced against.

It shares no line with nnviz. The names, the camel case among them, are the tutorial's.
"""

import numpy as np


class Tutorial:
    """A network with one hidden layer, as the tutorial trains it: no bias, no learning rate."""

    def __init__(self, W1, W2):
        self.W1 = np.array(W1, dtype=float)
        self.W2 = np.array(W2, dtype=float)

    def forward(self, X):
        self.z = np.dot(X, self.W1)
        self.z2 = self.sigmoid(self.z)
        self.z3 = np.dot(self.z2, self.W2)
        return self.sigmoid(self.z3)

    def sigmoid(self, s):
        return 1 / (1 + np.exp(-s))

    def sigmoidPrime(self, s):
        return s * (1 - s)

    def backward(self, X, y, o):
        self.o_error = y - o
        self.o_delta = self.o_error * self.sigmoidPrime(o)
        self.z2_error = self.o_delta.dot(self.W2.T)
        self.z2_delta = self.z2_error * self.sigmoidPrime(self.z2)
        self.W1 += X.T.dot(self.z2_delta)
        self.W2 += self.z2.T.dot(self.o_delta)

    def train(self, X, y):
        o = self.forward(X)
        self.backward(X, y, o)


class TutorialAtRate(Tutorial):
    """The same loop, its two updates multiplied by a learning rate.

    A class of its own, so that the loop the engine is raced against does no more than
    the tutorial's.
    """

    def __init__(self, W1, W2, rate):
        super().__init__(W1, W2)
        self.rate = rate

    def backward(self, X, y, o):
        self.o_error = y - o
        self.o_delta = self.o_error * self.sigmoidPrime(o)
        self.z2_error = self.o_delta.dot(self.W2.T)
        self.z2_delta = self.z2_error * self.sigmoidPrime(self.z2)
        self.W1 += self.rate * X.T.dot(self.z2_delta)
        self.W2 += self.rate * self.z2.T.dot(self.o_delta)


def bare_loop(tutorial, X, y, epochs):
    """Train, and keep nothing but the last weights."""
    for _ in range(epochs):
        tutorial.train(X, y)


def printed_loop(tutorial, X, y, epochs):
    """The loop as the tutorial prints it, a loss before every epoch, which it returns."""
    losses = []
    for _ in range(epochs):
        losses.append(np.mean(np.square(y - tutorial.forward(X))))
        tutorial.train(X, y)
    return losses


TUTORIAL = (  # what one epoch of it computes, in its order
    ["X", "z", "z2", "z3", "o", "loss", "o_error", "o_delta", "z2_error", "z2_delta"]
    + ["dW1", "dW2", "W1", "W2", "loss_after"]
)


def tutorial_epoch(X, y, W1, W2):
    """One epoch of it, every variable kept; the weights are those after it."""

    def s(z):
        return 1 / (1 + np.exp(-z))

    z = np.dot(X, W1)
    z2 = s(z)
    z3 = np.dot(z2, W2)
    o = s(z3)
    loss = np.mean(np.square(y - o))
    o_error = y - o
    o_delta = o_error * (o * (1 - o))
    z2_error = o_delta.dot(W2.T)
    z2_delta = z2_error * (z2 * (1 - z2))
    dW1, dW2 = X.T.dot(z2_delta), z2.T.dot(o_delta)
    W1, W2 = W1 + dW1, W2 + dW2
    loss_after = np.mean(np.square(y - s(np.dot(s(np.dot(X, W1)), W2))))
    return {name: value for name, value in locals().items() if name in TUTORIAL}
