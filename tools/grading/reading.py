"""Reads what was handed in, whatever program saved it."""

import json
import os
import stat

import nbformat

#: A notebook without outputs has some 100 kB; one with pictures a few MB.
LARGEST = 30e6


class Unreadable(Exception):
    """A submission in which there is nothing to grade; says why."""


def read(path):
    """The notebook in a file, and remarks about the file."""
    name = os.path.basename(path)[:80]
    # What is looked at and what is opened are the same file: a link in its place is refused.
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise Unreadable(f"{name} is a link or cannot be opened ({error.strerror})") from error
    with os.fdopen(handle, "rb") as file:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise Unreadable(f"{name} is no file")
        if about.st_size > LARGEST:
            raise Unreadable(f"{name} has {about.st_size / 1e6:.0f} MB; more than {LARGEST / 1e6:.0f} MB is not read")
        text, notes = decoded(file.read())
    try:
        notebook = nbformat.reads(text, as_version=4)
        for cell in notebook.cells:
            cell.source = "".join(cell.source)
            if cell.cell_type not in ("code", "markdown", "raw") or not isinstance(cell.metadata, dict):
                raise ValueError("an unknown kind of cell")
    except RecursionError as error:
        raise Unreadable(f"{name} is nested too deeply") from error
    except nbformat.reader.NotJSONError as error:
        raise Unreadable(f"{name} is no notebook: it cannot be read as JSON") from error
    except Exception as error:  # whatever is wrong with it, it is wrong with this one
        raise Unreadable(f"{name} is no notebook ({type(error).__name__}: {str(error)[:120]})") from error
    return notebook, notes


def decoded(data):
    """The text of a JSON file, and a remark if it is not in UTF-8. A byte order mark is no part of it."""
    encoding = json.detect_encoding(data)
    if encoding.startswith("utf-8"):
        try:
            return data.decode(encoding), []
        except UnicodeDecodeError:
            # What Windows' older editors write has no mark; each byte is a letter there.
            return data.decode("cp1252", errors="replace"), ["the file was saved in Windows-1252, and read as that"]
    return data.decode(encoding, errors="replace"), [f"the file was saved in {encoding.upper()[:6]}, and read as that"]
