"""ListThingsResponseXJson: models of Headers 1."""

from ...._runtime.model import Model


class ListThingsResponseXJson(Model):
    """ListThingsResponseXJson.

    Fields:
        a: boolean.
    """

    a: bool
