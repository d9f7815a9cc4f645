"""What requests send of a model that services show more of: one made for requests goes in, or one that was read."""

from __future__ import annotations

from collections.abc import Mapping as Mapping
from collections.abc import Sequence as Sequence
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, Union

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

Made = TypeVar("Made")
Read = TypeVar("Read")

if TYPE_CHECKING:
    Given = Union[Made, Read]  # noqa: UP007 - what is subscripted is an alias of its own
else:

    class Given:
        """Either of two models: `Given[ThingRequest, Thing]` is made as the first, and taken as the second."""

        def __class_getitem__(cls, kinds):
            made, read = kinds
            return Annotated[made, _AsRead(read)]


class _AsRead:
    """Lets an instance of a model that was read stand where another one is made.

    JSON is always read as the one that is made, so that what is left out of a body is missed.
    """

    __slots__ = ("_read",)

    def __init__(self, read: type[Any]) -> None:
        self._read = read

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        made = handler(source)
        return core_schema.json_or_python_schema(
            made,
            core_schema.no_info_wrap_validator_function(self._kept, made),
            serialization=core_schema.simple_ser_schema("any"),
        )

    def _kept(self, value: Any, made: Any) -> Any:
        return value if isinstance(value, self._read) else made(value)
