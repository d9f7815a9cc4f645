"""Webhooks: the body of a request that a service sent goes in, the value that the documents describe comes out."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ValidationError

from .depth import too_deep
from .differences import some_of, told_by
from .direct import adapter, is_large
from .errors import RequestValidationError
from .parse import ABSENT, LOGGER, read_json
from .tolerant import fit, of_kind


def parse(name: str, kind: Any, body: bytes | str, validate: Literal["tolerant", "strict"]) -> Any:
    """Read what a service sent; who sent it, and whether it is signed, is for the caller to check before.

    Raises:
        RequestValidationError: the body is not JSON of the right kind; with `strict`, also if it differs in any field.
    """
    data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else bytes(body)
    if too_deep(data):
        raise RequestValidationError(f"{name}: nested deeper than 100 levels", operation=name)
    faults: list[str] = []
    if not is_large(data):
        try:
            return adapter(kind).validate_json(data, strict=True, extra="allow")
        except ValidationError as error:
            faults = told_by(error)
    value = read_json(data)
    if value is ABSENT:
        raise RequestValidationError(f"{name}: not JSON", operation=name)
    if not of_kind(kind, value) or (faults and validate == "strict"):
        raise RequestValidationError(f"{name}: {some_of(faults) or 'of another kind'}", operation=name)

    def report(place: str, what: str) -> None:
        faults.append(f"{place}: {what}")
        if validate == "tolerant":
            LOGGER.warning("%s: the request differs from its documentation: %s: %s", name, place, what)

    faults.clear()
    fitted = fit(kind, value, name, report)
    if faults and validate == "strict":
        raise RequestValidationError(f"{name}: {some_of(faults)}", operation=name)
    return fitted
