"""The generated stubs: they pass for every valid document, and fail for every client that does something else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from apiscribe import ir, pipeline
from apiscribe.errors import Origin
from apiscribe.location import read_templates
from apiscribe.plan import stubs_wire
from apiscribe.plan.pyproject import Distribution
from apiscribe.plan.stubs_samples import Samples
from apiscribe.plan.stubs_scalars import NoSampleError

from .stub_documents import BARE, FORMS, ODD, PAGED, SCHEMAS_ONLY, SMALL, TOLD_APART

PACKAGE = "stubbed"
ORIGIN = Origin(file="a.yaml")
# Nothing but pytest itself: the stubs ask for no plugin.
ENVIRONMENT = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def generate(folder: Path, *documents: str) -> Path:
    """Generate the distribution of documents into a folder."""
    texts, runtime, stubs = read_templates()
    built = pipeline.build(
        [pipeline.Source(path=f"{number}.yaml", data=text.encode()) for number, text in enumerate(documents)],
        pipeline.Settings(distribution=Distribution(package=PACKAGE)),
        pipeline.Templates(texts=texts, runtime=runtime, stubs=stubs),
    )
    for path, text in built.texts.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder


def run_stubs(folder: Path, *arguments: str) -> tuple[int, str]:
    """Run the stubs of a distribution as its user does, and give the exit code and what was printed."""
    command = [sys.executable, "-m", "pytest", "stubs", "-q", "-p", "no:cacheprovider", "--tb=line", *arguments]
    done = subprocess.run(
        command, cwd=folder, env={**ENVIRONMENT, "PYTHONPATH": str(folder)}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("small"), SMALL)


def test_the_stubs_of_a_small_document(small: Path) -> None:
    code, printed = run_stubs(small, "-vv")
    assert code == 0, printed
    run = sorted({line.split("::")[1].split(" ")[0] for line in printed.splitlines() if "::" in line})
    both = [name.removesuffix("[sync]") for name in run if name.endswith("[sync]")]
    assert [name.removesuffix("[async]") for name in run if name.endswith("[async]")] == both
    assert both == [
        "test_create_thing__is_sent_once",
        "test_create_thing__raises_the_documented_errors",
        "test_create_thing__returns_what_is_answered",
        "test_create_thing__sends_a_whole_body",
        "test_create_thing__sends_every_argument",
        "test_create_thing__sends_none_as_null",
        "test_create_thing__sends_nothing_more",
        "test_get_picture__gives_bytes_as_they_arrive",
        "test_get_picture__is_sent_again_after_503",
        "test_get_picture__returns_what_is_answered",
        "test_get_picture__sends_every_argument",
        "test_get_picture__sends_nothing_more",
        "test_list_changes__asks_for_a_stream",
        "test_list_changes__gives_the_items_of_its_stream",
        "test_list_changes__is_sent_again_after_503",
        "test_list_changes__returns_what_is_answered",
        "test_list_changes__sends_every_argument",
        "test_list_changes__sends_nothing_more",
        "test_list_things__is_sent_again_after_503",
        "test_list_things__iterates_over_all_pages",
        "test_list_things__returns_every_field",
        "test_list_things__returns_what_is_answered",
        "test_list_things__sends_every_argument",
        "test_list_things__sends_nothing_more",
        "test_show_thing__is_sent_again_after_503",
        "test_show_thing__raises_the_documented_errors",
        "test_show_thing__returns_what_is_answered",
        "test_show_thing__sends_every_argument",
        "test_show_thing__sends_nothing_more",
        "test_show_thing__warns_when_no_longer_supported",
    ]
    assert "test_sign_example__gives_the_known_signature_1" in run


def test_the_stubs_of_documents_with_a_bit_of_everything(tmp_path: Path) -> None:
    code, printed = run_stubs(generate(tmp_path, ODD, BARE, TOLD_APART), "-W", "error")
    assert code == 0, printed
    assert "No valid call could be derived from the document for: loops.\n" in (
        tmp_path / "stubs" / "test_signing_v1.py"
    ).read_text(encoding="utf-8")


def test_every_way_on_in_a_list_has_a_stub(tmp_path: Path) -> None:
    code, printed = run_stubs(generate(tmp_path, PAGED), "-vv", "-k", "iterates")
    assert code == 0, printed
    run = {line.split("::")[1].split("__")[0] for line in printed.splitlines() if "::" in line}
    lists = ("list_linked", "list_told", "list_marked", "search_things", "ask_things", "filter_things")
    assert run == {f"test_{name}" for name in lists}
    (module,) = (tmp_path / "stubs").glob("test_shop*.py")
    text = module.read_text(encoding="utf-8")
    for part in (
        r"""headers={"Link": "<?next-1>; rel=\"next\""}""",
        'Page(target="/told?next-1", answer={"items": [{"id": "item 2"}, {"id": "item 3"}], "next": ""})',
        'headers={"X-Next": "next-1"}',
        'Page(target="/searched", sent={"cursor": "next-1"},',
        'Page(target="/asked", sent={"words": "a words", "cursor": "next-1"},',
        'Page(target="/filtered/a%20place", sent={"kind": "a kind", "skip": 1},',
    ):
        assert part in text


PATTERNED = r"""
openapi: 3.1.0
info: {title: Codes, version: "1"}
servers: [{url: "https://codes.example.com"}]
paths:
  /zones/{zone}:
    put:
      operationId: putZone
      parameters:
        - {name: zone, in: path, required: true, schema: {type: string, pattern: "^[a-z]{2}-[a-z]{4}-[0-9]$"}}
        - {name: X-Trace, in: header, required: true, schema: {type: string, pattern: "^[0-9A-F]{16}$"}}
        - {name: odd, in: query, required: true, schema: {type: string, pattern: "^(?=a).*$", maxLength: 5}}
      requestBody:
        required: true
        content: {application/json: {schema: {type: object, required: [code, size], properties: {code: {type: string,
          pattern: "^[A-Z]+[0-9]{3}$", minLength: 6, maxLength: 7}}}}}
      responses: {"204": {description: kept}}
  /notes:
    post:
      operationId: addNote
      requestBody: {content: {text/plain: {}, application/json: {}}}
      responses: {"204": {description: kept}}
