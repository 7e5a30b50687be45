"""Makes tests/golden/elementary_functions.json: exp, log and tanh to 160 bits.

Each row is [x, the nearest float64 to f(x), what rounding to it left over], so that a test can measure an error
in fractions of an ulp. Run: python tools/golden/elementary_functions.py
"""

import json
import random
from pathlib import Path

import mpmath
from mpmath import mp, mpf

mp.prec = 160
draw = random.Random(1)


def rows(function, inputs):
    table = []
    for x in inputs:
        exact = function(mpf(x))
        nearest = float(exact)
        table.append([x, nearest, float(exact - mpf(nearest))])
    return table


golden = {
    "source": f"mpmath {mpmath.__version__}, {mp.prec} bits",
    "exp": rows(
        mpmath.exp,
        [draw.uniform(-708, 709.7) for _ in range(300)] + [draw.uniform(-1, 1) for _ in range(300)],
    ),
    "log": rows(
        mpmath.log,
        [2.0 ** draw.uniform(-1074, 1023) for _ in range(300)]
        + [draw.uniform(0.5, 2) for _ in range(300)]
        + [1 + draw.gauss(0, 1e-6) for _ in range(100)],
    ),
    "tanh": rows(
        mpmath.tanh,
        [draw.uniform(-20, 20) for _ in range(300)]
        + [draw.gauss(0, 0.3) for _ in range(300)]
        + [10 ** draw.uniform(-12, 0) for _ in range(100)],
    ),
}
path = Path(__file__).parents[2] / "tests" / "golden" / "elementary_functions.json"
path.write_text("{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in golden.items()) + "\n}\n")
