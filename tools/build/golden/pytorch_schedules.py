"""Makes tests/golden/pytorch_schedules.json: full curves of PyTorch's learning-rate schedulers.

Run: python tools/build/golden/pytorch_schedules.py   (after pip install -r tools/build/golden/requirements.txt)
"""

import json
import math
from pathlib import Path

import torch
from torch.optim import lr_scheduler as lrs


def curve(learning_rate, steps, make):
    """The learning rate that each of `steps` updates uses."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=learning_rate)
    scheduler = make(optimizer)
    rates = []
    for step in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if step < steps - 1:
            scheduler.step()
    return rates


def warmup(optimizer, first, steps, then):
    start = optimizer.param_groups[0]["lr"]
    line = lrs.LinearLR(optimizer, start_factor=first / start, end_factor=1.0, total_iters=steps)
    return lrs.SequentialLR(optimizer, [line, then(optimizer)], milestones=[steps])


def plateau(options, metrics, learning_rates=(1.0,)):
    names = {
        "minLearningRate": "min_lr",
        "thresholdMode": "threshold_mode",
        "relative": "rel",
        "absolute": "abs",
    }
    groups = [{"params": [torch.zeros(1, requires_grad=True)], "lr": rate} for rate in learning_rates]
    optimizer = torch.optim.SGD(groups)
    translated = {names.get(name, name): names.get(value, value) for name, value in options.items()}
    scheduler = lrs.ReduceLROnPlateau(optimizer, eps=0.0, **translated)
    rates = []
    for metric in metrics:
        scheduler.step(metric)
        rates.append([group["lr"] for group in optimizer.param_groups])
    return {"options": options, "learningRates": list(learning_rates), "metrics": metrics, "rates": rates}


curves = []


def add(schedule, options, steps, make, rate=None):
    rate = options["learningRate"] if rate is None else rate
    curves.append({"schedule": schedule, "options": options, "rates": curve(rate, steps, make)})


for every, factor in ((7, 0.5), (1, 0.9), (10, 0.1)):
    options = {"learningRate": 0.3, "every": every, "factor": factor}
    add("stepSchedule", options, 40, lambda o: lrs.StepLR(o, every, factor))
for factor in (0.9, 0.5, 1.0):
    options = {"learningRate": 0.3, "factor": factor}
    add("exponentialSchedule", options, 40, lambda o: lrs.ExponentialLR(o, factor))
for steps, lowest in ((40, 0.0), (33, 0.01), (1, 0.05)):
    options = {"learningRate": 0.3, "steps": steps, "minLearningRate": lowest}
    add("cosineSchedule", options, steps + 1, lambda o: lrs.CosineAnnealingLR(o, steps, lowest))
for options in (
    {"maxLearningRate": 0.5, "steps": 50},
    {"maxLearningRate": 0.5, "steps": 37, "warmupFraction": 0.45, "divFactor": 10, "finalDivFactor": 100},
    {"maxLearningRate": 0.5, "steps": 20, "warmupFraction": 1.0},
    {"maxLearningRate": 0.5, "steps": 20, "warmupFraction": 0.0},
    {"maxLearningRate": 0.5, "steps": 2},
):
    make = lambda o: lrs.OneCycleLR(
        o,
        options["maxLearningRate"],
        total_steps=options["steps"],
        pct_start=options.get("warmupFraction", 0.3),
        div_factor=options.get("divFactor", 25.0),
        final_div_factor=options.get("finalDivFactor", 1e4),
        cycle_momentum=False,
    )
    add("oneCycleSchedule", options, options["steps"], make, rate=options["maxLearningRate"])

warmups = []
for first, steps, then, make in (
    (1e-7, 10, {"schedule": "cosineSchedule", "options": {"learningRate": 1e-3, "steps": 30}},
     lambda o: lrs.CosineAnnealingLR(o, 30)),
    (0.02, 5, {"schedule": "stepSchedule", "options": {"learningRate": 0.4, "every": 6, "factor": 0.5}},
     lambda o: lrs.StepLR(o, 6, 0.5)),
    (0.1, 8, {"schedule": "exponentialSchedule", "options": {"learningRate": 0.2, "factor": 0.8}},
     lambda o: lrs.ExponentialLR(o, 0.8)),
):
    rates = curve(then["options"]["learningRate"], 40, lambda o: warmup(o, first, steps, make))
    warmups.append({"options": {"steps": steps, "from": first}, "then": then, "rates": rates})

falling = [1 / (1 + t) + 0.02 * math.sin(5 * t) for t in range(60)]
noisy = [2 + math.cos(3 * t) * 0.9**t for t in range(60)]
rising = [math.tanh(t / 6) + 0.01 * math.sin(7 * t) for t in range(60)]
plateaus = [
    plateau({}, [1.0] * 60),
    plateau({"patience": 2}, falling),
    plateau({"patience": 0, "factor": 0.5}, noisy),
    plateau({"patience": 2, "factor": 0.5, "threshold": 0.1}, falling),
    plateau({"patience": 2, "factor": 0.5, "threshold": 0.05, "thresholdMode": "absolute"}, falling),
    plateau({"patience": 2, "factor": 0.5, "cooldown": 4}, falling),
    plateau({"patience": 1, "factor": 0.3, "minLearningRate": 0.05}, noisy, (1.0, 0.1, 0.01)),
    plateau({"patience": 2, "factor": 0.5, "mode": "max"}, rising),
    plateau({"patience": 2, "factor": 0.5, "mode": "max", "threshold": 0.02, "thresholdMode": "absolute"}, rising),
    plateau({"patience": 1, "factor": 0.7, "threshold": 0.2, "cooldown": 2, "minLearningRate": 0.2}, falling),
]

golden = {"curves": curves, "warmups": warmups, "plateaus": plateaus}
lines = [f'"source": {json.dumps(f"PyTorch {torch.__version__}")}']
for key, cases in golden.items():
    lines.append(f"{json.dumps(key)}: [\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]")
path = Path(__file__).parents[3] / "tests" / "golden" / "pytorch_schedules.json"
path.write_text("{\n" + ",\n".join(lines) + "\n}\n")