"""


def test_stubs_send_what_matches_a_pattern_and_what_is_required_and_not_described(tmp_path: Path) -> None:
    code, printed = run_stubs(generate(tmp_path, PATTERNED), "-W", "error")
    assert code == 0, printed
    (module,) = (tmp_path / "stubs").glob("test_codes*.py")
    text = module.read_text(encoding="utf-8")
    (zone,) = set(re.findall(r"\"/zones/([^?\"]*)\?", text))
    assert re.fullmatch("[a-z]{2}-[a-z]{4}-[0-9]", zone)
    assert re.search(r'"X-Trace": "[0-9A-F]{16}"', text)
    assert re.search(r'"code": "(?=.{6,7}")[A-Z]+[0-9]{3}"', text)
    assert '"size": "a size"' in text
    assert '"odd": "a odd"' in text  # no text is made for it


def test_stubs_send_fields_that_may_go_together(tmp_path: Path) -> None:
    properties = ", ".join(f"{name}: {{type: [integer, 'null']}}" for name in "abcd")
    rules = "oneOf: [{required: [a]}, {required: [b]}], dependentRequired: {c: [d]}"
    code, printed = run_stubs(
        generate(
            tmp_path,
            f"""
openapi: 3.1.0
info: {{title: Pairs, version: '1'}}
servers: [{{url: 'https://pairs.example'}}]
paths:
  /pairs:
    post:
      operationId: makePair
      requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pair'}}}}}}}}
      responses: {{'204': {{description: made}}}}
