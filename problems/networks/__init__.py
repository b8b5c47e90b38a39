"""Networks that are trained on examples: an objective whose point is the vector of all weights."""

from problems.networks.activations import ACTIVATIONS
from problems.networks.examples import Examples, Split
from problems.networks.perceptron import Perceptron
from problems.networks.starts import STARTS, start

__all__ = ["ACTIVATIONS", "Examples", "Perceptron", "STARTS", "Split", "start"]
