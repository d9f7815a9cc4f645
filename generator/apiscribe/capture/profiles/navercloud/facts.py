"""The facts room: labels, words, types and hosts of NAVER Cloud Platform's API reference, as data."""

from __future__ import annotations

import re
from types import MappingProxyType

from apiscribe.capture.bullets import Words
from apiscribe.capture.cells import ArrayOf, Cell, Primitive, Unstated
from apiscribe.capture.labelled import Labels
from apiscribe.capture.labelled_fields import FieldWords

# Roles of sections, and where the rows of their tables go.
METHOD = "method"
SYNTAX, REQUEST_EXAMPLE = "request syntax", "request example"
BODY, RESPONSE_BODY = "request body", "response body"
RESPONSE_SYNTAX, RESPONSE_EXAMPLE, STATUS = "response syntax", "response example", "response status"
FIELDS, MODEL_SYNTAX = "field", "syntax"
API_URL, ERROR_BODY, OPERATIONS = "api url", "error body", "operations"
# What a page is, by a section that only pages of its kind have; a page of an operation has a table of its call.
OPERATION_PAGE, MODEL_PAGE = "operation page", "model page"
KINDS = MappingProxyType({API_URL: "service overview page", FIELDS: MODEL_PAGE})
PARAMETERS = MappingProxyType(
    {"request headers": "header", "request path parameters": "path", "request query parameters": "query"}
)

