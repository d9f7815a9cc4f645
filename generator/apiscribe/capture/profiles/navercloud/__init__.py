"""NAVER Cloud Platform: the reader of its pages, and the conventions of its documents."""

from __future__ import annotations

import re
from types import MappingProxyType

from apiscribe.capture.page_text import Layout
from apiscribe.capture.profile import Conventions, Profile
from apiscribe.capture.profiles.navercloud import facts
from apiscribe.capture.profiles.navercloud.reader import read
from apiscribe.capture.profiles.navercloud.signing import DROPPED_HEADERS, SCHEMES

_NEVER = re.compile(r"(?!)")

_CONVENTIONS = Conventions(
    environment_prefix="NCLOUD",
    constant_headers=(),
    shared_parameters=MappingProxyType({}),
    dropped_headers=DROPPED_HEADERS,
    media_type="application/json",
    scheme="NcpSignature",
    security_schemes=SCHEMES,
    secret=facts.SECRET_NAME,
    not_secret=facts.NOT_SECRET_NAME,
    server_template="https://{service}.apigw.ntruss.com",
    global_server_template="https://ncloud.apigw.ntruss.com",
    global_services=facts.ACTION_SERVICES,
    server_values=(),
    server_defaults=MappingProxyType({}),
    deprecated_states=frozenset(),
    pagination=(),
)

PROFILE = Profile(
    name="navercloud",
    layout=Layout(
        headings=facts.HEADINGS,
        heading_pattern=_NEVER,
        code=_NEVER,
        tables=MappingProxyType({}),
        is_commonmark=True,
    ),
    read=read,
    marks=facts.MARKS,
    conventions=_CONVENTIONS,
    columns=facts.COLUMN_ROLES,
)
