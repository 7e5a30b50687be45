"""Makes tests/golden/pytorch_data.json: warped images by PyTorch's grid_sample, toy data by NumPy.

Run: python tools/build/golden/pytorch_data.py   (after pip install -r tools/build/golden/requirements.txt)
"""

import json
import math
from pathlib import Path

import numpy as np
import torch


def warp(image, shift_x=0.0, shift_y=0.0, rotate=0.0, scale=1.0):
    """The warp of lib/data/warp.ts: the affine map and the bilinear reading are PyTorch's."""
    height, width = image.shape
    angle = math.radians(rotate)
    # In pixels from the middle: old = R(-angle) (new - shift) / scale, rows counted downwards.
    a, b = math.cos(angle) / scale, -math.sin(angle) / scale
    c, d = math.sin(angle) / scale, math.cos(angle) / scale
    # affine_grid with align_corners=False has coordinates in units of half the picture.
    theta = [
        [a, b * height / width, -(a * shift_x + b * shift_y) * 2 / width],
        [c * width / height, d, -(c * shift_x + d * shift_y) * 2 / height],
    ]
    grid = torch.nn.functional.affine_grid(
        torch.tensor([theta], dtype=torch.float64), [1, 1, height, width], align_corners=False
    )
    picture = torch.tensor(image)[None, None]
    out = torch.nn.functional.grid_sample(picture, grid, mode="bilinear", padding_mode="zeros", align_corners=False)
    return out[0, 0].flatten().tolist()


image = np.random.RandomState(3).random_sample((5, 7))
settings = [
    {"shift_x": 1.0},
    {"shift_y": -2.0},
    {"shift_x": 0.3, "shift_y": 0.6},
    {"rotate": 90.0},
    {"rotate": -17.0},
    {"scale": 1.3},
    {"scale": 0.6},
    {"shift_x": -1.2, "shift_y": 0.5, "rotate": 33.0, "scale": 0.9},
]
warps = [{**setting, "pixels": warp(image, **setting)} for setting in settings]

state = np.random.RandomState(42)
x = state.randn(100)
y = 2 * x + 0.5 + 0.1 * state.randn(100)
w, b = (torch.zeros((), dtype=torch.float64, requires_grad=True) for _ in range(2))
optimizer = torch.optim.SGD([w, b], lr=0.1)
losses = []
for _ in range(100):
    optimizer.zero_grad()
    loss = ((w * torch.tensor(x) + b - torch.tensor(y)) ** 2).mean()
    losses.append(loss.item())
    loss.backward()
    optimizer.step()
final = ((w * torch.tensor(x) + b - torch.tensor(y)) ** 2).mean().item()

state = np.random.RandomState(7)
angle = np.linspace(0, np.pi, 5)
moons = np.stack([np.stack([np.cos(angle), np.sin(angle)], 1), np.stack([1 - np.cos(angle), 0.5 - np.sin(angle)], 1)], 1)
moons = moons.reshape(10, 2) + 0.2 * state.randn(10, 2)

state = np.random.RandomState(8)
t = np.repeat(np.arange(1, 5) / 4, 3)
arm = np.tile(np.arange(3), 4)
turn = 2 * np.pi * (1.5 * t + arm / 3)
spirals = np.stack([t * np.cos(turn), t * np.sin(turn)], 1) + 0.05 * state.randn(12, 2)

sine_x = np.linspace(0, 1, 6)
sine = np.sin(2 * np.pi * sine_x) + 0.3 * np.random.RandomState(9).randn(6)

golden = {
    "source": f"PyTorch {torch.__version__}, NumPy {np.__version__}",
    "image": image.flatten().tolist(),
    "warps": warps,
    "exercise": {
        "x": x[:5].tolist(),
        "y": y[:5].tolist(),
        "w": w.item(),
        "b": b.item(),
        "firstLoss": losses[0],
        "finalLoss": final,
    },
    "moons": moons.flatten().tolist(),
    "spirals": spirals.flatten().tolist(),
    "sine": sine.tolist(),
}
path = Path(__file__).parents[3] / "tests" / "golden" / "pytorch_data.json"
path.write_text(json.dumps(golden) + "\n")
