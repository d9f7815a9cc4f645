"""The profiles room: portals by name."""

from __future__ import annotations

from collections.abc import Sequence

from apiscribe.capture.page import PageSource
from apiscribe.capture.profile import Profile
from apiscribe.capture.profiles import navercloud, samsungcloud
from apiscribe.errors import Origin, refusal

_PROFILES = {profile.name: profile for profile in (navercloud.PROFILE, samsungcloud.PROFILE)}


def open_profile(name: str) -> Profile:
    """Find a profile by its name.

    Raises: ApiscribeError naming the profiles there are.
    """
    if name not in _PROFILES:
        known = ", ".join(sorted(_PROFILES))
        raise refusal("profile", f"unknown profile {name!r}; there is: {known}", Origin(file="--profile"))
    return _PROFILES[name]


def refuse_other_portal(pages: Sequence[PageSource], chosen: Profile) -> None:
    """Refuse pages that are all of another portal than the chosen profile's.

    Raises: ApiscribeError naming the profile that they look like.
    """
    counts = dict.fromkeys(_PROFILES, 0)
    for page in pages:
        data = page.read()
        for name, profile in _PROFILES.items():
            counts[name] += any(mark.encode() in data for mark in profile.marks)
    best = max(counts, key=lambda name: (counts[name], name == chosen.name))
    if counts[best] and not counts[chosen.name]:
        message = f"the pages are not of {chosen.name}, they look like pages of {best}: --profile {best}"
        raise refusal("profile", message, Origin(file=pages[0].path))
