"""The modules of a generated package: what an import loads, what `dir` shows, what the distribution ships."""

from __future__ import annotations

import importlib
import json
import pickle
import pkgutil
import subprocess
import sys
from types import ModuleType
from typing import Any

import pytest
import samsungcloud
from pydantic import BaseModel
from samsungcloud import data_flow, data_ops
from samsungcloud.data_flow import v1_0, v1_1
from samsungcloud.data_ops.v1_1 import models

from .client_room import GENERATED

PRINT = "import json, sys; print(json.dumps(sorted(n for n in sys.modules if n.split('.')[0] in {watched!r})))"
WATCHED = ("samsungcloud", "httpx", "pydantic", "asyncio", "apiscribe")


def loaded(code: str) -> set[str]:
    """Run code in a fresh interpreter and give the modules it loaded of those that matter here."""
    script = f"{code}\n{PRINT.format(watched=WATCHED)}"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(json.loads(result.stdout))


def test_the_package_alone_loads_nothing() -> None:
    assert loaded("import samsungcloud") == {"samsungcloud"}


def test_names_of_the_package_load_what_they_need() -> None:
    credentials = loaded("from samsungcloud import Credentials, NotFoundError")
    assert not [name for name in credentials if name.split(".")[0] in ("httpx", "pydantic", "apiscribe")]
    assert not [name for name in credentials if name.startswith("samsungcloud.data_")]


@pytest.mark.parametrize(
    ("name", "own", "others"),
    [
        ("DataOps", "samsungcloud.data_ops.v1_1", "samsungcloud.data_flow"),
        ("AsyncDataFlow", "samsungcloud.data_flow.v1_1", "samsungcloud.data_ops"),
    ],
)
def test_a_client_loads_its_own_service(name: str, own: str, others: str) -> None:
    modules = loaded(f"from samsungcloud import {name}")
    kind = "async_client" if name.startswith("Async") else "client"
    assert {module for module in modules if module.startswith(own)} == {own, f"{own}._operations", f"{own}.{kind}"}
    assert not [module for module in modules if module.startswith(others)]
    assert not [module for module in modules if module.startswith("samsungcloud.data_flow.v1_0")]
    assert "apiscribe" not in modules


def test_a_blocking_program_does_without_asyncio_of_ours() -> None:
    assert "samsungcloud.data_ops.v1_1.async_client" not in loaded("from samsungcloud import DataOps")
    httpx_alone = {name for name in loaded("import httpx, pydantic") if name.split(".")[0] == "asyncio"}
    ours = {name for name in loaded("from samsungcloud import DataOps") if name.split(".")[0] == "asyncio"}
    assert ours <= httpx_alone


MADE = """
from samsungcloud import Credentials, DataOps
client = DataOps(credentials=Credentials("a", "b"), base_url="http://localhost")
"""
USED = """
from samsungcloud.data_ops.v1_1 import _operations
assert _operations.show_data_ops.loaded.responses
"""


def test_models_are_loaded_by_the_operations_that_use_them() -> None:
    assert not [name for name in loaded(MADE) if ".models" in name]
    assert {name for name in loaded(MADE + USED) if ".models." in name} == {
        "samsungcloud.data_ops.v1_1.models.data_ops_detail_response_v1_dot1"
    }


def packages() -> list[ModuleType]:
    """List the packages whose names are loaded on first use."""
    return [samsungcloud, data_ops, data_flow, v1_0, v1_1, models]


@pytest.mark.parametrize("package", packages(), ids=lambda package: package.__name__)
def test_lazy_names(package: ModuleType) -> None:
    assert package.__all__ == sorted(package.__all__)
    assert set(package.__all__) <= set(dir(package))
    for name in package.__all__:
        assert getattr(package, name) is getattr(package, name)
    with pytest.raises(AttributeError, match=rf"module '{package.__name__}' has no attribute 'Nothing'"):
        _ = package.Nothing
    assert not hasattr(package, "__path_of_nothing__")


def test_star_import_gives_all_names() -> None:
    names: dict[str, Any] = {}
    exec("from samsungcloud import *", names)
    assert set(samsungcloud.__all__) <= set(names)


def test_the_names_of_the_package() -> None:
    expected = {"AsyncDataFlow", "AsyncDataOps", "Credentials", "DataFlow", "DataOps", "Hooks", "RawResponse", "UNSET"}
    assert expected < set(samsungcloud.__all__)
    assert samsungcloud.__version__


def test_every_module_can_be_imported() -> None:
    found = [info.name for info in pkgutil.walk_packages(samsungcloud.__path__, "samsungcloud.")]
    assert len(found) > 80
    for name in found:
        importlib.import_module(name)


def test_every_model_can_be_built_pickled_and_described() -> None:
    count = 0
    for info in pkgutil.walk_packages(samsungcloud.__path__, "samsungcloud."):
        for value in vars(importlib.import_module(info.name)).values():
            if isinstance(value, type) and issubclass(value, BaseModel) and value.__module__ == info.name:
                value.model_rebuild()
                assert value.model_json_schema()["title"] == value.__name__
                empty = value.model_construct()
                assert pickle.loads(pickle.dumps(empty)) == empty
                assert value.__doc__
                count += 1
    assert count > 50


def test_versions_have_models_of_their_own() -> None:
    old = importlib.import_module("samsungcloud.data_flow.v1_0.models")
    new = importlib.import_module("samsungcloud.data_flow.v1_1.models")
    assert set(old.__all__) <= set(new.__all__)
    for name in old.__all__:
        assert getattr(old, name) is not getattr(new, name)


def test_the_distribution_is_typed() -> None:
    assert (GENERATED / "samsungcloud" / "py.typed").is_file()
    for path in (GENERATED / "samsungcloud").rglob("*.py"):
        assert b"apiscribe" not in path.read_bytes(), path
