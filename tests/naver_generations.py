"""Pages of the older and generated kinds of NAVER Cloud Platform's reference, with columns and words of their own."""

from __future__ import annotations

from .naver_pages import Doc, Part, Rows, call, fields

# Classic Server: action pages whose columns stand in another order, with one for constraints.
LEGACY_WORDS = {"R": "Yes", "O": "No", "C": "Conditional"}
NAME = {"ko": "파라미터명", "ja": "パラメータ名"}
CONSTRAINTS = {"ko": "제약 사항", "ja": "制限事項"}


def legacy(heading: str, language: str, rows: Rows) -> Part:
    """Make a table of a Classic action; a row is name, word, type, constraints and description."""
    columns = (NAME[language], "required", "type", CONSTRAINTS[language], "description")
    return Part(heading=heading, columns=columns, rows=[(row[0], LEGACY_WORDS[row[1]], *row[2:]) for row in rows])


def classic_server(language: str) -> tuple[Doc, ...]:
    """Make the pages of Classic Server: an action with lists, one that deletes, and the model that they answer with."""
    return (
        Doc(
            slug="server-classic-createserverinstances",
            title="createServerInstances",
            lead="Creates servers.",
            parts=(
                call("GET | POST", "/server/v2/createServerInstances"),
                legacy(
                    "query",
                    language,
                    [
                        ("serverImageProductCode", "C", "String", "Min: 1, Max: 20", "Image\n- {if} no member image"),
                        ("memberServerImageNo", "C", "String", "-", "Own image\n- {if} no image"),
                        ("serverName", "O", "String", "3~30자", "Name"),
                        ("serverCreateCount", "O", "Integer", "최소 1, 최대 20\n- {default}: 1", "How many"),
                        ("serverCreateStartNo", "O", "Integer", "0~1000", "First number\n- {default}: 0"),
                        ("feeSystemTypeCode", "O", "String", "`MTRAT` ({default}) | `FXSUM`", "Rate"),
                        ("isProtectServerTermination", "O", "Boolean", "true | false\n- {default}: false", "Guard"),
                        ("userData", "O", "String", "최대값: 21,847 Byte", "Script"),
                        (
                            "accessControlGroupConfigurationNoList.N",
                            "O",
                            "List",
                            "Min: 1, Max: 5",
                            "Groups\n- {example}: `accessControlGroupConfigurationNoList.1=1`",
                        ),
                        ("loginKeyNameList.N", "O", "String", "Min: 3, Max: 30", "Keys"),
                        ("instanceTagList.N.tagKey", "C", "String", "-", "Key\n- {if} tags are given"),
                        ("instanceTagList.N.tagValue", "C", "String", "-", "Value\n- {if} tags are given"),
                        ("responseFormatType", "O", "String", "`xml` ({default}) | `json`", "Format"),
                    ],
                ),
                Part(heading="response", level=2),
                legacy(
                    "response body",
                    language,
                    [
                        ("createServerInstancesResponse", "R", "Object", "-", "The answer"),
                        ("createServerInstancesResponse.requestId", "R", "String", "-", "Id"),
                        ("createServerInstancesResponse.returnCode", "R", "String", "-", "Code"),
                        ("createServerInstancesResponse.totalRows", "R", "Integer", "-", "How many"),
                        ("createServerInstancesResponse.loginKeyList", "O", "List<LoginKey>", "-", "Keys"),
                    ],
                ),
            ),
        ),
        Doc(
            slug="common-apidatatype-loginkey",
            title="LoginKey",
            parts=(
                fields(
                    "fields",
                    [("fingerprint", "String", "R", "Print"), ("createDate", "Date", "R", "When")],
                    2,
                ),
            ),
        ),
    )


# SENS v2, as it was: columns of their own, and a body whose values are names of types or the values themselves.
REST_WORDS = {"R": "Mandatory", "O": "Optional"}
BODY = """{
    "type": (SMS | LMS | MMS),
    "contentType": (COMM | AD),
    "from": String,
    "content": "String",
    "messages": [
        {
            "to": String,
            "content": String,
        }
    ]
}"""


def rest(heading: str, rows: Rows) -> Part:
    """Make a table of a legacy service; a row is name, word, type, description and remark."""
    return Part(
        heading=heading,
        columns=("항목", "Mandatory", "type", "description", "비고"),
        rows=[(row[0], REST_WORDS[row[1]], *row[2:]) for row in rows],
    )


def legacy_send(body: str = BODY) -> Doc:
    """Make the page that sends messages."""
    return Doc(
        slug="sens-sms-send",
        title=("Send message", "메시지 발송", "メッセージの送信"),
        parts=(
            call("POST", "/sms/v2/services/{serviceId}/messages"),
            rest("path", [("serviceId", "R", "String", "Project", "-")]),
            Part(heading="syntax", code=body),
            rest(
                "body",
                [
                    ("type", "R", "String", "Type", "`SMS` | `LMS` | `MMS`"),
                    ("contentType", "O", "String", "Kind", "{default}: COMM"),
                    ("from", "R", "String", "Sender", "-"),
                    ("content", "R", "String", "Text", "최대 2000 byte"),
                    ("messages", "R", "Array", "Messages", "최대 100"),
                    ("messages.to", "R", "String", "Receiver", "-"),
                    ("messages.content", "O", "String", "Text", "-"),
                ],
            ),
            Part(heading="response", level=2),
            rest(
                "response body",
                [
                    ("requestId", "R", "String", "Id", "-"),
                    ("messages", "O", "Array", "Messages", "-"),
                    ("messages.status", "R", "String", "State", "`READY` | `PROCESSING` | `COMPLETED`"),
                ],
            ),
            Part(heading="status", columns=("HTTP status code", "description"), rows=[("202", "Accepted")]),
        ),
    )


# Generated from a specification: types with a format, bullets in its words, causes behind the status.
GENERATED = Doc(
    slug="management-subaccount-createsubaccount",
    title=("Create sub account", "서브 계정 생성", "サブアカウントの作成"),
    site="api-gov",
    lead="This page is generated from the specification of the API.",
    parts=(
        call("POST", "/api/v2/sub-accounts"),
        fields(
            "body",
            [
                ("loginId", "String", "R", "Login\n- length: 3 ~ 60\n- <{example}> sub01"),
                ("email", "String (email)", "O", "Address\n- length: 6 ~ 100\n- `<{example}>` a@example.com"),
                ("isMfaMandatory", "Boolean", "O", "Second factor\n- default: false"),
            ],
        ),
        Part(heading="response", level=2),
        fields("response body", [("id", "String (uuid)", "R", "Id")]),
        Part(
            heading="status",
            columns=("HTTP status code", "description"),
            rows=[("200 OK", "Done"), ("400 BadRequest", "Wrong"), ("400 CannotDelete", "In use")],
        ),
    ),
)
