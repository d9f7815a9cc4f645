"""The services that the tests of NAVER Cloud Platform's pages use: what their pages say."""

from __future__ import annotations

import json

from .naver_pages import Doc, Part, Rows, call, fields

FORMAT = ("responseFormatType", "String", "O", "Format of the response\n- `xml` (default) | `json`")
REGION = ("regionCode", "String", "O", "Region\n- {default}: first of the list")

GET_LOGIN_KEYS = Doc(
    slug="server-loginkey-getloginkeylist",
    title="getLoginKeyList",
    lead="Lists login keys.",
    parts=(
        call("GET | POST", "/vserver/v2/getLoginKeyList"),
        fields(
            "query",
            [
                REGION,
                ("keyName", "String", "O", "Name of the key"),
                ("pageNo", "Integer", "O", "Page\n- 0~N ({default}: 0)"),
                ("pageSize", "Integer", "C", "Items of a page\n- 1~1000 ({default}: 1)\n- {if} `pageNo` is given"),
                FORMAT,
            ],
        ),
        Part(heading="response", level=2),
        fields(
            "response body",
            [
                ("getLoginKeyListResponse", "Object", "-", "The answer"),
                ("getLoginKeyListResponse.loginKeyList", "List<LoginKey>", "-", "Keys"),
                ("getLoginKeyListResponse.totalRows", "Integer", "-", "How many"),
                ("getLoginKeyListResponse.requestId", "String", "-", "UUID"),
                ("getLoginKeyListResponse.returnCode", "String", "-", "Code"),
                ("getLoginKeyListResponse.returnMessage", "String", "-", "Message"),
            ],
        ),
        Part(
            heading="response example",
            code="<getLoginKeyListResponse><totalRows>0</totalRows></getLoginKeyListResponse>",
        ),
    ),
)
DELETE_LOGIN_KEYS = Doc(
    slug="server-loginkey-deleteloginkeys",
    title="deleteLoginKeys",
    parts=(
        call("GET | POST", "/vserver/v2/deleteLoginKeys"),
        fields(
            "query",
            [
                REGION,
                ("keyNameList.N", "Array", "R", "Names\n- {example}: `keyNameList.1=key1&keyNameList.2=key2`"),
                FORMAT,
            ],
        ),
        Part(heading="response", level=2),
        Part(heading="response body", text="none"),
    ),
)
ADD_RULES = Doc(
    slug="server-acg-addaccesscontrolgroupinboundrule",
    title="addAccessControlGroupInboundRule",
    parts=(
        call("GET | POST", "/vserver/v2/addAccessControlGroupInboundRule"),
        fields(
            "query",
            [
                ("vpcNo", "String", "R", "VPC"),
                (
                    "accessControlGroupRuleList.N.protocolTypeCode",
                    "String",
                    "R",
                    "Protocol\n- `TCP` | `UDP` | `ICMP` | `1-254`",
                ),
                ("accessControlGroupRuleList.N.ipBlock", "String", "C", "Addresses\n- {if} there is no sequence"),
                (
                    "accessControlGroupRuleList.N.portRange",
                    "String",
                    "C",
                    "Ports\n- {if} TCP or UDP\n- {example}: `22`, `1-65535`",
                ),
                (
                    "accessControlGroupRuleList.N.accessControlGroupRuleDescription",
                    "String",
                    "O",
                    "Memo\n- 0~1000 (Byte)",
                ),
                FORMAT,
            ],
        ),
        Part(heading="response", level=2),
        Part(heading="response body", text="none"),
    ),
)
LOGIN_KEY = Doc(
    slug="common-vapidatatype-loginkey",
    title="LoginKey",
    parts=(
        Part(
            heading="model syntax",
            level=2,
            code="private String fingerprint;\nprivate String keyName;\nprivate Date createDate;",
        ),
        fields(
            "fields",
            [
                ("fingerprint", "String", "R", "Fingerprint"),
                ("keyName", "String", "R", "Name"),
                ("createDate", "Date", "R", "When"),
            ],
            2,
        ),
    ),
)
ERROR = fields(
    "error",
    [
        ("error", "Object", "O", "From the gateway"),
        ("error.errorCode", "Integer", "R", "Code"),
        ("error.message", "String", "R", "Message"),
        ("error.details", "String", "O", "Details"),
        ("responseError", "Object", "O", "From an action service"),
        ("responseError.returnCode", "String", "R", "Code"),
        ("responseError.returnMessage", "String", "R", "Message"),
    ],
    2,
)
STATUSES = Part(
    heading="status",
    level=2,
    columns=("HTTP status code", "Code", "Message", "description"),
    rows=[
        ("400", "100", "Bad Request Exception", "Wrong"),
        ("401", "200", "Authentication Failed", "Who"),
        ("401", "210", "Permission Denied", "Not allowed"),
        ("429", "410", "Throttle Limited", "Later"),
    ],
)
SIGNED: Rows = [
    ("x-ncp-apigw-timestamp", "Required", "Milliseconds"),
    ("x-ncp-iam-access-key", "Required", "Access key"),
    ("x-ncp-apigw-signature-v2", "Required", "Signature"),
]


