"""The faults room: what is wrong with one part of a page, collected so that all of it is reported at once."""

from __future__ import annotations

from collections.abc import Sequence

from apiscribe.capture.page import Fault, Form
from apiscribe.capture.readings import Gap, Part, Place
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


class Gaps:
    """Collects what a lossy page lost of one operation; a page of any other form loses nothing, so it is cut."""

    def __init__(self, place: Place) -> None:
        self._lossy = place.form is Form.LOSSY
        self.found: list[Gap] = []

    def add(self, part: Part, line: int) -> bool:
        """Note a part that is lost; false if the form of the page loses none."""
        if self._lossy and not self.has(part):
            self.found.append(Gap(part=part, line=line))
        return self._lossy

    def has(self, part: Part) -> bool:
        """Tell whether a part is lost."""
        return any(gap.part is part for gap in self.found)
