"""Extensions: what people add to a package lives beside what is generated, and survives every generation."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from .client_room import BOTH, run
from .command_line import run as invoke
from .generation import headed, imported
from .loopback import json_answer, loopback

OLD = headed("""
paths:
  /things:
    get:
      operationId: listThings
      deprecated: true
      responses: {'200': {description: ok, content: {application/json: {schema: {type: array, items: {}}}}}}
""")
EXTENSION = '''\
"""Ours."""

from .. import shop


class Shop(shop.Shop):
    """A shop that counts."""

    def count_things(self) -> int:
        return len(self.things.list())


class AsyncShop(shop.AsyncShop):
    """A shop that counts."""

    async def count_things(self) -> int:
        return len(await self.list_things())
'''


@BOTH
def test_a_subclass_among_the_extensions_survives_generation(kind: str, tmp_path: Path) -> None:
    document, out = tmp_path / "shop.yaml", tmp_path / "client"
    document.write_text(OLD, encoding="utf-8")
    arguments = (str(document), "--out", str(out), "--package", "shopping")
    assert invoke(tmp_path, "generate", *arguments).code == 0
    extension = out / "shopping" / "extensions" / "__init__.py"
    extension.parent.mkdir()
    extension.write_text(EXTENSION, encoding="utf-8")
    document.write_text(OLD.replace("/things", "/v2/things"), encoding="utf-8")
    assert [invoke(tmp_path, what, *arguments).code for what in ("generate", "check")] == [0, 0]
    assert extension.read_text(encoding="utf-8") == EXTENSION
    with imported({}, out), loopback(json_answer("[1, 2]")) as server:
        ours = importlib.import_module("shopping.extensions")
        with pytest.warns(DeprecationWarning, match="listThings is deprecated") as told:
            count = run(kind, "Shop", lambda c: c.count_things(), package=ours, base_url=server.url, credentials=None)
        assert count == 2
        assert [item.target for item in server.received] == ["/v2/things"]
    assert {warning.filename for warning in told} == {str(extension)}
