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
