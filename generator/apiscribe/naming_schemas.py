"""Schema names: what schemas are called as classes, which say of their packages only what tells them apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from apiscribe.naming import pascal_case

_TYPE: Final = re.compile(r"[A-Z][A-Za-z0-9]*")
_VERSION: Final = re.compile(r"v\d+((alpha|beta)\d*)?", re.IGNORECASE)


def class_names(name: str) -> Sequence[str]:
    """Give the names that a schema may have as a class, the shortest last: those of packages say little of it.

    >>> class_names("io.api.core.v1.Pod")
    ['IoApiCoreV1Pod', 'ApiCoreV1Pod', 'CoreV1Pod', 'V1Pod']
    >>> class_names("Shop.Models.Order/lines"), class_names("billing.session"), class_names("/")
    (['ShopModelsOrderLines', 'ModelsOrderLines', 'OrderLines'], ['BillingSession'], ['Schema'])
    """
    owner, *below = name.split("/")
    parts = owner.split(".")
    # The version of a package stays with what is in it.
    kept = 2 if _VERSION.fullmatch(parts[-2:][0]) else 1
    starts = range(len(parts) - kept + 1) if len(parts) > 2 and _TYPE.fullmatch(parts[-1]) else range(1)
    told = [(".".join(parts[start:]), *below) for start in starts]
    return ["".join(pascal_case(part) for part in one if part) or "Schema" for one in told]