def overview(slug: str, title: str, urls: str, headers: Rows = SIGNED) -> Doc:
    """Make the overview of a service."""
    return Doc(
        slug=slug,
        title=title,
        lead=f"All about {title}.",
        parts=(
            Part(heading="api url", level=2, code=urls),
            Part(heading="headers", level=2, columns=("field", "required", "description"), rows=headers),
            ERROR,
            STATUSES,
        ),
    )


SERVER = (
    overview("server-overview", "Server", "https://ncloud.apigw.ntruss.com/vserver/v2"),
    GET_LOGIN_KEYS,
    DELETE_LOGIN_KEYS,
    ADD_RULES,
    LOGIN_KEY,
)

NODE_POOL = {
    "name": "np",
    "nodeCount": 1,
    "softwareCode": "",
    "serverSpecCode": "",
    "storageSize": 100,
    "autoscale": {"enabled": True, "max": 3, "min": 1},
    "labels": [{"key": "a", "value": "b"}],
    "taints": [{"key": "a", "value": "b", "effect": "NoSchedule"}],
    "serverRoleId": "",
}
_HEAD: Rows = [
    ("name", "String", "R", "Name"),
    ("nodeCount", "Integer", "C", "Nodes\n- {if} there is no autoscale"),
    ("softwareCode", "String", "O", "Image"),
    ("serverSpecCode", "String", "O", "Size"),
    ("storageSize", "Integer", "O", "Disk"),
    ("autoscale", "Array", "O", "Autoscale"),
]
_TAIL: Rows = [("serverRoleId", "String", "O", "Role")]
_SCALE: Rows = [
    ("enabled", "Boolean", "O", "Whether\n- `true` | `false`"),
    ("max", "Integer", "O", "Most\n- up to 250"),
    ("min", "Integer", "O", "Least\n- 1 or more"),
]
_LABELS: Rows = [
    ("key", "String", "C", "Key\n- {if} labels are given"),
    ("value", "String", "C", "Value\n- {if} labels are given"),
]
_TAINTS: Rows = [
    ("key", "String", "C", "Key\n- {if} taints are given"),
    ("value", "String", "O", "Value"),
    ("effect", "String", "C", "Effect\n- {if} taints are given"),
]


def below(prefix: str, rows: Rows) -> Rows:
    """Give rows a name that says where they belong."""
    return [(f"{prefix}.{name}", *rest) for name, *rest in rows]


def node_pool(*parts: Part, example: bool = True) -> Doc:
    """Make a capture of createNodePool."""
    shown = (Part(heading="request example", code=json.dumps(NODE_POOL, indent=2)),) if example else ()
    regions = ("", " (Korea)", " (Singapore)", " (Japan)")
    return Doc(
        slug="nks-createnodepool",
        title=("Create node pool", "노드풀 생성", "ノードプールの作成"),
        lead="Adds a node pool.",
        parts=(
            call(
                "POST",
                f"/vnks/v2/clusters/{{uuid}}/node-pool{regions[1]}",
                f"/vnks/sgn-v2/clusters/{{uuid}}/node-pool{regions[2]}",
                f"/vnks/jpn-v2/clusters/{{uuid}}/node-pool{regions[3]}",
            ),
            fields("path", [("uuid", "String", "R", "Cluster")]),
            *parts,
            *shown,
            Part(heading="response", level=2),
            Part(heading="response syntax", text="none"),
        ),
    )


