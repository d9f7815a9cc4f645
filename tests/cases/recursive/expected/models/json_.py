"""Json: models of Recursive 1."""

from typing import Any, TypeAlias

Json: TypeAlias = str | float | list[Any] | dict[str, Any]
"""Json."""
