"""Step: models of Streams 1."""

from typing import Annotated, TypeAlias
from ...._runtime.choice import Choice as _Choice
from .failed import Failed
from .said import Said

Step: TypeAlias = Annotated[Said | Failed, _Choice("type", {"said": "Said", "error": "Failed"})]
"""Step."""
