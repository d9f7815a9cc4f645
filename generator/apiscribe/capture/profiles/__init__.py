"""The profiles room: portals by name."""

from __future__ import annotations

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
