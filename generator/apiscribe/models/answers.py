"""Answers: what datamodel-code-generator gives for the commonest shapes; a test asks it again for each of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# Of 230 documents the longest union has 53 members.
_MOST_MEMBERS: Final = 64
ANSWERS: Final[Mapping[str, str]] = {
    "{}": "Any",
    '{"type": "string"}': "str",
    '{"type": "integer"}': "int",
    '{"type": "number"}': "float",
    '{"type": "boolean"}': "bool",
    '{"type": "null"}': "None",
    '{"items": 0, "type": "array"}': "list[H0]",
    '{"additionalProperties": true, "type": "object"}': "dict[str, Any]",
    '{"additionalProperties": 0, "type": "object"}': "dict[str, H0]",
    **{
        f'{{"anyOf": {list(range(count))}}}': f"Union[{', '.join(f'H{number}' for number in range(count))}]"
        for count in range(2, _MOST_MEMBERS + 1)
    },
}
