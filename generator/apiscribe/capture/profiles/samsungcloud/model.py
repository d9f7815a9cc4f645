"""The model room: the blocks of one model to its reading, every fault located."""

from __future__ import annotations

from collections.abc import Sequence

from apiscribe.capture import rowsets
from apiscribe.capture.checks import component_fault, quoted
from apiscribe.capture.faults import Faults
from apiscribe.capture.headings import prose
from apiscribe.capture.page import Block, Form, Heading, Paragraph, Table
from apiscribe.capture.profiles.samsungcloud import facts
from apiscribe.capture.profiles.samsungcloud.tables import read_fields
from apiscribe.capture.readings import FieldReading, Gap, ModelReading, Part, Place
from apiscribe.errors import Diagnostic


def read_model(blocks: Sequence[Block], name: str, place: Place, diagnostics: list[Diagnostic]) -> ModelReading:
    """Read one model; warnings are added to the diagnostics.

    Raises: ApiscribeError with everything that is wrong.
    """
    faults = Faults(place)
    fault = component_fault(name)
    if fault:
        faults.add("page-name", f"the name of model {quoted(name)} {fault}", place.line)
    tables = [block for block in blocks if isinstance(block, Table) and block.columns == facts.MODEL_COLUMNS]
    is_lost = not tables and place.form is Form.LOSSY
    if len(tables) != 1 and not is_lost:
        message = f"table missing for model {quoted(name)}: {' | '.join(facts.MODEL_COLUMNS)}"
        raise faults.stop("page-table", message, place.line)
    texts = [block for block in blocks if isinstance(block, Heading | Paragraph) and block.text != name]
    for block in blocks:
        if block not in tables and not isinstance(block, Paragraph):
            faults.add("page-shape", f"something unexpected beside the table of model {quoted(name)}", block.line)
    fields: Sequence[FieldReading] = ()
    if tables:
        fields, found = read_fields(tables[0])
        faults.extend("page-row", found)
    text = prose(texts)
    reading = ModelReading(
        place=place,
        service="",
        name=name,
        fields=rowsets.single_fields(fields, "field", faults),
        description=None if text in ("", facts.NOTHING) else text,
        gaps=(Gap(part=Part.FIELDS, line=place.line),) if is_lost else (),
    )
    diagnostics.extend(faults.finish())
    return reading
