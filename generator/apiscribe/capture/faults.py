"""The faults room: what is wrong with one part of a page, collected so that all of it is reported at once."""

from __future__ import annotations

from collections.abc import Sequence

from apiscribe.capture.page import Fault
from apiscribe.capture.readings import Place
from apiscribe.errors import ApiscribeError, Diagnostic, Severity


class Faults:
    """Collects diagnostics about one place."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.found: list[Diagnostic] = []

    def add(self, rule: str, message: str, line: int) -> None:
        """Note an error."""
        self.found.append(Diagnostic(rule=rule, message=message, origin=self.place.origin(line)))

    def warn(self, rule: str, message: str, line: int) -> None:
        """Note something that does not hinder reading."""
        origin = self.place.origin(line)
        self.found.append(Diagnostic(rule=rule, message=message, origin=origin, severity=Severity.WARNING))

    def extend(self, rule: str, faults: Sequence[Fault]) -> None:
        """Note the faults of a table."""
        for fault in faults:
            self.add(rule, fault.message, fault.line)

    def stop(self, rule: str, message: str, line: int) -> ApiscribeError:
        """Note an error that ends the reading, and give the exception with all that was noted."""
        self.add(rule, message, line)
        return ApiscribeError(self.found)

    def finish(self) -> tuple[Diagnostic, ...]:
        """Give the warnings.

        Raises: ApiscribeError if there are errors.
        """
        if any(diagnostic.severity is Severity.ERROR for diagnostic in self.found):
            raise ApiscribeError(self.found)
        return tuple(self.found)
