"""PyTorch in the benchmark, eager, on the processor. Argument: the number of threads."""

import json
import sys
import time

import torch

torch.set_num_threads(int(sys.argv[1]))
torch.manual_seed(42)
prepared = {}


def prepare(request):
    key = json.dumps({**request, "steps": 0})
    if key not in prepared:
        sizes = request["sizes"]
        layers = []
        for inputs, outputs in zip(sizes, sizes[1:]):
            layers += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
        model = torch.nn.Sequential(*layers[:-1])
        make = torch.optim.Adam if request["optimizer"] == "adam" else torch.optim.SGD
        optimizer = make(model.parameters(), lr=0.001 if request["optimizer"] == "adam" else 0.01)
        x = torch.rand(request["examples"], sizes[0])
        mse = request["loss"] == "mse"
        y = torch.rand(request["examples"], sizes[-1]) if mse else torch.randint(sizes[-1], (request["examples"],))
        prepared[key] = model, optimizer, torch.nn.MSELoss() if mse else torch.nn.CrossEntropyLoss(), x, y
    return prepared[key]


def train(request):
    model, optimizer, loss, x, y = prepare(request)
    batch, steps = request["batch"], request["steps"]
    begin = time.perf_counter()
    step = 0
    while step < steps:
        order = torch.randperm(len(x))
        for start in range(0, len(x), batch):
            rows = order[start : start + batch]
            optimizer.zero_grad()
            loss(model(x[rows]), y[rows]).backward()
            optimizer.step()
            step += 1
            if step == steps:
                break
    return time.perf_counter() - begin


def multiply(request):
    size = request["size"]
    a, b = torch.rand(size, size), torch.rand(size, size)
    a @ b
    begin = time.perf_counter()
    a @ b
    return time.perf_counter() - begin


print(json.dumps({"version": torch.__version__}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    seconds = train(request) if request["task"] == "training" else multiply(request)
    print(json.dumps({"seconds": seconds}), flush=True)
