"""Groups: one module for each client, whose classes hold the client's methods by resource."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from apiscribe.code import docstring, identifier, relative_module
from apiscribe.plan.group_names import GroupNames
from apiscribe.plan.service import ServicePlan
from apiscribe.view import File, Group, GroupLink, GroupMember, GroupsModule


def group_file(plan: ServicePlan, folder: str, *, waits: bool) -> File:
    """Plan the module of the groups of one client; `waits` asks for the async one."""
    prefix, marked = ("async_", "Async") if waits else ("", "")
    client = f"{marked}{plan.names.client}"
    view = GroupsModule(
        docstring=docstring([f"The methods of `{client}` by resource; imported when a group is first used."]),
        client=identifier(client),
        client_module=relative_module(1, f"{prefix}client"),
        groups=tuple(_group(item, marked) for item in _all(plan.groups.tree)),
    )
    return File(path=f"{folder}/{prefix}groups.py", template="client/groups.py.j2", view=view)


def group_links(plan: ServicePlan, *, waits: bool) -> tuple[GroupLink, ...]:
    """List the groups that a client shows."""
    return tuple(_link(item, "Async" if waits else "") for item in plan.groups.tree)


def _all(groups: Iterable[GroupNames]) -> Iterator[GroupNames]:
    for group in groups:
        yield group
        yield from _all(group.groups)


def _group(group: GroupNames, marked: str) -> Group:
    return Group(
        name=identifier(f"{marked}{group.owner}"),
        docstring=docstring([f"The methods below `client.{'.'.join(group.path)}`."]),
        members=tuple(GroupMember(name=identifier(name), method=identifier(flat)) for name, flat in group.members),
        links=tuple(_link(item, marked) for item in group.groups),
    )


def _link(group: GroupNames, marked: str) -> GroupLink:
    held = [name for name, _ in group.members] + [f"{item.name}…" for item in group.groups]
    return GroupLink(
        name=identifier(group.name),
        owner=identifier(f"{marked}{group.owner}"),
        docstring=docstring([f"{', '.join(held[:8])}{', …' if len(held) > 8 else ''}"]),
    )
