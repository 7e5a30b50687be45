"""NumPy in the benchmark: the same network with its backward written by hand, and Adam on arrays in place."""

import ctypes
import json
import pathlib
import sys
import time

import numpy as np

rng = np.random.default_rng(42)
prepared = {}


class Network:
    def __init__(self, request):
        sizes = request["sizes"]
        shapes = list(zip(sizes, sizes[1:]))
        self.weights = [rng.standard_normal(s, dtype=np.float32) * np.float32(np.sqrt(2 / s[0])) for s in shapes]
        self.biases = [np.zeros(s[1], np.float32) for s in shapes]
        self.parameters = self.weights + self.biases
        self.m = [np.zeros_like(p) for p in self.parameters]
        self.v = [np.zeros_like(p) for p in self.parameters]
        self.t = 0
        self.x = rng.random((request["examples"], sizes[0]), dtype=np.float32)
        self.y = rng.integers(sizes[-1], size=request["examples"])

    def gradients(self, x, y):
        activations = [x]
        for i, (w, b) in enumerate(zip(self.weights, self.biases)):
            z = activations[-1] @ w
            z += b
            activations.append(z if i == len(self.weights) - 1 else np.maximum(z, 0, out=z))
        p = activations[-1] - activations[-1].max(axis=1, keepdims=True)
        np.exp(p, out=p)
        p /= p.sum(axis=1, keepdims=True)
        rows = np.arange(len(y))
        loss = -np.log(p[rows, y]).mean()
        g = p
        g[rows, y] -= 1
        g /= len(y)
        of_weights, of_biases = [], []
        for i in reversed(range(len(self.weights))):
            of_weights.insert(0, activations[i].T @ g)
            of_biases.insert(0, g.sum(axis=0))
            if i > 0:
                g = g @ self.weights[i].T
                g *= activations[i] > 0
        return loss, of_weights + of_biases

    def adam(self, gradients):
        self.t += 1
        rate, correction = 0.001 / (1 - 0.9**self.t), np.sqrt(1 - 0.999**self.t)
        for p, g, m, v in zip(self.parameters, gradients, self.m, self.v):
            m *= 0.9
            m += 0.1 * g
            v *= 0.999
            v += 0.001 * g * g
            root = np.sqrt(v)
            root /= correction
            root += 1e-8
            p -= rate * m / root


def train(request):
    key = json.dumps({**request, "steps": 0})
    if key not in prepared:
        prepared[key] = Network(request)
    network, batch, steps = prepared[key], request["batch"], request["steps"]
    begin = time.perf_counter()
    step = 0
    while step < steps:
        order = rng.permutation(len(network.x))
        for start in range(0, len(order), batch):
            rows = order[start : start + batch]
            _, gradients = network.gradients(network.x[rows], network.y[rows])
            network.adam(gradients)
            step += 1
            if step == steps:
                break
    return time.perf_counter() - begin


def multiply(request):
    size = request["size"]
    a, b = rng.random((size, size), dtype=np.float32), rng.random((size, size), dtype=np.float32)
    a @ b
    begin = time.perf_counter()
    a @ b
    return time.perf_counter() - begin


def blas_core():
    """For which processor OpenBLAS chose its loops."""
    folder = pathlib.Path(np.__file__).parents[1] / "numpy.libs"
    for library in folder.glob("libscipy_openblas*"):
        name = ctypes.CDLL(str(library)).scipy_openblas_get_corename64_
        name.restype = ctypes.c_char_p
        return f" (OpenBLAS for {name().decode()})"
    return ""


print(json.dumps({"version": np.__version__ + blas_core()}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    seconds = train(request) if request["task"] == "training" else multiply(request)
    print(json.dumps({"seconds": seconds}), flush=True)
