"""Models, points in time, secrets and the unset value."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from .runtime_sample import ACCESS, SECRET, TOKEN, Tag, Thing, Update, credentials

# isort: split
from apiscribe_runtime.model import DateTime, Model, WireTime, parse_time
from apiscribe_runtime.secret import Secret
from apiscribe_runtime.unset import UNSET, Unset

NINE = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-07-30T04:54:33Z", datetime(2024, 7, 30, 4, 54, 33, tzinfo=UTC)),
        ("2024-07-30T04:54:33.219373Z", datetime(2024, 7, 30, 4, 54, 33, 219373, tzinfo=UTC)),
        ("2024-07-30T04:54:33.1234567Z", datetime(2024, 7, 30, 4, 54, 33, 123456, tzinfo=UTC)),
        ("2024-07-30T04:54:33.219373", datetime(2024, 7, 30, 4, 54, 33, 219373)),
        ("2024-07-30T04:54:33+09:00", datetime(2024, 7, 30, 4, 54, 33, tzinfo=NINE)),
        ("2025-02-25 03:07:17.000", datetime(2025, 2, 25, 3, 7, 17)),
        ("2025-01-01 00:00:00 UTC+0", datetime(2025, 1, 1, tzinfo=UTC)),
        ("2025-01-01 00:00:00 UTC+9", datetime(2025, 1, 1, tzinfo=NINE)),
        ("20251008", datetime(2025, 10, 8)),
        ("2024-08-01", datetime(2024, 8, 1)),
    ],
)
def test_date_times_keep_their_text(text: str, moment: datetime) -> None:
    found = TypeAdapter(DateTime).validate_json(f'"{text}"', strict=True)
    assert found == moment
    assert found.tzinfo == moment.tzinfo
    assert TypeAdapter(DateTime).dump_json(found) == f'"{text}"'.encode()
    for twin in (pickle.loads(pickle.dumps(found)), copy.copy(found), copy.deepcopy(found)):
        assert twin == moment
        assert twin.text == text
    assert (found + timedelta(seconds=1)).text is None
    assert found.replace(microsecond=0).text is None


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2024-08", "P1Y2M10DT2H30M15S", "2024-13-01T00:00:00Z", "12:00", "1700000000", "2024-W01-1", "9" * 99],
)
def test_other_texts_are_no_date_times(text: str) -> None:
    with pytest.raises(ValueError, match="date-time"):
        parse_time(text)
    with pytest.raises(ValidationError):
        TypeAdapter(DateTime).validate_python(text)


def test_date_times_in_requests() -> None:
    assert (
        Update(at=datetime(2024, 1, 2, tzinfo=UTC)).model_dump_json(exclude_unset=True)
        == '{"at":"2024-01-02T00:00:00Z"}'
    )
    assert Update(at=datetime(2024, 1, 2)).model_dump_json(exclude_unset=True) == '{"at":"2024-01-02T00:00:00"}'
    assert '"2024-01-02 00:00:00"' in Update(at="2024-01-02 00:00:00").model_dump_json()  # type: ignore[arg-type]
    assert isinstance(Update(at="2024-01-02").at, WireTime)  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        Update(at=5)  # type: ignore[arg-type]


def test_models_refuse_unknown_names_and_take_both_names() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        Update(nonsense=1)  # type: ignore[call-arg]
    assert Update(k8s_version="1") == Update.model_validate({"k8s.version": "1"})
    assert Update(k8s_version="1").model_dump_json(by_alias=True, exclude_unset=True) == '{"k8s.version":"1"}'
    assert Update(description=None).model_dump(exclude_unset=True) == {"description": None}


def test_models_show_no_secrets() -> None:
    assert "hunter2" not in repr(Update(admin_password="hunter2"))
    with pytest.raises(ValidationError) as caught:
        Update(admin_password=["hunter2"], nonsense="hunter2")  # type: ignore[arg-type, call-arg]
    assert "hunter2" not in str(caught.value)
    found = TypeAdapter(Tag).validate_json('{"key":"a","db_password":"hunter2","plain":"x"}', extra="allow")
    assert repr(found) == "Tag(key='a', plain='x')"


def test_a_model_with_fields_named_like_pydantic_and_shared_defaults() -> None:
    class Odd(Model):
        model_name: str | None = None
        many: list[str] = Field(default_factory=list)

    assert Odd(model_name="x").model_dump(exclude_unset=True) == {"model_name": "x"}
    assert Odd().many is not Odd().many
    assert Thing(id="1", name="n").tags is not Thing(id="1", name="n").tags


def test_secrets() -> None:
    secret = Secret("hunter2")
    assert secret.reveal() == "hunter2"
    assert secret.key == b"hunter2"
    assert f"{secret} {secret!r} {secret!s} {secret:>5} {[secret]}" == "*** *** *** *** [***]"
    assert secret == Secret("hunter2") != Secret("x")
    assert secret != "hunter2"
    assert len({secret, Secret("hunter2")}) == 1
    assert copy.copy(secret) is copy.deepcopy(secret) is secret
    assert not Secret("")
    assert not hasattr(secret, "__dict__")
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError, match="not pickled"):
            pickle.dumps(secret, protocol)
    with pytest.raises(AttributeError):
        secret.key = b""  # type: ignore[misc]
    with pytest.raises(TypeError):
        Secret(b"x")  # type: ignore[arg-type]


def test_credentials_show_nothing() -> None:
    found = credentials(TOKEN)
    assert repr(found) == "Credentials(access_key=***, secret_key=***, session_token=***)"
    assert repr(credentials()) == "Credentials(access_key=***, secret_key=***)"
    for hidden in (ACCESS, SECRET, TOKEN):
        assert hidden not in f"{found}{found!r}"
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(found)
    with pytest.raises(AttributeError):
        found.access_key = "x"
    assert copy.deepcopy(found) is found


def test_unset() -> None:
    assert not UNSET
    assert repr(UNSET) == "UNSET"
    assert Unset() is UNSET
    for twin in (pickle.loads(pickle.dumps(UNSET)), copy.copy(UNSET), copy.deepcopy(UNSET)):
        assert twin is UNSET
    value: Any = UNSET
    assert value is not None