_EN = {
    "request": METHOD,
    "requests": METHOD,
    "api uri": METHOD,
    "request url": METHOD,
    "request headers": "request headers",
    "request header": "request headers",
    "request path parameters": "request path parameters",
    "path variables": "request path parameters",
    "request query parameters": "request query parameters",
    "request parameters": "request query parameters",
    "request syntax": SYNTAX,
    "request body": BODY,
    "request example": REQUEST_EXAMPLE,
    "request examples": REQUEST_EXAMPLE,
    "response": "response",
    "responses": "response",
    "response body": RESPONSE_BODY,
    "response parameters": RESPONSE_BODY,
    "response syntax": RESPONSE_SYNTAX,
    "response status codes": STATUS,
    "response status code": STATUS,
    "response example": RESPONSE_EXAMPLE,
    "response examples": RESPONSE_EXAMPLE,
    "syntax": MODEL_SYNTAX,
    "field": FIELDS,
    "fields": FIELDS,
    "api url": API_URL,
    "error response": ERROR_BODY,
    "error response body": ERROR_BODY,
    "operations": OPERATIONS,
    "api": OPERATIONS,
}
_KO = {
    "요청": METHOD,
    "요청 url": METHOD,
    "요청 헤더": "request headers",
    "요청 경로 파라미터": "request path parameters",
    "요청 쿼리 파라미터": "request query parameters",
    "요청 파라미터": "request query parameters",
    "요청 구문": SYNTAX,
    "요청 바디": BODY,
    "요청 body": BODY,
    "요청 예시": REQUEST_EXAMPLE,
    "응답": "response",
    "응답 바디": RESPONSE_BODY,
    "응답 body": RESPONSE_BODY,
    "응답 파라미터": RESPONSE_BODY,
    "응답 구문": RESPONSE_SYNTAX,
    "응답 상태 코드": STATUS,
    "응답 예시": RESPONSE_EXAMPLE,
    "구문": MODEL_SYNTAX,
    "필드": FIELDS,
    "오류 응답": ERROR_BODY,
    "오류 응답 바디": ERROR_BODY,
}
_JA = {
    "リクエスト": METHOD,
    "リクエストヘッダ": "request headers",
    "リクエストパスパラメータ": "request path parameters",
    "リクエストクエリパラメータ": "request query parameters",
    "リクエストパラメータ": "request query parameters",
    "リクエスト構文": SYNTAX,
    "リクエストボディ": BODY,
    "リクエスト例": REQUEST_EXAMPLE,
    "レスポンス": "response",
    "レスポンスボディ": RESPONSE_BODY,
    "レスポンスパラメータ": RESPONSE_BODY,
    "レスポンス構文": RESPONSE_SYNTAX,
    "レスポンスステータスコード": STATUS,
    "レスポンス例": RESPONSE_EXAMPLE,
    "構文": MODEL_SYNTAX,
    "フィールド": FIELDS,
    "エラーレスポンス": ERROR_BODY,
    "エラーレスポンスボディ": ERROR_BODY,
}
_COLUMNS_EN = {
    "method": "method",
    "uri": "uri",
    "url": "uri",
    "field": "name",
    "name": "name",
    "parameter": "name",
    "parameter name": "name",
    "header": "name",
    "type": "type",
    "required": "required",
    "mandatory": "required",
    "restrictions": "restriction",
    "constraints": "restriction",
    "remarks": "remark",
    "description": "description",
    "http status code": "status",
    "http": "status",
    "status": "status",
    "code": "code",
    "error code": "code",
    "message": "message",
    "error message": "message",
    "api": "api",
}
_COLUMNS_KO = {
    "메서드": "method",
    "필드": "name",
    "항목": "name",
    "파라미터명": "name",
    "파라미터": "name",
    "헤더": "name",
    "타입": "type",
    "필수 여부": "required",
    "제약 사항": "restriction",
    "제약사항": "restriction",
    "비고": "remark",
    "설명": "description",
    "http 상태 코드": "status",
    "상태 코드": "status",
    "코드": "code",
    "메시지": "message",
}
_COLUMNS_JA = {
    "メソッド": "method",
    "フィールド": "name",
    "項目": "name",
    "パラメータ": "name",
    "パラメータ名": "name",
    "ヘッダ": "name",
    "タイプ": "type",
    "必須の有無": "required",
    "制限事項": "restriction",
    "備考": "remark",
    "説明": "description",
    "httpステータスコード": "status",
    "コード": "code",
    "メッセージ": "message",
}
LABELS = (
    Labels(language="en", sections=MappingProxyType(_EN), columns=MappingProxyType(_COLUMNS_EN)),
    Labels(language="ko", sections=MappingProxyType(_KO), columns=MappingProxyType(_COLUMNS_KO)),
    Labels(language="ja", sections=MappingProxyType(_JA), columns=MappingProxyType(_COLUMNS_JA)),
)
# What a column decides, for those who ask where a fact comes from.
_ROLES = {"name": "name", "status": "name", "required": "required", "type": "schema"}
COLUMN_ROLES = MappingProxyType(
    {
        title: _ROLES.get(kind, "description")
        for labels in (_COLUMNS_EN, _COLUMNS_KO, _COLUMNS_JA)
        for title, kind in labels.items()
    }
)
HEADINGS = frozenset(label for labels in LABELS for label in labels.sections)
# The columns in which text about a field stands, in the order in which it is joined.
TEXTS = ("description", "restriction", "remark")

CONDITIONAL = "Conditional"
NEITHER = "-"
REQUIRED = MappingProxyType(
    {
        "Required": True,
        "Mandatory": True,
        "Yes": True,
        "Y": True,
        "Optional": False,
        "No": False,
        "N": False,
        CONDITIONAL: False,
        NEITHER: False,
    }
)
NONE = frozenset({"None", "없음", "なし"})

_TEXT = Primitive(name="string")
TYPES: MappingProxyType[str, Cell] = MappingProxyType(
    {
        "string": _TEXT,
        "integer": Primitive(name="integer"),
        "int": Primitive(name="integer", format="int32"),
        "long": Primitive(name="integer", format="int64"),
        "number": Primitive(name="number"),
        "float": Primitive(name="number", format="float"),
        "double": Primitive(name="number", format="double"),
        "boolean": Primitive(name="boolean"),
        "array": ArrayOf(item=Unstated()),
        "list": ArrayOf(item=Unstated()),
        "object": Primitive(name="object"),
        "any": Unstated(),
        # Dates carry an offset without a colon, which the formats of JSON Schema do not allow: they stay texts.
        "date": _TEXT,
        "datetime": _TEXT,
    }
)

