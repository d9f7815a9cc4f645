"""Names that frameworks made of functions: an operationId goes in, what the function is called comes out."""

from __future__ import annotations

import re
from itertools import takewhile

from apiscribe.naming import PATH_PREFIXES, VERSION, snake_case, words

# What frameworks put into an operationId besides the name of a function.
_MADE = (
    re.compile(r"(\w[a-z0-9])Using(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)(?:_\d+)?\Z"),
    re.compile(r"\A([A-Za-z][A-Za-z0-9]*)Controller(?=[._][A-Za-z])"),
    re.compile(r"([a-z])Async\Z"),
)
# What Flask and its like write before a variable of a path: `<int:id>`.
_CONVERTER = "(?:(?:any|float|int|path|string|uuid)_)?"
# Verbs with which functions begin whose name a framework puts behind the method.
_DOUBLED = {
    "get": ("get",),
    "post": ("create", "add", "post"),
    "put": ("update", "replace", "put"),
    "patch": ("update", "patch"),
    "delete": ("delete", "remove"),
}


def without_address(name: str, method: str, path: str) -> str:
    """Take path and method off an operationId that ends in both, as frameworks make them of functions; else empty.

    >>> without_address("read_flow_flows__id__get", "get", "/flows/{id}")
    'read_flow'
    >>> without_address("get_flows_get", "get", "/flows"), without_address("list_flows", "get", "/flows")
    ('get', '')
    >>> without_address("_flows_get", "get", "/flows")
    ''
    >>> without_address("update_flow_flows__int_id__put", "put", "/flows/{id}")  # of `/flows/<int:id>`
    'update_flow'
    """
    pieces = re.split(r"\{", f"{path}_{method.lower()}")
    address = f"_{_CONVERTER}".join(re.sub(r"\W", "_", piece) for piece in pieces)
    found = re.search(rf"{address}\Z", name)
    return name[: found.start()].strip("_") if found else ""


def _without_method(name: str, method: str) -> str:
    """Take the method off that stands before the name of a function, where that has a verb of its own.

    >>> _without_method("get~list_books", "get"), _without_method("post_create_todo", "post")
    ('list_books', 'create_todo')
    >>> _without_method("get_list", "get"), _without_method("get_gettysburg", "get")
    ('get_list', 'get_gettysburg')
    """
    verbs = "|".join(_DOUBLED.get(method.lower(), ()))
    found = re.match(rf"{method.lower()}(?:~|_(?=(?:{verbs})(?:_|\Z)))", name) if verbs else None
    return name[found.end() :] if found else name


def person_name(name: str, method: str, path: str) -> str:
    """Give the Python name of an operationId that a framework made, without what it put there; else empty.

    >>> person_name("getApiV1UsersById", "get", "/api/v1/users/{id}"), person_name("getUser", "get", "/users/{id}")
    ('get_users_by_id', '')
    >>> [person_name(name, "get", "/a") for name in ("UsersController_findAll", "listUsersUsingGET", "GetUsersAsync")]
    ['users_find_all', 'list_users', 'get_users']
    """
    left = without_address(name, method, path) or _without_method(name, method)
    for pattern in _MADE:
        left = pattern.sub(r"\1", left)
    spelled = words(left)
    prefix = _prefix(spelled, method, path)
    shown = snake_case(" ".join((*spelled[:1], *spelled[1 + prefix :]))) if spelled else ""
    return shown if left != name or prefix else ""


def _prefix(spelled: tuple[str, ...], method: str, path: str) -> int:
    """Count the words of a name that stand for the address of the API, where all the name is method and path."""
    segments = [part for part in path.split("/") if part]
    told = {word for part in segments for word in words(part)} | {"by", "and"}
    if not spelled or spelled[0] != method.lower() or not set(spelled[1:]) <= told:
        return 0
    begins = [word for part in takewhile(_is_prefix, segments) for word in words(part)]
    matches = begins and list(spelled[1 : 1 + len(begins)]) == begins
    return len(begins) if matches and len(spelled) > 1 + len(begins) else 0


def _is_prefix(segment: str) -> bool:
    return VERSION.fullmatch(segment) is not None or segment.lower() in PATH_PREFIXES
