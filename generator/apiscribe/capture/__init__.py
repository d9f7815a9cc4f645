"""The capture wing: documentation pages, as bytes, to OpenAPI documents; what is a portal's own sits in its profile."""

from apiscribe.capture.capturing import DEFAULT_LANGUAGE, Captured, CapturedDocument, read, settle
from apiscribe.capture.page import PageSource
from apiscribe.capture.profile import Profile
from apiscribe.capture.profiles import open_profile, refuse_other_portal

__all__ = [
    "DEFAULT_LANGUAGE",
    "Captured",
    "CapturedDocument",
    "PageSource",
    "Profile",
    "open_profile",
    "read",
    "refuse_other_portal",
    "settle",
]
