"""Makes tests/golden/pytorch_init.json: the standard deviations and bounds of PyTorch's initializations.

PyTorch does not tell them, but they can be measured exactly: with the same seed, its numbers are those of a standard
distribution times the scale. Each row is [initialization, fanIn, fanOut, gain or null, scale]: a standard deviation for
normal ones, a bound for uniform ones.
Run: python tools/build/golden/pytorch_init.py   (after pip install -r tools/build/golden/requirements.txt)
"""

import json
from pathlib import Path

import torch
from torch.nn import init

torch.set_default_dtype(torch.float64)


def scale(standard, initialize, fan_in, fan_out):
    weight = torch.empty(fan_out, fan_in)  # PyTorch's order
    torch.manual_seed(0)
    unit = standard(weight.clone())
    torch.manual_seed(0)
    drawn = initialize(weight)
    largest = unit.abs().argmax()
    return (drawn.flatten()[largest] / unit.flatten()[largest]).item()


def normal(weight):
    return weight.normal_()


def uniform(weight):
    return weight.uniform_(-1, 1)


rows = []
for fan_in, fan_out in ((784, 128), (3, 50), (17, 17), (1, 1)):
    for gain in (None, 0.5, 5 / 3):
        xavier = 1 if gain is None else gain
        rows += [
            ["xavierNormal", fan_in, fan_out, gain, scale(normal, lambda w: init.xavier_normal_(w, xavier), fan_in, fan_out)],
            ["xavierUniform", fan_in, fan_out, gain, scale(uniform, lambda w: init.xavier_uniform_(w, xavier), fan_in, fan_out)],
        ]
    # He's functions take no gain but a kind of activation, of which they ask the gain.
    for kind, slope in (("relu", 0), ("leaky_relu", 0.3), ("tanh", 0), ("linear", 0)):
        gain = None if kind == "relu" else init.calculate_gain(kind, slope)
        options = {"a": slope, "nonlinearity": kind}
        rows += [
            ["heNormal", fan_in, fan_out, gain, scale(normal, lambda w: init.kaiming_normal_(w, **options), fan_in, fan_out)],
            ["heUniform", fan_in, fan_out, gain, scale(uniform, lambda w: init.kaiming_uniform_(w, **options), fan_in, fan_out)],
        ]

gains = [
    [name, slope, init.calculate_gain(theirs, slope)]
    for name, theirs, slope in (
        ("identity", "linear", None),
        ("sigmoid", "sigmoid", None),
        ("tanh", "tanh", None),
        ("relu", "relu", None),
        ("leakyRelu", "leaky_relu", None),
        ("leakyRelu", "leaky_relu", 0.3),
    )
]

path = Path(__file__).parents[3] / "tests" / "golden" / "pytorch_init.json"
table = ",\n".join(json.dumps(row) for row in rows)
path.write_text(
    f'{{\n"source": "PyTorch {torch.__version__}, float64",\n"gains": {json.dumps(gains)},\n"scales": [\n{table}\n]\n}}\n'
)
