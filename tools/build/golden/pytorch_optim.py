"""Makes tests/golden/pytorch_optim.json: ten steps of every optimizer of PyTorch with every option, in float64.

The gradients are made once, from a small non-quadratic problem, and are part of the file, so that the test checks the
update alone. The second parameter has no gradient in two of the steps, and one entry's gradient is always 0.

Run: python tools/build/golden/pytorch_optim.py   (after pip install -r tools/build/golden/requirements.txt)
"""

import json
from pathlib import Path

import torch

STEPS = 10
torch.set_default_dtype(torch.float64)

# Names of the options here and in PyTorch.
NAMES = {
    "learningRate": "lr",
    "momentum": "momentum",
    "dampening": "dampening",
    "nesterov": "nesterov",
    "weightDecay": "weight_decay",
    "alpha": "alpha",
    "epsilon": "eps",
    "centered": "centered",
    "betas": "betas",
    "amsgrad": "amsgrad",
}
OPTIMIZERS = {"SGD": torch.optim.SGD, "RMSprop": torch.optim.RMSprop, "Adam": torch.optim.Adam, "AdamW": torch.optim.AdamW}

START = [torch.tensor([[0.9, -1.3], [0.25, 2.1]]), torch.tensor([-0.4, 0.0, 1.7])]


def problem(parameters):
    """Neither convex nor quadratic; its last entry has no influence at all."""
    u, v = parameters
    return (u**4 / 4 - u + torch.sin(3 * u)).sum() + (v[0] * u[0, 1] + 30 * torch.cosh(v[0]) + 0.01 * v[1] ** 3 - v[1])


def make_gradients():
    parameters = [p.clone().requires_grad_() for p in START]
    sequence = []
    for step in range(STEPS):
        gradients = torch.autograd.grad(problem(parameters), parameters)
        sequence.append([gradients[0], None if step in (3, 4) else gradients[1]])
        with torch.no_grad():
            for parameter, gradient in zip(parameters, gradients):
                parameter -= 0.03 * gradient
    return sequence


GRADIENTS = make_gradients()


def translate(options):
    return {NAMES[name]: value for name, value in options.items()}


def run(optimizer, options, groups=None, learning_rates=None, clip=None):
    """The parameters after each step. `groups`: options of each parameter; `learning_rates`: one for each step."""
    parameters = [p.clone().requires_grad_() for p in START]
    trainable = parameters
    if groups is not None:
        trainable = [{"params": [p], **translate(g)} for p, g in zip(parameters, groups)]
    made = OPTIMIZERS[optimizer](trainable, foreach=False, **translate(options))
    case = {"optimizer": optimizer, "options": options}
    if groups is not None:
        case["groups"] = groups
    if learning_rates is not None:
        case["learningRates"] = learning_rates
    if clip is not None:
        case["clip"] = clip
        case["norms"] = []
    case["parameters"] = []
    for step in range(STEPS):
        for parameter, gradient in zip(parameters, GRADIENTS[step]):
            parameter.grad = None if gradient is None else gradient.clone()
        if clip is not None and "norm" in clip:
            case["norms"].append(torch.nn.utils.clip_grad_norm_(parameters, clip["norm"]).item())
        if clip is not None and "value" in clip:
            torch.nn.utils.clip_grad_value_(parameters, clip["value"])
        if learning_rates is not None:
            for group in made.param_groups:
                group["lr"] = learning_rates[step]
        made.step()
        case["parameters"].append([p.detach().tolist() for p in parameters])
    return case


FALLING = [0.1 * 0.7**step for step in range(STEPS)]
SGD = {"learningRate": 0.05}
RMS = {"learningRate": 0.02}
ADAM = {"learningRate": 0.1}
cases = [
    run("SGD", {}),
    run("SGD", SGD),
    run("SGD", {**SGD, "weightDecay": 0.3}),
    run("SGD", {**SGD, "momentum": 0.9}),
    run("SGD", {**SGD, "momentum": 0.9, "dampening": 0.4}),
    run("SGD", {**SGD, "momentum": 0.9, "nesterov": True}),
    run("SGD", {**SGD, "momentum": 0.8, "weightDecay": 0.3}),
    run("SGD", {**SGD, "momentum": 0.8, "dampening": 0.5, "weightDecay": 0.1}),
    run("SGD", {**SGD, "momentum": 0.5, "nesterov": True, "weightDecay": 0.2}),
    run("SGD", {**SGD, "momentum": 0.9}, learning_rates=FALLING),
    run("SGD", {**SGD, "momentum": 0.9, "nesterov": True}, learning_rates=FALLING),
    run("SGD", {**SGD, "momentum": 0.9}, groups=[{}, {"learningRate": 0.2, "weightDecay": 0.1, "momentum": 0.0}]),
    run("SGD", SGD, clip={"norm": 5.0}),
    run("SGD", SGD, clip={"value": 1.5}),
    run("RMSprop", {}),
    run("RMSprop", RMS),
    run("RMSprop", {**RMS, "alpha": 0.9}),
    run("RMSprop", {**RMS, "epsilon": 0.1}),
    run("RMSprop", {**RMS, "weightDecay": 0.3}),
    run("RMSprop", {**RMS, "momentum": 0.9}),
    run("RMSprop", {**RMS, "centered": True}),
    run("RMSprop", {**RMS, "alpha": 0.8, "centered": True, "momentum": 0.7, "weightDecay": 0.1, "epsilon": 1e-3}),
    run("RMSprop", {**RMS, "momentum": 0.9}, learning_rates=FALLING),
    run("RMSprop", RMS, groups=[{"alpha": 0.5}, {"learningRate": 0.1, "centered": True}]),
]
for name in ("Adam", "AdamW"):
    cases += [
        run(name, {}),
        run(name, ADAM),
        run(name, {**ADAM, "betas": [0.5, 0.9]}),
        run(name, {**ADAM, "betas": [0.0, 0.99]}),
        run(name, {**ADAM, "epsilon": 0.1}),
        run(name, {**ADAM, "weightDecay": 0.3}),
        run(name, {**ADAM, "amsgrad": True}),
        run(name, {**ADAM, "betas": [0.8, 0.6], "epsilon": 0.01, "weightDecay": 0.2, "amsgrad": True}),
        run(name, {**ADAM, "weightDecay": 0.1}, learning_rates=FALLING),
        run(name, ADAM, groups=[{"betas": [0.5, 0.5]}, {"learningRate": 0.01, "weightDecay": 0.5}]),
    ]

golden = {
    "source": f"PyTorch {torch.__version__}, float64",
    "start": [p.tolist() for p in START],
    "gradients": [[None if g is None else g.tolist() for g in step] for step in GRADIENTS],
}
lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in golden.items()]
lines.append('"cases": [\n' + ",\n".join(json.dumps(case) for case in cases) + "\n]")
path = Path(__file__).parents[3] / "tests" / "golden" / "pytorch_optim.json"
path.write_text("{\n" + ",\n".join(lines) + "\n}\n")