components: {{schemas: {{Pair: {{type: object, properties: {{{properties}}}, {rules}}}}}}}
""",
        )
    )
    assert code == 0, printed
    (module,) = (tmp_path / "stubs").glob("test_pairs*.py")
    text = module.read_text(encoding="utf-8")
    assert "make_pair__sends_none_as_null" in text
    assert '"a": 1, "c": 3, "d": 4' in text


def test_the_stubs_of_a_document_without_operations_open_both_clients(tmp_path: Path) -> None:
    code, printed = run_stubs(generate(tmp_path, SCHEMAS_ONLY), "-vv")
    assert code == 0, printed
    assert printed.count("test_a_client_opens_and_closes") == 2


def test_a_stub_shows_what_is_given_beside_what_arrives(small: Path) -> None:
    printed = " ".join((small / "stubs" / "test_things_v1_0.py").read_text(encoding="utf-8").split())
    for part in (
        'SHOW_THING_CASE = Case( target=TARGET, name="show_thing", method="GET", required={"thing_id": "a thing_id"},',
        'check_sent(SHOW_THING_CASE, flavor, {"thing_id": "한글 50%/+"}, '
        'Sent(target="/v1/things/%ED%95%9C%EA%B8%80%2050%25%2F%2B", headers={"Accept-Language": "ko-KR"}), '
        'options={"language": "ko-KR"})',
        'check_sent(CREATE_THING_CASE, flavor, {"id_": "a id"}, Sent(target="/v1/things", '
        'headers={"Accept-Language": "en-US", "X-Version": "things 1.0", "Content-Type": "application/json"}, '
        'json={"id": "a id"}))',
        'check_body(CREATE_THING_CASE, flavor, {"id_": "a id", "note": None}, {"id": "a id", "note": None})',
        'check_example(CREATE_THING_CASE, flavor, {}, {"id": "a id", "note": "hello"})',
        "check_errors(SHOW_THING_CASE, flavor, {404: errors.NotFoundError, 503: errors.ServerError})",
        'Page(target="/v1/things?page=2", answer={"contents": []})',
        "check_sent_once(CREATE_THING_CASE, flavor, errors.ServerError)",
        "warns=(warn.DeprecatedOperationWarning,)",
        'until="2020-02-29"',
        'check_asked(LIST_CHANGES_CASE, flavor, "list_changes_stream", {"thing_id": "a thing_id"}, ',
    ):
        assert part in printed


CLIENT = "things/v1_0/client.py"
ASYNC_CLIENT = "things/v1_0/async_client.py"
OPERATIONS = "things/v1_0/_operations.py"
MODEL = "things/v1_0/models/thing.py"


# Where a client is changed, how, and which stub must notice.
MUTANTS = (
    (OPERATIONS, '"/v1/things/"', '"/v1/thing/"', "show_thing__sends_every_argument"),
    (OPERATIONS, 'constants=(("X-Version", "things 1.0"),),', "", "create_thing__sends_nothing_more"),
    (OPERATIONS, 'method="POST"', 'method="PUT"', "create_thing__sends_every_argument"),
    (OPERATIONS, "deprecated=True,", "", "show_thing__returns_what_is_answered"),
    (CLIENT, '"dotted_name": dotted_name', '"dotted_name": UNSET', "create_thing__sends_every_argument and not async"),
    (ASYNC_CLIENT, '"kind": kind', '"kind": UNSET', "list_things__sends_every_argument and async"),
    (CLIENT, 'kind: Literal["old", "new"] | Unset = UNSET', 'kind: str = "old"', "list_things__sends_nothing_more"),
    (CLIENT, '"language": language', '"language": None', "list_things__sends_every_argument"),
    (MODEL, '"dotted.name"', '"dotted-name"', "list_things__returns_what_is_answered"),
    ("_runtime/body.py", "if value is not UNSET}", "if value}", "create_thing__sends_none_as_null"),
    ("_signing.py", "(method, url,", '(method, url.partition("?")[0],', "list_things__sends_every_argument"),
    ("_signing.py", "int(now *", "int(0.5 + now *", "example__gives_the_known_signature_1"),
    ("_runtime/operation.py", '{"GET", ', '{"GET", "POST", ', "create_thing__is_sent_once"),
    ("_runtime/retry.py", "502, 503, 504", "502, 504", "list_things__is_sent_again_after_503"),
    ("_runtime/flow.py", "        command = call.sign()", "        command = command if attempt > 1 else call.sign()",
     "list_things__is_sent_again_after_503"),
    ("_runtime/errors.py", "404: NotFoundError", "404: ConflictError", "show_thing__raises_the_documented_errors"),
    ("_runtime/failure.py", "details=facts.details", "details=()", "create_thing__raises_the_documented_errors"),
    ("_runtime/pages.py", "else 1\n", "else 2\n", "list_things__iterates_over_all_pages"),
    ("_runtime/streams.py", '"Accept": operation', '"X-Accept": operation', "list_changes__asks_for_a_stream"),
    ("_runtime/raw.py", "event.data == until", "until is None", "list_changes__gives_the_items_of_its_stream"),
    ("_runtime/raw.py", " yield piece", " yield piece[1:]", "get_picture__gives_bytes_as_they_arrive"),
    ("_runtime/warn.py", ".isoformat() > date", '.isoformat() > "9"', "warns_when_no_longer_supported"),
)  # fmt: skip

# One process for all of them: what takes time is loading pytest, httpx and pydantic.
RUNNER = """
import os, sys
import httpx, pydantic, pytest
for line in sys.stdin.read().splitlines():
    folder, failing = line.split("|")
    child = os.fork()
    if child == 0:
        os.chdir(folder)
        sys.path.insert(0, folder)
        sys.stdout = open("printed.txt", "w")
        code = pytest.main(["stubs", "-x", "-q", "-p", "no:cacheprovider", "--tb=line", "-k", failing])
        sys.stdout.flush()
        os._exit(int(code))
    print(folder, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.fixture(scope="module")
def verdicts(small: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[int, str]]:
    """Give the exit code and what was printed for each mutant."""
    assert run_stubs(small)[0] == 0  # leaves compiled modules behind, which the mutants share
    lines = []
    for file, old, new, failing in MUTANTS:
        folder = tmp_path_factory.mktemp("mutant")
        shutil.copytree(small, folder, dirs_exist_ok=True)
        path = folder / PACKAGE / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        for compiled in path.parent.glob(f"__pycache__/{path.stem}.*"):
            compiled.unlink()
        path.write_text(text.replace(old, new), encoding="utf-8")
        lines.append(f"{folder}|{failing}")
    done = subprocess.run(
        [sys.executable, "-c", RUNNER],
        input="\n".join(lines),
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = [line.rsplit(" ", 1) for line in done.stdout.splitlines()]
    return [(int(code), (Path(folder) / "printed.txt").read_text(encoding="utf-8")) for folder, code in found]


@pytest.mark.parametrize("number", range(len(MUTANTS)), ids=[f"{file}: {new}" for file, _, new, _ in MUTANTS])
def test_a_client_that_does_something_else_fails(verdicts: list[tuple[int, str]], number: int) -> None:
    code, printed = verdicts[number]
    assert code == pytest.ExitCode.TESTS_FAILED, printed


def parameter(location: ir.Location, name: str, style: str = "", explode: bool | None = None) -> ir.Parameter:
    chosen = style or ir.DEFAULT_STYLE[location]
    return ir.Parameter(
        name=name, location=location, required=True, schema=ir.AnySchema(origin=ORIGIN), style=chosen,
        explode=chosen == "form" if explode is None else explode, origin=ORIGIN,
    )  # fmt: skip


def operation(path: str, parameters: Iterable[ir.Parameter]) -> ir.Operation:
    return ir.Operation(
        id="a", id_source=ir.IdSource.STATED, method="GET", path=path, origin=ORIGIN, parameters=tuple(parameters)
    )


QUERY, HEADER, PATH, COOKIE = ir.Location.QUERY, ir.Location.HEADER, ir.Location.PATH, ir.Location.COOKIE


@pytest.mark.parametrize(
    ("item", "value", "expected"),
    [
        (parameter(QUERY, "q"), "한 a+b&c=[d]'e:f/g", "q=%ED%95%9C%20a%2Bb%26c%3D%5Bd%5D%27e:f/g"),
        (parameter(QUERY, "a b[]"), [True, 1, 1.5], "a%20b%5B%5D=true&a%20b%5B%5D=1&a%20b%5B%5D=1.5"),
        (parameter(QUERY, "q", explode=False), ["a,b", "c"], "q=a%2Cb,c"),
        (parameter(QUERY, "q", "pipeDelimited", False), ["a", "b"], "q=a%7Cb"),
        (parameter(QUERY, "q", "spaceDelimited", False), ["a", "b"], "q=a%20b"),
        (parameter(QUERY, "q"), {"a": 1, "b": "c d"}, "a=1&b=c%20d"),
        (parameter(QUERY, "q", explode=False), {"a": 1, "b": 2}, "q=a,1,b,2"),
        (parameter(QUERY, "q", "deepObject", True), {"a": 1}, "q%5Ba%5D=1"),
        (
            parameter(QUERY, "q", "deepObject", True),
            {"a": {"b": True}, "c": [1, 2]},
            "q%5Ba%5D%5Bb%5D=true&q%5Bc%5D=1&q%5Bc%5D=2",
        ),
        (parameter(QUERY, "q", "deepObject", True), [{"a": 1}, {"a": 2}], "q%5B0%5D%5Ba%5D=1&q%5B1%5D%5Ba%5D=2"),
    ],
)
def test_queries_are_written_as_openapi_says(item: ir.Parameter, value: ir.JsonValue, expected: str) -> None:
    assert stubs_wire.target(operation("/", [item]), {(QUERY, item.name): value}) == f"/?{expected}"


@pytest.mark.parametrize(
    ("item", "value", "expected"),
    [
        (parameter(PATH, "x"), "한 /?#%+~", "/%ED%95%9C%20%2F%3F%23%25%2B~:do"),
        (parameter(PATH, "x"), ["a", "b,c"], "/a,b%2Cc:do"),
        (parameter(PATH, "x", explode=True), {"a": 1, "b": 2}, "/a=1,b=2:do"),
        (parameter(PATH, "x", "label"), [1, 2], "/.1,2:do"),
        (parameter(PATH, "x", "label", True), [1, 2], "/.1.2:do"),
        (parameter(PATH, "x", "matrix"), [1, 2], "/;x=1,2:do"),
        (parameter(PATH, "x", "matrix", True), {"a": 1}, "/;a=1:do"),
    ],
)
def test_paths_are_written_as_openapi_says(item: ir.Parameter, value: ir.JsonValue, expected: str) -> None:
    assert stubs_wire.path_of(operation("/{x}:do", [item]), {(PATH, "x"): value}) == expected


def test_headers_and_cookies_are_written_as_openapi_says() -> None:
    found = operation("/", [parameter(HEADER, "X-One"), parameter(HEADER, "X-Two"), parameter(COOKIE, "c")])
    values: stubs_wire.Values = {(HEADER, "X-One"): ["a", True], (HEADER, "X-Two"): {"a": 1}, (COOKIE, "c"): ["d", "e"]}
    assert stubs_wire.headers(found, values) == {"X-One": "a,true", "X-Two": "a,1", "Cookie": "c=d; c=e"}


def text_schema(**facts: int | str) -> ir.StringSchema:
    return ir.StringSchema(origin=ORIGIN, **facts)  # type: ignore[arg-type]


def number_schema(**facts: float | bool) -> ir.NumberSchema:
    return ir.NumberSchema(origin=ORIGIN, **{"integer": True, **facts})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("schema", "made"),
    [
        (text_schema(), "a name"),
        (text_schema(min_length=10), "a namea nam"[:10]),
        (text_schema(max_length=3), "a-n"),
        (text_schema(format="date-time"), "2025-01-02T03:04:05Z"),
        (number_schema(), 7),
        (number_schema(minimum=10, maximum=20, multiple_of=6), 12),
        (number_schema(exclusive_minimum=10, exclusive_maximum=12), 11),
        (number_schema(integer=False, minimum=0.1, maximum=0.2), 0.1),
        (ir.EnumSchema(origin=ORIGIN, values=("", "b")), "b"),
        (ir.ArraySchema(origin=ORIGIN, items=text_schema(), min_items=2), ["a name", "a name"]),
    ],
)
def test_samples_lie_within_what_the_schema_allows(schema: ir.Schema, made: ir.JsonValue) -> None:
    assert Samples({}, {}).made(schema, "name", 7) == made


@pytest.mark.parametrize(
    "schema",
    [
        text_schema(min_length=5, max_length=4),
        number_schema(minimum=5, maximum=4),
        number_schema(exclusive_minimum=5, exclusive_maximum=6),
        number_schema(integer=False, minimum=10**399, multiple_of=0.1),
        number_schema(multiple_of=10**399),
        number_schema(integer=False, multiple_of=5e-324, minimum=1.1),
        text_schema(min_length=10**399),
        text_schema(min_length=10**12, pattern="^a+$"),
        ir.ArraySchema(origin=ORIGIN, items=text_schema(), min_items=1_000_000),
        ir.RefSchema(origin=ORIGIN, name="nowhere"),
    ],
)
def test_what_cannot_be_sampled_is_left_out(schema: ir.Schema) -> None:
    with pytest.raises(NoSampleError):
        Samples({}, {}).made(schema)


def test_forms_are_written_as_their_encoding_says(tmp_path: Path) -> None:
    code, printed = run_stubs(generate(tmp_path, FORMS))
    assert code == 0, printed
    text = next((tmp_path / "stubs").glob("test_*.py")).read_text(encoding="utf-8")
    assert "No valid call" not in text
    assert all(f"def test_{name}__sends_every_argument" in text for name in ("pairs", "parts"))
