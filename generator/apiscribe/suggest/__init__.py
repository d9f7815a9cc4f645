"""The suggest room: a document comes in, extensions that it could do with come out, each with its reasons."""

from apiscribe.suggest.proposal import Confidence, Kind, Proposal
from apiscribe.suggest.suggesting import proposals_of

__all__ = ["Confidence", "Kind", "Proposal", "proposals_of"]
