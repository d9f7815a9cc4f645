"""The operations of Servers 1 as the runtime works from them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from ..._runtime import operation as _operation, service as _service

if TYPE_CHECKING:
    from .models.list_files_response import ListFilesResponse
    from .models.list_things_response import ListThingsResponse

ELSEWHERE = (
    (
        _service.Server(
            url="https://files.{region}.example.com/v{version}/",
            variables=(
                _service.ServerVariable(
                    name="region",
                    argument="region",
                    default="eu",
                    values=("eu", "ap"),
                    required=False,
                ),
                _service.ServerVariable(
                    name="version", argument="version", default="3", values=(), required=False
                ),
            ),
            allowed=(),
        ),
    ),
    (
        _service.Server(url="https://uploads.example.com/", variables=(), allowed=()),
        _service.Server(
            url="https://{region}.uploads.example.com",
            variables=(
                _service.ServerVariable(
                    name="region",
                    argument="region",
                    default="eu",
                    values=("eu", "us"),
                    required=False,
                ),
            ),
            allowed=(),
        ),
    ),
    (_service.Server(url="/v2", variables=(), allowed=()),),
)
SERVICE = _service.Service(
    name="servers",
    title="Servers",
    version="1",
    servers=(
        _service.Server(url="https://api.example.com/v1", variables=(), allowed=()),
        _service.Server(url="https://try.example.com/v1", variables=(), allowed=()),
    ),
    options=(),
    environment_prefix="CASES_PACKAGE",
    profile_folder="cases_package",
    elsewhere=ELSEWHERE,
)


def _types_of_list_things() -> _operation.Types:
    from .models.list_things_response import ListThingsResponse

    return _operation.Types(
        body=None,
        responses={"200": ListThingsResponse},
    )


@_operation.Operation.late
def list_things() -> _operation.Operation[ListThingsResponse]:
    return _operation.Operation(
        id="listThings",
        name="list_things",
        method="GET",
        path=("/things",),
        responses=("200",),
        signed=False,
        pagination=_operation.Pagination(style="url", page="", first=0, items="items", next="next"),
        types=_types_of_list_things,
    )


def _types_of_list_files() -> _operation.Types:
    from .models.list_files_response import ListFilesResponse

    return _operation.Types(
        body=None,
        responses={"200": ListFilesResponse},
    )


@_operation.Operation.late
def list_files() -> _operation.Operation[ListFilesResponse]:
    return _operation.Operation(
        id="listFiles",
        name="list_files",
        method="GET",
        path=("/things/", "/files"),
        parameters=(
            _operation.Parameter(name="id", argument="id_", location="path", required=True),
        ),
        responses=("200",),
        signed=False,
        pagination=_operation.Pagination(style="url", page="", first=0, items="items", next="next"),
        servers=ELSEWHERE[0],
        types=_types_of_list_files,
    )


def _types_of_upload() -> _operation.Types:

    return _operation.Types(
        body=None,
        responses={"204": None},
    )


@_operation.Operation.late
def upload() -> _operation.Operation[None]:
    return _operation.Operation(
        id="upload",
        name="upload",
        method="POST",
        path=("/things/", "/files"),
        parameters=(
            _operation.Parameter(name="id", argument="id_", location="path", required=True),
        ),
        body=_operation.Body(media_type="application/octet-stream", required=False, fields=()),
        responses=("204",),
        signed=False,
        servers=ELSEWHERE[1],
        types=_types_of_upload,
    )


def _types_of_try_beta() -> _operation.Types:

    return _operation.Types(
        body=None,
        responses={"204": None},
    )


@_operation.Operation.late
def try_beta() -> _operation.Operation[None]:
    return _operation.Operation(
        id="tryBeta",
        name="try_beta",
        method="GET",
        path=("/beta",),
        responses=("204",),
        signed=False,
        servers=ELSEWHERE[2],
        types=_types_of_try_beta,
    )


def _types_of_same() -> _operation.Types:

    return _operation.Types(
        body=None,
        responses={"204": None},
    )


@_operation.Operation.late
def same() -> _operation.Operation[None]:
    return _operation.Operation(
        id="same",
        name="same",
        method="GET",
        path=("/same",),
        responses=("204",),
        signed=False,
        types=_types_of_same,
    )


def _types_of_none() -> _operation.Types:

    return _operation.Types(
        body=None,
        responses={"204": None},
    )


@_operation.Operation.late
def none() -> _operation.Operation[None]:
    return _operation.Operation(
        id="none",
        name="none",
        method="GET",
        path=("/none",),
        responses=("204",),
        signed=False,
        types=_types_of_none,
    )
