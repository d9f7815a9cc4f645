"""The fetch room: addresses of a portal to kept pages; the only network of the toolkit."""

from apiscribe.capture.fetch.address import Choice
from apiscribe.capture.fetch.crawl import Order, Outcome, Progress, fetch
from apiscribe.capture.fetch.portal import Limits
from apiscribe.capture.fetch.store import Store

__all__ = ["Choice", "Limits", "Order", "Outcome", "Progress", "Store", "fetch"]