_NUMBER, _UNIT = r"[0-9][0-9,]*", r"(?:자|개|文字|個)?"
DATES = frozenset({"date", "datetime"})
WORDS = Words(
    default=r"default|기본값|デフォルト",
    example=r"examples?|예시|예|例",
    octets=re.compile(r"\bbytes?\b|바이트|バイト", re.IGNORECASE),
    at_most=re.compile(
        rf"(?:up to|at most|max(?:imum)?(?: of| value)?|최대값?|最大値?)\s*[::]?\s*({_NUMBER})"
        rf"|({_NUMBER})\s*{_UNIT}\s*(?:or less|이하|以下)",
        re.IGNORECASE,
    ),
    at_least=re.compile(
        rf"(?:at least|min(?:imum)?(?: of| value)?|최소값?|最小値?)\s*[::]?\s*({_NUMBER})"
        rf"|({_NUMBER})\s*{_UNIT}\s*(?:or more|이상|以上)",
        re.IGNORECASE,
    ),
    condition=re.compile(r"\brequired\b|\bexactly one\b|필수|必須|必要", re.IGNORECASE),
)

FIELD_WORDS = FieldWords(
    labels=LABELS,
    types=TYPES,
    required=REQUIRED,
    conditional=CONDITIONAL,
    neither=NEITHER,
    texts=TEXTS,
    bullets=WORDS,
    dates=DATES,
)

# What tells a page of this portal from one of another: the address of its documentation.
MARKS = frozenset({".ncloud-docs.com/"})
# Paragraphs before the first section that are no description: where a service runs, and what the site adds.
NOISE = re.compile(
    r"(?:VPC|Classic)(?:\s*[/,·]?\s*(?:VPC|Classic))?|.{0,40}(?:VPC|Classic).{0,40}(?:available|가능|可能).{0,40}"
    r"|Prev\s+Next|(?:•\s*)?PDF|Article summary|(?:Documentation )?Index.*",
    re.DOTALL,
)
PATH = re.compile(r"/(?P<service>[a-z][a-z0-9_]*)/(?:(?P<region>[a-z]{2,6})-)?v(?P<version>[0-9]{1,4})(?:/.*)?")
# A first part of a path that names no service: then the address of the page does.
NO_SERVICE = frozenset({"api"})
# Sites whose pages describe other hosts and other fields under the same names.
SITES = MappingProxyType({"api-gov.ncloud-docs.com": "gov", "api-fin.ncloud-docs.com": "fin"})
MODEL_FAMILY = "VPC"
MODELS = MappingProxyType({"common-vapidatatype-": "VPC", "common-apidatatype-": "Classic"})

SIGNATURE_HEADER = "x-ncp-apigw-signature-v2"
SCHEMES = MappingProxyType({SIGNATURE_HEADER: "NcpSignature", "authorization": "ApiKey"})
# Action services answer XML unless asked.
RESPONSE_FORMAT, JSON_FORMAT = "responseFormatType", "json"

SECRET_NAME = re.compile(
    r"(?:.*_)?(?:(?:password|passwd|pwd|passphrase)s?|secret|secret_key|access_key|private_key|api_key|auth_key|token)"
)
NOT_SECRET_NAME = re.compile(r"(?:next|page|need|is|can)_.*|.*_(?:generate|reset|generation_required|changeable)")
# Words of addresses that paths need not hold.
ACTION_WORDS = (
    *("add", "attach", "cancel", "change", "check", "create", "delete", "detach", "disable", "download", "enable"),
    *("get", "info", "list", "modify", "operate", "patch", "register", "remove", "request", "reset", "restart"),
    *("result", "resume", "return", "send", "set", "start", "status", "stop", "suspend", "update", "upgrade"),
)
ACTION_SERVICES = frozenset(
    {
        *("server", "vserver", "loadbalancer", "vloadbalancer", "vpc", "vnas", "autoscaling", "vautoscaling"),
        *("monitoring", "clouddb", "vmysql", "vredis", "vmssql", "vmongodb", "vpostgresql", "billing"),
    }
)
