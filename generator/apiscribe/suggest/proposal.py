"""What a proposal is: an extension for one operation, why, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from apiscribe.document.node import Node, Plain


class Kind(StrEnum):
    """What is proposed, by the word that begins its id."""

    PAGINATION = "pagination"
    WAITER = "waiter"

    @property
    def extension(self) -> str:
        """The key that it adds to an operation."""
        return f"x-{self}"


class Confidence(StrEnum):
    """How sure a proposal is: the document says so in words that mean little else, or it fits without being said."""

    HIGH = "high"
    MEDIUM = "medium"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one rule found for an operation: the value of the extension, and the reasons for it."""

    value: dict[str, Plain]
    reasons: tuple[str, ...]
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An extension for an operation of a document; `label` names the operation as people do."""

    kind: Kind
    label: str
    operation: Node
    value: dict[str, Plain]
    reasons: tuple[str, ...]
    confidence: Confidence

    @property
    def id(self) -> str:
        """The name by which it is accepted; it stays the same however the document moves."""
        return f"{self.kind}:{self.label}"
