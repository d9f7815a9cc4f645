"""What every reader of a recipe's parts shares: kinds of nodes, known keys, and the collected diagnostics."""

from __future__ import annotations

from collections.abc import Sequence

from apiscribe.document.node import Node
from apiscribe.errors import Diagnostic, shown
from apiscribe.signing.recipe import Condition, Template
from apiscribe.signing.template import TemplateError, parse, parse_condition
from apiscribe.signing.words import LATEST

RULE = "signing.recipe"
MAX_CONDITIONS = 8


class Reading:
    """Goes through one recipe and collects what is wrong; stand-ins take the place of what cannot be read."""

    def __init__(self) -> None:
        self.problems: list[Diagnostic] = []
        self.language = LATEST

    def fields(
        self, node: Node | None, what: str, known: Sequence[str], required: Sequence[str] = ()
    ) -> dict[str, Node]:
        """Give the entries with known keys; report unknown and missing ones."""
        given = dict(self.mapping(node, what))
        for key, item in given.items():
            if key not in known:
                self.report(item, f"unknown key {shown(key, 40)!r} in {what}; known are {', '.join(known)}")
        if node is not None:
            for key in required:
                if key not in given:
                    self.report(node, f"{what} needs {key!r}")
        return {key: item for key, item in given.items() if key in known}

    def mapping(self, node: Node | None, what: str) -> Sequence[tuple[str, Node]]:
        """Give the members of a mapping; no node has none."""
        if node is not None and not node.is_mapping:
            self.report(node, f"{what} must be a mapping")
        return node.items() if node is not None else ()

    def sequence(self, node: Node | None, what: str, limit: int) -> Sequence[Node]:
        """Give the members of a list of at most so many; no node has none."""
        if node is None:
            return ()
        if not node.is_sequence:
            self.report(node, f"{what} must be a list")
        elif len(node) > limit:
            self.report(node, f"{what} has more than {limit} entries")
        else:
            return node.elements()
        return ()

    def texts(self, node: Node | None, what: str, limit: int) -> tuple[str, ...]:
        """Give the texts of a list."""
        return tuple(self.text(item, f"an entry of {what}") for item in self.sequence(node, what, limit))

    def text(self, node: Node | None, what: str) -> str:
        """Give a text."""
        text = node.string if node is not None else ""
        if node is not None and text is None:
            self.report(node, f"{what} must be text")
        return text or ""

    def flag(self, node: Node | None, what: str) -> bool:
        """Give true or false."""
        if node is not None and not isinstance(node.value, bool):
            self.report(node, f"{what} is true or false")
        return node is not None and node.value is True

    def template(self, node: Node, *, is_item: bool = False) -> Template:
        """Read a template: text, or from version 2 on a mapping of text and conditions."""
        if not node.is_mapping or self.language == 1:
            return self._parsed(node, (), is_item=is_item)
        fields = self.fields(node, "a conditional value", ("when", "value"), required=("when", "value"))
        if "value" not in fields:
            return Template(text="", pieces=())
        when = fields.get("when")
        several = self.sequence(when, "when", MAX_CONDITIONS) if when is not None and when.is_sequence else (when,)
        conditions = tuple(self._condition(item) for item in several if item is not None)
        return self._parsed(fields["value"], conditions, is_item=is_item)

    def _condition(self, node: Node) -> Condition:
        text = self.text(node, "a condition")
        try:
            return parse_condition(text)
        except TemplateError as error:
            self.report(node, str(error))
            return Condition(text=text, kind="body")

    def _parsed(self, node: Node, conditions: tuple[Condition, ...], *, is_item: bool) -> Template:
        text = self.text(node, "a template")
        try:
            return parse(text, self.language, is_item=is_item, conditions=conditions)
        except TemplateError as error:
            self.report(node, str(error))
            return Template(text=text, pieces=())

    def report(self, node: Node, message: str) -> None:
        """Note a mistake at its place."""
        self.problems.append(node.error(RULE, message))
