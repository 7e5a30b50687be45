"""Makes tests/golden/pytorch_tensor.json: values and gradients of tensor operations, by PyTorch in float64.

For each case: the inputs, the output, weights r, and the gradients of L = sum(r * output).
Run: python tools/build/golden/pytorch_tensor.py   (after pip install -r tools/build/golden/requirements.txt)
"""

import json
from pathlib import Path

import torch

torch.manual_seed(3)
torch.set_default_dtype(torch.float64)


def randn(*shape):
    return torch.randn(*shape)


def positive(*shape):
    return torch.rand(*shape) * 1.5 + 0.5


def half_steps(*shape):
    """Multiples of a half, so that ties and kinks occur."""
    return torch.randint(-3, 4, shape) / 2


CASES = {
    "variance": (lambda a: a.var(), [randn(3, 4)]),
    "variance over axis 0, correction 0": (lambda a: a.var(dim=0, correction=0), [randn(3, 4)]),
    "variance over axes 0 and 2, keepDims": (lambda a: a.var(dim=(0, 2), keepdim=True), [randn(2, 3, 4)]),
    "logSumExp over axis 1": (lambda a: a.logsumexp(1), [randn(3, 4) * 3]),
    "logSumExp over axes 0 and 2, keepDims": (lambda a: a.logsumexp((0, 2), keepdim=True), [randn(2, 3, 4)]),
    "logSumExp of large numbers": (lambda a: a.logsumexp(0), [torch.tensor([1000.0, 999.0, -1000.0])]),
    "mean over axes 0 and 2": (lambda a: a.mean((0, 2)), [randn(2, 3, 4)]),
    "max with ties": (lambda a: a.amax((0, 1)), [half_steps(3, 4)]),
    "min with ties over axis 1": (lambda a: a.amin(1), [half_steps(3, 4)]),
    "matmul of vectors": (lambda a, b: a @ b, [randn(4), randn(4)]),
    "matmul of a vector and a matrix": (lambda a, b: a @ b, [randn(4), randn(4, 3)]),
    "matmul of a matrix and a vector": (lambda a, b: a @ b, [randn(3, 4), randn(4)]),
    "matmul of batches": (lambda a, b: a @ b, [randn(2, 3, 4), randn(2, 4, 5)]),
    "matmul of a batch and a matrix": (lambda a, b: a @ b, [randn(2, 3, 4), randn(4, 5)]),
    "matmul of a matrix and a batch": (lambda a, b: a @ b, [randn(3, 4), randn(2, 4, 5)]),
    "matmul of broadcast batches": (lambda a, b: a @ b, [randn(2, 1, 3, 4), randn(3, 4, 2)]),
    "matmul of a vector and a batch": (lambda a, b: a @ b, [randn(4), randn(2, 4, 5)]),
    "matmul of a batch and a vector": (lambda a, b: a @ b, [randn(2, 3, 4), randn(4)]),
    "concatenate along axis 1": (lambda a, b, c: torch.cat([a, b, c], 1), [randn(2, 1), randn(2, 3), randn(2, 2)]),
    "concatenate a tensor with itself": (lambda a: torch.cat([a, a], 0), [randn(2, 3)]),
    "stack along axis 1": (lambda a, b: torch.stack([a, b], 1), [randn(2, 3), randn(2, 3)]),
    "transpose of three axes": (lambda a: a.permute(2, 0, 1), [randn(2, 3, 4)]),
    "slice of two axes": (lambda a: a[1:3, 2:4], [randn(4, 5)]),
    "indexSelect with repeated rows": (
        lambda a: a.index_select(0, torch.tensor([2, 0, 2, 2])),
        [randn(3, 2)],
    ),
    "indexSelect along axis 1": (lambda a: a.index_select(1, torch.tensor([3, 3, 0])), [randn(2, 4)]),
    "broadcastTo": (lambda a: a.expand(2, 3, 4), [randn(3, 1)]),
    "where": (lambda a, b: torch.where(a > b, a * a, b), [randn(3, 4), randn(4)]),
    "clip, also on its bounds": (lambda a: a.clamp(-1, 0.5), [half_steps(3, 4)]),
    "maximum with ties": (lambda a, b: torch.maximum(a, b), [half_steps(3, 4), half_steps(4)]),
    "minimum with ties": (lambda a, b: torch.minimum(a, b), [half_steps(3, 4), half_steps(3, 1)]),
    "pow with a number": (lambda a: a.pow(3), [randn(3, 4)]),
    "pow with a fraction": (lambda a: a.pow(-1.7), [positive(3, 4)]),
    "pow of zero": (lambda a, b: a.pow(b), [torch.tensor([0.0, 0.0, 2.0]), torch.tensor([2.0, 0.0, 0.0])]),
    "pow with a tensor": (lambda a, b: a.pow(b), [positive(3, 4), randn(4)]),
    "log1p": (lambda a: a.log1p(), [positive(3) * 1e-9]),
    "softplus": (lambda a: torch.nn.functional.softplus(a, threshold=1000), [randn(5) * 30]),
    "abs and sign": (lambda a: a.abs() * a.sign(), [half_steps(6)]),
}


def numbers(t):
    return {"shape": list(t.shape), "data": t.flatten().tolist()}


cases = []
for name, (f, inputs) in CASES.items():
    leaves = [x.clone().requires_grad_() for x in inputs]
    output = f(*leaves)
    r = torch.randn(output.shape)
    (output * r).sum().backward()
    cases.append(
        {
            "name": name,
            "inputs": [numbers(x) for x in inputs],
            "output": numbers(output.detach()),
            "r": numbers(r),
            "gradients": [numbers(x.grad) for x in leaves],
        }
    )

path = Path(__file__).parents[3] / "tests" / "golden" / "pytorch_tensor.json"
lines = ",\n".join(json.dumps(case) for case in cases)
path.write_text(f'{{"source": "PyTorch {torch.__version__}, float64", "cases": [\n{lines}\n]}}\n')
