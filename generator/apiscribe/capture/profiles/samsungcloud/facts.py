"""The facts room: labels, columns, reason phrases and hosts of the Samsung Cloud Platform's API reference, as data."""

from __future__ import annotations

import re
from types import MappingProxyType

# Labels that are translated: each language's word for the state line and for the support table.
STATE_LABELS = MappingProxyType({"State": "en", "상태": "ko"})
VERSION_LABELS = ("Version", "버전")
UNTIL_LABELS = ("Supported Until", "Not Before", "최소 지원 보장일")
NOTICES = MappingProxyType(
    {
        "This is the multi-page printable view of this section. Click here to print.": "en",
        "Return to the regular view of this page.": "en",
        "이 섹션의 다중 페이지 출력 화면임. 여기를 클릭하여 프린트.": "ko",
        "이 페이지의 일반 화면으로 돌아가기.": "ko",
    }
)

# Addresses below the root: a service (and the version list), an operation, a version of it, a model. Print views repeat
# them, and are fetched only when they are named.
PAGE_FORMS = (re.compile(r"[^/_][^/]*/[^/_][^/]*(?:/apis/[^/_][^/]*(?:/[0-9.]+)?|/models/[^/_][^/]*)?"),)

# Labels that are never translated.
DESCRIPTION = "Description"
PARAMETERS = "Parameters"
RESPONSES = "Responses"
REQUEST = "Example HTTP request"
REQUEST_PATH = "Request path"
REQUEST_HEADER = "Request header"
REQUEST_BODY = "Request body"
RESPONSE = "Example HTTP response"
RESPONSE_CODE = re.compile(r"Response ([0-9]{3})")
SECTIONS = (PARAMETERS, RESPONSES, REQUEST, REQUEST_PATH, REQUEST_HEADER, REQUEST_BODY, RESPONSE)
OPTIONAL_SECTIONS = frozenset({REQUEST_BODY})
OVERVIEW = "Overview"
OVERVIEW_VERSION = "Version"
OVERVIEW_URL = "OpenAPI URL"
OVERVIEW_REGIONS = "Environment and Region List"
OVERVIEW_HISTORY = "API Version History"
OVERVIEW_SECTIONS = (OVERVIEW, OVERVIEW_VERSION, OVERVIEW_URL, OVERVIEW_REGIONS, OVERVIEW_HISTORY)
# The change log of a service: its label, the marks of its lines, and the names that are those of models.
HISTORY_LABELS = frozenset({"Changes", "변경사항"})
HISTORY_KINDS = MappingProxyType(
    {
        "new": "new",
        "added": "new",
        "신규": "new",
        "추가": "new",
        "changed": "changed",
        "updated": "changed",
        "변경": "changed",
        "수정": "changed",
        "deleted": "removed",
        "removed": "removed",
        "삭제": "removed",
    }
)
HISTORY_MODEL = re.compile(r"[A-Z][A-Za-z0-9]*(?:V[0-9]{1,4}Dot[0-9]{1,4}|Request|Response)")
APIS = "APIs"
MODELS = "Models"
HEADINGS = frozenset({DESCRIPTION, *SECTIONS, *OVERVIEW_SECTIONS})
CODE_SECTIONS = re.compile(rf"{REQUEST_PATH}|{REQUEST_HEADER}|{REQUEST_BODY}|{RESPONSE_CODE.pattern}")

PARAMETER_COLUMNS = ("Type", "Name", "Description", "Schema", "Default")
RESPONSE_COLUMNS = ("HTTP Code", "Description", "Schema")
MODEL_COLUMNS = ("Name", "Description", "Schema", "Default")
SUPPORT_COLUMNS = tuple((version, until) for version in VERSION_LABELS for until in UNTIL_LABELS)
PRODUCT_COLUMNS = tuple((version, "Status", until) for version in VERSION_LABELS for until in UNTIL_LABELS)
# What a column decides, for those who ask where a fact comes from.
COLUMN_ROLES = MappingProxyType(
    {
        "name": "name",
        "http code": "name",
        "type": "location",
        "description": "description",
        "schema": "schema",
        "default": "default",
    }
)
REGION_COLUMNS = ("environment", "region")

# What tells a page of this portal from one of another: a section that all its endpoint pages have.
MARKS = frozenset({"Example HTTP request"})
METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})
LOCATIONS = ("header", "path", "query", "body", "cookie")
FLAGS = MappingProxyType({"required": True, "optional": False})
STATES = frozenset({"CURRENT", "SUPPORTED", "DEPRECATED", "PLANNED"})
DEPRECATED_STATES = frozenset({"DEPRECATED"})
# An operation may stay at an older version than its service, and then that is its current one; a version that is no
# longer current has a newer one, unless the operation ended.
CURRENT_STATES = frozenset({"CURRENT"})
ENDED_STATES = frozenset({"SUPPORTED", "DEPRECATED"})
MODEL_VERSION = re.compile(r"V([0-9]{1,4})Dot([0-9]{1,4})$")
NO_DATE = "-"
NOTHING = "None"
PLACEHOLDER = re.compile(r"\{[A-Za-z][\w.]*\.notes\}.*", re.DOTALL)

