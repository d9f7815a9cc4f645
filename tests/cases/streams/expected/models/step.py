"""Step: models of Streams 1."""

from typing import Annotated, TypeAlias
from ...._runtime.choice import Choice as _Choice, OrUnknown as _OrUnknown
from .failed import Failed
from .said import Said

Step: TypeAlias = Annotated[
    _OrUnknown[Said | Failed], _Choice("type", {"said": "Said", "error": "Failed"})
]
"""Step."""
