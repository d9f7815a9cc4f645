"""Answers: what datamodel-code-generator gives for the commonest shapes; a test asks it again for each of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

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
    '{"anyOf": [0, 1]}': "Union[H0, H1]",
    '{"anyOf": [0, 1, 2]}': "Union[H0, H1, H2]",
    '{"anyOf": [0, 1, 2, 3]}': "Union[H0, H1, H2, H3]",
    '{"anyOf": [0, 1, 2, 3, 4]}': "Union[H0, H1, H2, H3, H4]",
    '{"anyOf": [0, 1, 2, 3, 4, 5]}': "Union[H0, H1, H2, H3, H4, H5]",
    '{"anyOf": [0, 1, 2, 3, 4, 5, 6]}': "Union[H0, H1, H2, H3, H4, H5, H6]",
    '{"anyOf": [0, 1, 2, 3, 4, 5, 6, 7]}': "Union[H0, H1, H2, H3, H4, H5, H6, H7]",
    '{"anyOf": [0, 1, 2, 3, 4, 5, 6, 7, 8]}': "Union[H0, H1, H2, H3, H4, H5, H6, H7, H8]",
    '{"anyOf": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]}': "Union[H0, H1, H2, H3, H4, H5, H6, H7, H8, H9]",
    '{"anyOf": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}': "Union[H0, H1, H2, H3, H4, H5, H6, H7, H8, H9, H10]",
    '{"anyOf": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}': "Union[H0, H1, H2, H3, H4, H5, H6, H7, H8, H9, H10, H11]",
}
