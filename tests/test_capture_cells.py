"""Cells: any that the grammar can make is read back as the same type, alone and in a row of every form."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apiscribe.capture.cells import AnyOf, ArrayOf, Cell, Enumeration, Null, Primitive, Reference
from apiscribe.capture.profiles.samsungcloud.grammar import parse_cell

from .portal_pages import Endpoint, Service, capture_pages, document, endpoint_page, service_print, without_sources

primitives = st.one_of(
    st.builds(Primitive, name=st.sampled_from(["string", "integer", "number", "boolean", "object"])),
    st.builds(Primitive, name=st.just("string"), format=st.sampled_from(["date-time", "email", "uuid"])),
)
values = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.:/ -]{0,8}[A-Za-z0-9]", fullmatch=True)
enumerations = st.builds(
    Enumeration, values=st.lists(values, min_size=1, max_size=4, unique=True).map(lambda listed: tuple(listed))
)
names = st.sampled_from(["Other", "ServerCreateRequestV1Dot2", "OS", "Tag"])
cells: st.SearchStrategy[Cell] = st.recursive(
    st.one_of(primitives, enumerations, st.builds(Reference, name=names)),
    lambda inner: st.one_of(
        st.builds(ArrayOf, item=inner),
        st.builds(lambda items: AnyOf(items=(*items, Null())), st.lists(inner, min_size=1, max_size=3, unique=True)),
        st.builds(lambda items: AnyOf(items=tuple(items)), st.lists(inner, min_size=2, max_size=3, unique=True)),
    ),
    max_leaves=6,
)
flags = st.sampled_from(["required", "optional"])
descriptions = st.sampled_from([[], ["A word"], ["크기"], ["What it is, and why"]])


def printed(cell: Cell) -> str:
    """Print a cell as the portal does."""
    match cell:
        case Primitive(name=name, format=form):
            return f"{name} ({form})" if form else name
        case Enumeration(values=listed):
            return f"enum ({', '.join(listed)})"
        case Reference(name=name):
            return name
        case ArrayOf(item=item):
            return f"array[{printed(item)}]"
        case AnyOf(items=items):
            return f"any of [{', '.join(printed(item) for item in items)}]"
    return "null"


@settings(derandomize=True, max_examples=500, deadline=None)
@given(cells)
def test_any_cell_that_is_printed_is_read_back_equal(cell: Cell) -> None:
    assert parse_cell(printed(cell)) == cell


@st.composite
def services(draw: st.DrawFn) -> Service:
    def row(name: str) -> tuple[str, str, list[str], str, str]:
        return name, draw(flags), draw(descriptions), printed(draw(cells)), ""

    fields = [row(f"field{number}") for number in range(draw(st.integers(1, 4)))]
    rows = [("query", *row(f"asked-{number}")[:4], "None") for number in range(draw(st.integers(0, 3)))]
    needed = "&".join(f"{one[1]}={{{one[1]}}}" for one in rows if one[2] == "required")
    endpoint = Endpoint(
        name="ListThings", method="get", path="/v1/things", rows=rows, query=f"?{needed}" if needed else ""
    )
    models: dict[str, Any] = {name: [] for name in ("Other", "ServerCreateRequestV1Dot2", "OS", "Tag")}
    return Service(name="things", title="Things", endpoints=[endpoint], models={"Thing": fields, **models})


@settings(derandomize=True, max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(services())
def test_any_cell_in_a_row_means_the_same_in_every_form(service: Service) -> None:
    found = {
        form: without_sources(document(capture_pages((f"things/_print.{ending}", service_print(service, form)))))
        for form, ending in (("a", "txt"), ("b", "md"), ("c", "md"), ("d", "html"))
    }
    told = found["a"]["components"]["schemas"]["Thing"]["properties"]
    assert list(told) == [row[0] for row in service.models["Thing"]]
    assert found["b"] == found["a"]
    assert found["c"] == found["a"]
    assert found["d"] == found["a"]


@settings(derandomize=True, max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(services(), st.randoms(use_true_random=False))
def test_pages_of_all_forms_give_the_same_bytes_in_any_order(service: Service, source: random.Random) -> None:
    (endpoint,) = service.endpoints
    pages = [
        ("a/things/_print.txt", service_print(service, "a")),
        ("b/things/_print.md", service_print(service, "b", "ko")),
        ("c/things/apis/listthings/1.1.md", endpoint_page(service, endpoint, "c")),
        ("d/things/apis/listthings/1.1.html", endpoint_page(service, endpoint, "d", "ko")),
    ]
    expected = [one.text for one in capture_pages(*pages).documents]
    source.shuffle(pages)
    assert [one.text for one in capture_pages(*pages).documents] == expected
