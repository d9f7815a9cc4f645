"""Groups: one module for each client, whose classes hold the client's methods by resource."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from apiscribe.code import Code, docstring, identifier, relative_module
from apiscribe.plan.group_names import GroupNames
from apiscribe.plan.names import iterator_key, waiter_key
from apiscribe.plan.service import ServicePlan, runtime_module
from apiscribe.plan.streams import method_key
from apiscribe.view import File, Group, GroupLink, GroupMember, GroupsModule, Import, Method

# The mark of deprecated methods, and what carries it in a group, under names that no method can have.
DEPRECATED = Code("deprecated as _deprecated")
_MEMBER = Code("member as _member")


def group_file(plan: ServicePlan, folder: str, methods: Iterable[Method], *, waits: bool) -> File:
    """Plan the module of the groups of one client, whose methods are given; `waits` asks for the async one."""
    prefix, marked = ("async_", "Async") if waits else ("", "")
    client = f"{marked}{plan.names.client}"
    planner = _Planner(plan, methods, marked)
    groups = tuple(planner.group(item) for item in _all(plan.groups.tree))
    view = GroupsModule(
        docstring=docstring([f"The methods of `{client}` by resource; imported when a group is first used."]),
        imports=_imports(client, prefix) if any(group.marked for group in groups) else (),
        client=identifier(client),
        client_module=relative_module(1, f"{prefix}client"),
        groups=groups,
    )
    return File(path=f"{folder}/{prefix}groups.py", template="client/groups.py.j2", view=view)


def group_links(plan: ServicePlan, *, waits: bool) -> tuple[GroupLink, ...]:
    """List the groups that a client shows."""
    return tuple(_link(item, "Async" if waits else "") for item in plan.groups.tree)


def _imports(client: str, prefix: str) -> tuple[Import, ...]:
    return (
        Import(module=identifier("typing"), names=identifier("Any")),
        Import(module=runtime_module("grouped"), names=_MEMBER),
        Import(module=runtime_module("warn"), names=DEPRECATED),
        Import(module=relative_module(1, f"{prefix}client"), names=identifier(client)),
    )


def _all(groups: Iterable[GroupNames]) -> Iterator[GroupNames]:
    for group in groups:
        yield group
        yield from _all(group.groups)


class _Planner:
    """Plans the groups of one client; `marked` is what the names of its classes begin with."""

    def __init__(self, plan: ServicePlan, methods: Iterable[Method], marked: str) -> None:
        self._marked = marked
        by_name = {str(method.name): method.deprecated for method in methods}
        names, self._without_views = plan.names.methods, set[str]()
        self._deprecated: dict[str, Code | None] = {}
        for operation in plan.api.operations:
            keys = (iterator_key(operation), waiter_key(operation), method_key(operation))
            siblings = [key for key in keys if key in names]
            self._without_views |= {iterator_key(operation), waiter_key(operation)}
            for key in (operation.id, *siblings):
                self._deprecated[key] = by_name[names[operation.id]]

    def group(self, group: GroupNames) -> Group:
        members = {key: self._member(key, name, flat) for key, name, flat in group.members}
        place = f"client.{'.'.join(group.path)}"
        return Group(
            name=identifier(f"{self._marked}{group.owner}"),
            raw_name=identifier(f"{self._marked}{group.raw}"),
            streaming_name=identifier(f"{self._marked}{group.streaming}"),
            docstring=docstring([f"The methods below `{place}`."]),
            members=tuple(item for item in members.values() if item.deprecated is None),
            marked=tuple(item for item in members.values() if item.deprecated is not None),
            operations=tuple(item for key, item in members.items() if key not in self._without_views),
            links=tuple(_link(item, self._marked) for item in group.groups),
        )

    def _member(self, key: str, name: str, flat: str) -> GroupMember:
        return GroupMember(name=identifier(name), method=identifier(flat), deprecated=self._deprecated[key])


def _link(group: GroupNames, marked: str) -> GroupLink:
    held = [name for _, name, _ in group.members] + [f"{item.name}…" for item in group.groups]
    return GroupLink(
        name=identifier(group.name),
        owner=identifier(f"{marked}{group.owner}"),
        docstring=docstring([f"{', '.join(held[:8])}{', …' if len(held) > 8 else ''}"]),
    )
