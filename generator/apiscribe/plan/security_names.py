"""Names of security: the schemes of all documents go in, the names of their signers and credentials come out."""

from __future__ import annotations

import keyword
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from apiscribe.naming import digest
from apiscribe.plan.security_kinds import Draft
from apiscribe.signing import title_of

# What every class of credentials has already, and what means something else in the environment, a profile or a program.
_RESERVED = frozenset({
    "fields", "revealed", "self", "profile", "credential_process", "expiration", "version",
    *keyword.kwlist,
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A scheme's name in the package, and those of its credentials by the names they have without other schemes."""

    title: str
    credentials: Mapping[str, str]


def named(drafts: Iterable[Draft]) -> dict[str, Named]:
    """Name every scheme, by `key_of` it; what means the same under one name is one scheme.

    A credential keeps its plain name where no other scheme has it, else it is called after its scheme: `api_key` of
    `AppKey` is `app_key`, `username` of `Admin` is `admin_username`. Recipes of documents name theirs themselves.
    """
    unique = {key_of(draft): draft for draft in drafts}
    titles = _titles(unique)
    own = {field.name for draft in unique.values() if draft.is_named for field in draft.credentials}
    others = {key: draft for key, draft in unique.items() if not draft.is_named}
    counts: dict[str, int] = defaultdict(int)
    for draft in others.values():
        for field in draft.credentials:
            counts[field.name] += 1
    plain = {
        key for key, draft in others.items() if all(_is_free(item.name, own, counts) for item in draft.credentials)
    }
    taken = own | {field.name for key in plain for field in others[key].credentials} | _RESERVED
    found = {key: Named(title=titles[key], credentials={}) for key in unique}
    for key in sorted(others.keys() - plain):
        names = _qualified(titles[key], [field.name for field in others[key].credentials], taken)
        taken |= set(names.values())
        found[key] = Named(title=titles[key], credentials=names)
    return found


def key_of(draft: Draft) -> str:
    """Give what tells a scheme from all that are not the same."""
    return f"{title_of(draft.scheme.name)}\n{draft.meaning}"


def _is_free(name: str, own: set[str], counts: Mapping[str, int]) -> bool:
    return name not in own and counts[name] == 1


def _qualified(title: str, names: Sequence[str], taken: set[str]) -> dict[str, str]:
    """Call credentials after their scheme; one that is its only one has the scheme's name alone."""
    if len(names) == 1 and title not in taken:
        return {names[0]: title}
    whole = {name: f"{title}_{name}" for name in names}
    return whole if not taken & set(whole.values()) else {name: f"{title}_{digest(title)}_{name}" for name in names}


def _titles(unique: Mapping[str, Draft]) -> dict[str, str]:
    """Name schemes: by their own words, those of their service before them, or a digest of what they are after them."""
    ways: Sequence[Callable[[str, Draft], str]] = (
        lambda key, draft: _own_title(draft),
        lambda key, draft: _own_title(draft) if draft.is_named else f"{draft.service}_{_own_title(draft)}",
        lambda key, draft: _own_title(draft) if draft.is_named else f"{_own_title(draft)}_{digest(key)}",
    )
    found: dict[str, str] = {}
    left = dict(unique)
    for way in ways:
        tried = {key: way(key, draft) for key, draft in left.items()}
        counts: dict[str, int] = defaultdict(int)
        for title in (*tried.values(), *found.values()):
            counts[title] += 1
        settled = {key: title for key, title in tried.items() if counts[title] == 1}
        found |= settled
        left = {key: draft for key, draft in left.items() if key not in settled}
    # Only recipes of one name are left, which the documents' author has to tell apart.
    return found | {key: _own_title(draft) for key, draft in left.items()}


def _own_title(draft: Draft) -> str:
    if draft.is_named and draft.recipe is not None:
        return draft.recipe.name.replace("-", "_")
    return title_of(draft.scheme.name)
