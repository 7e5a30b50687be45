"""Makes tests/golden/pytorch_layers.json: PyTorch's layers, forward and backward, in float64.

Each case has the state before and after, and passes one after the other, in training ("train") or prediction: input x,
output, r, and the derivatives of the sum of r times the output by the input and by each parameter, which start from zero
in each pass. Weights of dense layers are transposed to [inputs, outputs]. "kept" says what dropout did not drop.
Run: python tools/build/golden/pytorch_layers.py   (after pip install -r tools/build/golden/requirements.txt)
"""

import json
from pathlib import Path

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)


class Residual(nn.Module):
    def __init__(self, body):
        super().__init__()
        self.body = body

    def forward(self, x):
        return x + self.body(x)


NAMES = {"running_mean": "runningMean", "running_var": "runningVariance"}


def rows(named):
    table = {}
    for name, tensor in named:
        *place, last = name.split(".")
        if last != "num_batches_tracked":
            # The only matrices among the parameters are the weights of dense layers.
            table[".".join([*place, NAMES.get(last, last)])] = (tensor.T if tensor.ndim == 2 else tensor).tolist()
    return table


def one_pass(module, train, x):
    kept = []
    hooks = [
        part.register_forward_hook(lambda _, inputs, output: kept.extend((output != 0).flatten().int().tolist()))
        for part in module.modules()
        if isinstance(part, nn.Dropout) and train
    ]
    module.train(train)
    module.zero_grad()
    x = x.clone().requires_grad_()
    output = module(x)
    r = torch.randn(output.shape)
    (output * r).sum().backward()
    for hook in hooks:
        hook.remove()
    return {
        "train": train,
        "x": x.tolist(),
        "output": output.tolist(),
        "kept": kept,
        "r": r.tolist(),
        "gradInput": x.grad.tolist(),
        "gradients": rows((name, p.grad) for name, p in module.named_parameters()),
    }


cases = []


def case(name, module, passes):
    before = rows(module.state_dict().items())
    results = [one_pass(module, train, x) for train, x in passes]
    after = rows(module.state_dict().items())
    cases.append({"name": name, "before": before, "passes": results, "after": after})


def norm(features, **options):
    """Batch normalization that has been used: scale, shift and memory are not those of the beginning."""
    layer = nn.BatchNorm1d(features, **options)
    with torch.no_grad():
        for tensor in (layer.weight, layer.bias, layer.running_mean):
            tensor.copy_(torch.randn(features))
        layer.running_var.copy_(torch.rand(features) + 0.5)
    return layer


x = torch.randn(5, 4)
far = torch.tensor([[-1000.0, -40.0, -1.0], [1000.0, 40.0, 0.5]])
both = [(True, x), (False, x)]
case("linear", nn.Linear(4, 3), both)
case("linear without bias", nn.Linear(4, 3, bias=False), both)
case("relu", nn.ReLU(), both + [(True, torch.tensor([[0.0, -2.0, 3.0]]))])
case("leakyRelu 0.01", nn.LeakyReLU(), both + [(True, torch.tensor([[0.0, -2.0, 3.0]]))])
case("leakyRelu 0.3", nn.LeakyReLU(0.3), both)
case("sigmoid", nn.Sigmoid(), both + [(True, far)])
case("tanh", nn.Tanh(), both + [(True, far)])
case("softmax", nn.Softmax(1), both + [(True, far)])
case("softmax axis 0", nn.Softmax(0), both + [(True, far)])
case("logSoftmax", nn.LogSoftmax(1), both + [(True, far)])
case("logSoftmax axis 0", nn.LogSoftmax(0), both + [(True, far)])
case("dropout 0.4", nn.Dropout(0.4), both + [(True, torch.randn(2, 3, 4))])
batches = [(True, 3 * torch.randn(n, 4) + 1) for n in (6, 2, 9)]
case("batchNorm", nn.BatchNorm1d(4), batches + [(False, x), (False, x[:1])])
case("batchNorm, used", norm(4, momentum=0.3, eps=1e-3), batches + [(False, x), (True, x)])
case("residual", Residual(nn.Sequential(nn.Linear(4, 4), nn.Tanh())), both)
everything = nn.Sequential(
    nn.Linear(4, 6),
    norm(6),
    nn.ReLU(),
    Residual(nn.Sequential(nn.Linear(6, 6), nn.LeakyReLU(0.1), nn.Dropout(0.25))),
    nn.Linear(6, 5, bias=False),
    nn.Sigmoid(),
    nn.Linear(5, 5),
    nn.Tanh(),
    nn.Softmax(1),
    nn.Linear(5, 3),
    nn.LogSoftmax(1),
)
case("everything", everything, [(True, torch.randn(7, 4)), (True, torch.randn(4, 4)), (False, x)])

path = Path(__file__).parents[3] / "tests" / "golden" / "pytorch_layers.json"
lines = ",\n".join(json.dumps(row) for row in cases)
path.write_text(f'{{\n"source": "PyTorch {torch.__version__}, float64",\n"cases": [\n{lines}\n]\n}}\n')