_BRACKETS = [("labels[]", "Array", "O", "Labels"), *below("labels[]", _LABELS), ("taints[]", "Array", "O", "Taints")]
SKELETON = json.dumps(
    {
        **NODE_POOL,
        "name": "String",
        "nodeCount": 0,
        "storageSize": 0,
        "autoscale": {"enabled": True, "max": 0, "min": 0},
    }
)
# The same page at five times: brackets, dots, tables of their own, with a skeleton, and places in a list.
CAPTURES = {
    "brackets": node_pool(
        fields("body", [*_HEAD, *below("autoscale", _SCALE), *_BRACKETS, *below("taints[]", _TAINTS), *_TAIL]),
        example=False,
    ),
    "dots": node_pool(
        fields(
            "body",
            [
                *_HEAD,
                *below("autoscale", _SCALE),
                ("labels", "Array", "O", "Labels"),
                *below("labels", _LABELS),
                ("taints", "Array", "O", "Taints"),
                *below("taints", _TAINTS),
                *_TAIL,
            ],
        )
    ),
    "tables": node_pool(
        fields("body", [*_HEAD, ("labels", "Array", "O", "Labels"), ("taints", "Array", "O", "Taints"), *_TAIL]),
        fields("labels", _LABELS, 4),
        fields("autoscale", _SCALE, 4),
        fields("taints", _TAINTS, 4),
    ),
    "skeleton": node_pool(
        Part(heading="syntax", code=SKELETON),
        fields(
            "body",
            [
                *_HEAD,
                *below("autoscale", _SCALE),
                ("labels", "Array", "O", "Labels"),
                ("taints", "Array", "O", "Taints"),
                *_TAIL,
            ],
        ),
        fields("labels", _LABELS, 4),
        fields("taints", _TAINTS, 4),
        example=False,
    ),
    "places": node_pool(
        fields(
            "body",
            [
                *_HEAD,
                *below("autoscale", _SCALE),
                ("labels", "Array", "O", "Labels"),
                *below("labels.N", _LABELS),
                ("taints", "Array", "O", "Taints"),
                *below("taints.N", _TAINTS),
                *_TAIL,
            ],
        ),
        example=False,
    ),
}

SENT = fields(
    "response body",
    [
        ("requestId", "String", "R", "Id"),
        ("requestTime", "DateTime", "R", "When"),
        ("statusCode", "String", "R", "Code"),
        ("statusName", "String", "R", "Name\n- `success` | `fail`"),
    ],
)
SEND = Doc(
    slug="sens-sms-send",
    title=("Send message", "메시지 발송", "メッセージの送信"),
    lead="Sends.",
    parts=(
        call("POST", "/sms/v2/services/{serviceId}/messages"),
        Part(heading="headers", columns=("field", "required", "description"), rows=SIGNED),
        fields("path", [("serviceId", "String", "R", "Project")]),
        fields(
            "body",
            [
                ("type", "String", "R", "Type\n- `SMS` | `LMS` | `MMS`"),
                (
                    "contentType",
                    "String",
                    "O",
                    "Kind\n- `COMM` ({default}) | `AD`\n  - `COMM`: general\n  - `AD`: advertising",
                ),
                ("countryCode", "String", "O", "Country\n- {default}: `82`"),
                ("from", "String", "R", "Sender"),
                ("subject", "String", "O", "Subject\n- 0~40 (Byte)"),
                ("content", "String", "R", "Content\n- SMS: 0~90 (Byte)\n- LMS, MMS: 0~2000 (Byte)"),
                ("messages", "Array", "R", "Messages\n- 최대 100"),
                ("reserveTime", "String", "O", "When\n- YYYY-MM-DD HH:mm"),
            ],
        ),
        fields(
            "messages",
            [
                ("to", "String", "R", "Receiver"),
                ("subject", "String", "O", "Subject\n- 0~40 (Byte)"),
                ("content", "String", "O", "Text"),
            ],
            4,
        ),
        Part(heading="response", level=2),
        SENT,
        Part(heading="status", columns=("HTTP status code", "description"), rows=[("202", "Accepted")]),
    ),
)
RESULT = Doc(
    slug="sens-sms-get",
    title=("Get message", "메시지 조회", "メッセージの照会"),
    parts=(
        call("GET", "/sms/v2/services/{serviceId}/messages/{messageId}"),
        fields("path", [("serviceId", "String", "R", "Project"), ("messageId", "String", "R", "Message")]),
        Part(heading="response", level=2),
        fields("response body", [("statusCode", "String", "R", "Code"), ("messages", "Array", "R", "Messages")]),
        fields(
            "messages",
            [
                ("messageId", "String", "R", "Id"),
                ("status", "String", "R", "State\n- `READY`: waiting\n- `PROCESSING`: on its way\n- `COMPLETED`: done"),
                ("completeTime", "DateTime", "O", "When"),
            ],
            4,
        ),
    ),
)
SMS = (overview("sens-sms-overview", "SMS", "https://sens.apigw.ntruss.com/sms/v2"), SEND, RESULT)
BEARER = (
    overview(
        "vshop-overview",
        "Shop",
        "https://shop.apigw.ntruss.com/vshop/v2",
        [("Authorization", "Required", "Bearer key")],
    ),
    Doc(
        slug="vshop-getitem",
        title="Get item",
        parts=(
            call("GET", "/vshop/v2/items/{itemId}"),
            fields("path", [("itemId", "string", "Required", "Item")]),
            Part(heading="response", level=2),
            fields("response body", [("name", "string", "Required", "Name"), ("more", "any", "Optional", "More")]),
        ),
    ),
)
