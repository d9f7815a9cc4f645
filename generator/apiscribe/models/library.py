"""The one call of datamodel-code-generator: definitions go in, the text of a Python module comes out."""

from __future__ import annotations

import json
from typing import Any


def python_of(definitions: dict[str, Any]) -> str:
    """Give the module that the library makes of definitions, with its built-in formatter and no remote references."""
    # Imported here, once: its import costs more than reading a small document.
    from datamodel_code_generator import (
        Formatter,
        InputFileType,
        LiteralType,
        PythonVersion,
        generate,
    )
    from datamodel_code_generator.enums import DataModelType

    text = generate(
        json.dumps({"$defs": definitions}),
        input_file_type=InputFileType.JsonSchema,
        output_model_type=DataModelType.PydanticV2BaseModel,
        target_python_version=PythonVersion.PY_311,
        enum_field_as_literal=LiteralType.All,
        use_standard_collections=True,
        use_union_operator=False,
        disable_timestamp=True,
        disable_future_imports=True,
        allow_remote_refs=False,
        formatters=[Formatter.BUILTIN],
    )
    if not isinstance(text, str):
        msg = f"datamodel-code-generator gave {type(text).__name__}, not one module"
        raise AssertionError(msg)
    return text
