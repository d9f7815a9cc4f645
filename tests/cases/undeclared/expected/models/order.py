"""Order: models of Undeclared 1."""

from typing import Any
from ...._runtime.model import Model


class Order(Model):
    """Order.

    Fields:
        name: string.
        price: any value.
    """

    name: str
    price: Any
