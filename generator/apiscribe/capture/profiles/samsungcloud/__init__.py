"""The Samsung Cloud Platform: its pages' layout, their reader, and the conventions of its documents."""

from __future__ import annotations

from types import MappingProxyType

from apiscribe.capture.profile import Conventions, Pagination, Profile
from apiscribe.capture.profiles.samsungcloud import facts
from apiscribe.capture.profiles.samsungcloud.reader import read
from apiscribe.capture.profiles.samsungcloud.rows import LAYOUT
from apiscribe.capture.profiles.samsungcloud.signing import SCHEMES

_CONVENTIONS = Conventions(
    environment_prefix="SCP",
    constant_headers=((facts.VERSION_HEADER, "{service} {version}"),),
    shared_parameters=MappingProxyType(
        {
            "AcceptLanguage": {
                "name": facts.LANGUAGE_HEADER,
                "in": "header",
                "required": False,
                "description": "Language of messages in responses",
                "schema": {"type": "string", "enum": ["ko-KR", "en-US"], "default": "en-US"},
                "x-client-option": "language",
            }
        }
    ),
    dropped_headers=frozenset(
        {"accept", "content-type", "authorization", *(name.lower() for name in facts.HEADER_BLOCK)}
    ),
    media_type="application/json",
    scheme="ScpSignature",
    security_schemes=SCHEMES,
    secret=facts.SECRET_NAME,
    not_secret=facts.NOT_SECRET_NAME,
    server_template=facts.SERVER_TEMPLATE,
    global_server_template=facts.GLOBAL_SERVER_TEMPLATE,
    global_services=facts.GLOBAL_SERVICES,
    server_values=tuple(tuple(zip(facts.REGION_COLUMNS, values, strict=True)) for values in facts.SERVER_VALUES),
    server_defaults=facts.SERVER_DEFAULTS,
    deprecated_states=facts.DEPRECATED_STATES,
    current_states=facts.CURRENT_STATES,
    ended_states=facts.ENDED_STATES,
    model_version=facts.MODEL_VERSION,
    pagination=tuple(
        Pagination(style="page", page="page", size="size", first=0, items=items, total=total)
        for items, total in facts.PAGED_LISTS
    ),
)

PROFILE = Profile(
    name="samsungcloud",
    layout=LAYOUT,
    read=read,
    marks=facts.MARKS,
    conventions=_CONVENTIONS,
    columns=facts.COLUMN_ROLES,
    page_forms=facts.PAGE_FORMS,
)
