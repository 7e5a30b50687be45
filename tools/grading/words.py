"""Words that the guard in the kernel accepts, each once."""

import hashlib
import os


def chain(length):
    """So many words, first to last: each is the SHA-256 of the one after it.

    Whoever has all words up to one can check the next, and cannot make it.
    """
    word = os.urandom(32).hex()
    words = []
    for _ in range(length):
        words.append(word)
        word = hashlib.sha256(word.encode()).hexdigest()
    return reversed(words)
