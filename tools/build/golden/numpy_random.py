"""Makes tests/golden/numpy_random.json: streams of np.random.RandomState, which Rng must reproduce.

Run: python tools/build/golden/numpy_random.py   (after pip install -r tools/build/golden/requirements.txt)
"""

import json
from pathlib import Path

import numpy as np



def shuffled(state, letters):
    state.shuffle(letters)
    return letters


def summary(state):
    """The last words of the state, which are enough to recognise it, and the two other fields."""
    _, words, position, has_gauss, gauss = state.get_state()
    return {"lastWords": words[-3:].tolist(), "position": position, "spareGaussian": gauss if has_gauss else None}


streams = []
for seed in (0, 1, 42, 2**32 - 1):
    state = np.random.RandomState(seed)
    streams.append(
        {
            "seed": seed,
            # In this order, from one generator:
            "random": state.random_sample(5).tolist(),
            "randn": state.randn(5).tolist(),
            "permutation": state.permutation(10).tolist(),
            "integers": state.randint(-3, 1000, 6).tolist(),
            "randnAgain": state.randn(2).tolist(),
            "randomAfter700More": float(state.random_sample(700)[-1]),
            "shuffled": shuffled(state, list("abcdefgh")),
            "choice": state.choice(20, 6, replace=False).tolist(),
            "choiceReplaced": state.choice(20, 6).tolist(),
            "state": summary(state),
        }
    )

golden = {"source": f"NumPy {np.__version__}, np.random.RandomState", "streams": streams}
path = Path(__file__).parents[3] / "tests" / "golden" / "numpy_random.json"
path.write_text(json.dumps(golden, indent=2) + "\n")
