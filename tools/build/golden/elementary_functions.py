"""Makes tests/golden/elementary_functions.json: the elementary functions to 106 bits.

Each row is [x, the nearest float64 to f(x), what rounding to it left over], so that a test can measure an error
in fractions of an ulp; for pow it is [x, y, nearest, left over].
Run: python tools/build/golden/elementary_functions.py && deno fmt tests/golden
"""

import json
import random
from pathlib import Path

import mpmath
from mpmath import mp, mpf

mp.prec = 1300  # sin of 2^1000 needs pi to more than a thousand bits
draw = random.Random(1)


def rows(function, inputs):
    table = []
    for x in inputs:
        arguments = x if isinstance(x, tuple) else (x,)
        exact = function(*map(mpf, arguments))
        nearest = float(exact)
        table.append([*arguments, nearest, float(exact - mpf(nearest))])
    return table


def power_arguments(count):
    """x over the whole range, and y so that x to the y is a normal number."""
    for _ in range(count):
        x = 2.0 ** draw.uniform(-12, 12) if draw.random() < 0.5 else 2.0 ** draw.uniform(-1000, 1000)
        most = 700 / abs(float(mpmath.log(x)))
        yield x, draw.uniform(-most, most)


def near_multiples_of_half_pi(count):
    """Where most digits cancel: float64 next to multiples of pi/2."""
    for _ in range(count):
        yield float(mpf(draw.randrange(1, 2 ** draw.randrange(2, 40))) * mp.pi / 2)


golden = {
    "source": f"mpmath {mpmath.__version__}, to 106 bits",
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
    "expm1": rows(
        mpmath.expm1,
        [draw.uniform(-38, 45) for _ in range(100)]
        + [draw.uniform(-2, 2) for _ in range(100)]
        + [draw.choice((-1, 1)) * 10 ** draw.uniform(-18, 0) for _ in range(100)],
    ),
    "log1p": rows(
        mpmath.log1p,
        [2.0 ** draw.uniform(-60, 1000) for _ in range(100)]
        + [draw.uniform(-0.99999, 3) for _ in range(100)]
        + [draw.choice((-1, 1)) * 10 ** draw.uniform(-18, 0) for _ in range(100)],
    ),
    "logistic": rows(
        lambda x: 1 / (1 + mpmath.exp(-x)),
        [draw.uniform(-700, 45) for _ in range(100)] + [draw.uniform(-5, 5) for _ in range(200)],
    ),
    "softplus": rows(
        lambda x: mpmath.log1p(mpmath.exp(x)),
        [draw.uniform(-700, 800) for _ in range(100)] + [draw.uniform(-5, 5) for _ in range(200)],
    ),
    "pow": rows(
        mpmath.power,
        list(power_arguments(300))
        + [(10.0, float(y)) for y in range(-30, 31)]
        + [(1 + draw.gauss(0, 1e-9), draw.uniform(-1, 1) * 1e11) for _ in range(50)]
        + [(0.9, float(t)) for t in range(1, 60)] + [(0.999, float(t)) for t in range(1, 2000, 40)],
    ),
    "sin": rows(
        mpmath.sin,
        [draw.uniform(-1e6, 1e6) for _ in range(100)]
        + [draw.uniform(-7, 7) for _ in range(150)]
        + list(near_multiples_of_half_pi(100))
        + [draw.choice((-1, 1)) * 2.0 ** draw.uniform(-60, 1023.9) for _ in range(200)]
        + [6381956970095103.0 * 2.0**797, 1e22, 1.7976931348623157e308],
    ),
    "cos": rows(
        mpmath.cos,
        [draw.uniform(-1e6, 1e6) for _ in range(100)]
        + [draw.uniform(-7, 7) for _ in range(150)]
        + list(near_multiples_of_half_pi(100))
        + [2.0 ** draw.uniform(-60, 1023.9) for _ in range(200)]
        + [6381956970095103.0 * 2.0**797, 1e22, 1.7976931348623157e308],
    ),
}
path = Path(__file__).parents[3] / "tests" / "golden" / "elementary_functions.json"
path.write_text("{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in golden.items()) + "\n}\n")
