"""Makes tests/golden/pytorch_losses.json: PyTorch's losses with their gradients, in float64.

Each case has its inputs, the loss ("value"), r (as many numbers as the loss has), and "gradient", which is the
derivative of the sum of r times the loss by the prediction. "tolerance" is how near a right answer must be.
Run: python tools/build/golden/pytorch_losses.py   (after pip install -r tools/build/golden/requirements.txt)
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
draw = torch.Generator().manual_seed(0)


def randn(*shape):
    return torch.randn(shape, generator=draw)


def uniform(*shape):
    return torch.rand(shape, generator=draw)


cases = []


def case(loss, function, prediction, target, options=None, prepared=None, tolerance=1e-10):
    """One case for each reduction. `prepared` is what PyTorch gets where it wants an option in another form."""
    for reduction in ("mean", "sum", "none"):
        x = prediction.clone().requires_grad_()
        value = function(x, target, reduction=reduction, **(prepared if prepared is not None else options or {}))
        r = randn(*value.shape)
        (value * r).sum().backward()
        cases.append(
            {
                "loss": loss,
                "options": {**(options or {}), "reduction": reduction},
                "prediction": prediction.tolist(),
                "target": target.tolist(),
                "value": value.tolist(),
                "r": r.tolist(),
                "gradient": x.grad.tolist(),
                "tolerance": tolerance,
            }
        )


prediction, target = randn(3, 4), randn(3, 4)
prediction[0, 0] = target[0, 0]  # an error of exactly 0
case("mse", F.mse_loss, prediction, target)
case("mae", F.l1_loss, prediction, target)
case("huber", F.huber_loss, prediction, target)
case("huber", F.huber_loss, 3 * randn(5), torch.zeros(5), {"delta": 2.5})

hard = (uniform(3, 4) < 0.5).double()
case("binaryCrossEntropy", F.binary_cross_entropy, uniform(3, 4), hard)
case("binaryCrossEntropy", F.binary_cross_entropy, uniform(6), uniform(6))
corners = torch.tensor([0.0, 0.0, 1.0, 1.0, 1e-300, 1 - 2**-53, 0.0])
corner_targets = torch.tensor([0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.5])
# At the corners PyTorch divides by the float32 that is nearest to 1e-12, which is off by 4e-9 of it.
case("binaryCrossEntropy", F.binary_cross_entropy, corners, corner_targets, tolerance=1e-8)

with_logits = F.binary_cross_entropy_with_logits
large = torch.tensor([1000.0, -1000.0, 1000.0, -1000.0, 0.0, 0.0, 40.0, -40.0, 1e-9])
large_target = torch.tensor([1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.3, 0.5])
case("binaryCrossEntropyWithLogits", with_logits, 3 * randn(3, 4), hard)
case("binaryCrossEntropyWithLogits", with_logits, 3 * randn(6), uniform(6))
case("binaryCrossEntropyWithLogits", with_logits, large, large_target)
for weight in (2.5, [0.5, 1.0, 3.0, 0.0]):
    prepared = {"pos_weight": torch.tensor(weight)}
    case("binaryCrossEntropyWithLogits", with_logits, 3 * randn(3, 4), hard, {"posWeight": weight}, prepared)

labels = torch.tensor([2, 0, 4, 4, 1, 2])
soft = torch.softmax(2 * randn(6, 5), 1)
one_hot = F.one_hot(labels, 5).double()
weights = [0.5, 2.0, 0.0, 1.25, 3.0]
extreme = torch.tensor([[1000.0, -1000.0, 0.0], [1000.0, -1000.0, 0.0], [1000.0, 1000.0, 1000.0]])
for logits, aim in (
    (2 * randn(6, 5), labels),
    (2 * randn(6, 5), one_hot),
    (2 * randn(6, 5), soft),
    (extreme, torch.tensor([0, 1, 2])),
    (extreme, torch.tensor([[0.25, 0.5, 0.25], [1.0, 0.0, 0.0], [0.0, 0.5, 0.5]])),
):
    case("crossEntropy", F.cross_entropy, logits, aim)
    case("crossEntropy", F.cross_entropy, logits, aim, {"labelSmoothing": 0.1}, {"label_smoothing": 0.1})
    some = weights[: logits.shape[1]]
    case("crossEntropy", F.cross_entropy, logits, aim, {"classWeights": some}, {"weight": torch.tensor(some)})
    case(
        "crossEntropy",
        F.cross_entropy,
        logits,
        aim,
        {"classWeights": some, "labelSmoothing": 0.3},
        {"weight": torch.tensor(some), "label_smoothing": 0.3},
    )

penalties = []
for name, size in (("l1Penalty", torch.abs), ("l2Penalty", torch.square)):
    w = torch.cat([randn(5), torch.zeros(1)]).requires_grad_()
    value = 0.3 * size(w).sum()
    value.backward()
    penalties.append({"penalty": name, "lambda": 0.3, "w": w.tolist(), "value": value.item(), "gradient": w.grad.tolist()})

path = Path(__file__).parents[3] / "tests" / "golden" / "pytorch_losses.json"
source = json.dumps(f"PyTorch {torch.__version__}, float64")
tables = (f'"{name}": [\n' + ",\n".join(map(json.dumps, table)) + "\n]" for name, table in (("cases", cases), ("penalties", penalties)))
path.write_text(f'{{\n"source": {source},\n' + ",\n".join(tables) + "\n}\n")
