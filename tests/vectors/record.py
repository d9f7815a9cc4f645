"""Record the stages of a vector: `python tests/vectors/record.py tests/vectors/NAME/CASE` reads its request.json.

The stages are computed by the interpreter of the stubs, which shares no code with the compiled signer: the tests hold
one against the other, and both against the signature that request.json says is published.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.signing_room import vector_of, verifier_values

from apiscribe.signing import library


def main() -> None:
    """Write one file for each step that the request has, numbered in their order."""
    for folder in map(Path, sys.argv[1:]):
        vector = vector_of(folder)
        for old in folder.glob("[0-9][0-9]-*"):
            old.unlink()
        values = verifier_values(library.recipe(folder.parent.name), vector)
        for number, (name, value) in enumerate(values.items(), 1):
            (folder / f"{number:02}-{name}").write_bytes(value)
        print(folder, json.dumps(list(values)))


if __name__ == "__main__":
    main()