# Description cells end in these lines, in this order; the value is the JSON Schema keyword.
EXAMPLE = "Example"
CONSTRAINTS = MappingProxyType(
    {
        "Pattern": "pattern",
        "Minimum length": "minLength",
        "Maximum length": "maxLength",
        "Minimum": "minimum",
        "Maximum": "maximum",
    }
)

HEADER_BLOCK = frozenset(
    {"Scp-Accesskey", "Scp-Signature", "Scp-Timestamp", "Scp-ClientType", "Accept-Language", "Scp-Api-Version"}
)
VERSION_HEADER = "Scp-Api-Version"
LANGUAGE_HEADER = "Accept-Language"

REASONS = (
    "Continue",
    "Switching Protocols",
    "Processing",
    "Early Hints",
    "OK",
    "Created",
    "Accepted",
    "Non-Authoritative Information",
    "No Content",
    "Reset Content",
    "Partial Content",
    "Multi-Status",
    "Already Reported",
    "IM Used",
    "Multiple Choices",
    "Moved Permanently",
    "Found",
    "See Other",
    "Not Modified",
    "Use Proxy",
    "Temporary Redirect",
    "Permanent Redirect",
    "Bad Request",
    "Unauthorized",
    "Payment Required",
    "Forbidden",
    "Not Found",
    "Method Not Allowed",
    "Not Acceptable",
    "Proxy Authentication Required",
    "Request Timeout",
    "Conflict",
    "Gone",
    "Length Required",
    "Precondition Failed",
    "Payload Too Large",
    "Content Too Large",
    "Request Entity Too Large",
    "URI Too Long",
    "Request-URI Too Long",
    "Unsupported Media Type",
    "Range Not Satisfiable",
    "Requested Range Not Satisfiable",
    "Expectation Failed",
    "I'm a teapot",
    "I'm a Teapot",
    "Misdirected Request",
    "Unprocessable Entity",
    "Unprocessable Content",
    "Locked",
    "Failed Dependency",
    "Too Early",
    "Upgrade Required",
    "Precondition Required",
    "Too Many Requests",
    "Request Header Fields Too Large",
    "Unavailable For Legal Reasons",
    "Internal Server Error",
    "Not Implemented",
    "Bad Gateway",
    "Service Unavailable",
    "Gateway Timeout",
    "HTTP Version Not Supported",
    "Variant Also Negotiates",
    "Insufficient Storage",
    "Loop Detected",
    "Not Extended",
    "Network Authentication Required",
    "Successful Response",
    "Validation Error",
    "Success",
)

# The titles of pages above all services.
COMMON = "Common"
VERSION_LIST = "Version List"
INDEX = "API Reference"
ROOT = "/apireference"
LANGUAGE_FOLDERS = frozenset({"en", "ko"})

SERVER_TEMPLATE = "https://{service}.{region}.{environment}.samsungsdscloud.com"
GLOBAL_SERVER_TEMPLATE = "https://{service}.{environment}.samsungsdscloud.com"
SERVER_VALUES = (
    ("s", "kr-west1"),
    ("s", "kr-east1"),
    ("g", "kr-south1"),
    ("g", "kr-south2"),
    ("g", "kr-south3"),
    ("e", "kr-west1"),
    ("e", "kr-east1"),
)
GLOBAL_SERVICES = frozenset(
    {
        "iam",
        "sts",
        "product",
        "support",
        "billingplan",
        "budget",
        "costexplorer",
        "cloudcontrol",
        "organization",
        "pricing",
        "quota",
        "resourcemanager",
    }
)
SERVER_DEFAULTS = MappingProxyType({"region": "kr-west1", "environment": "e"})

# Lists that are read page by page, counted from 0: where the response holds the items and the total.
PAGED_LISTS = (("contents", "total_count"),)

SECRET_NAME = re.compile(
    r"(?:.*_)?(?:(?:password|passwd|pwd|passphrase|passcode)s?(?:_confirm|_confirmation|_check|_?[0-9]+)?"
    r"|secret|secret_key|secret_value|access_key|access_key_id|accesskey|secretkey|private_key|api_key|apikey|auth_key"
    r"|token|signature|credential|credentials)"
)
NOT_SECRET_NAME = re.compile(r"(?:next|page|marker|continuation|previous|prev)_(?:page_)?token")
