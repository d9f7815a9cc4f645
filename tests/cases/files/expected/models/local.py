"""Local: models of Files 1."""

from typing import TypeAlias
from .owner import Owner

Local: TypeAlias = Owner
"""Local."""
