"""DataFlowCheckDuplicationResponse: models of Data Flow 1.1."""

from ...._runtime.model import Model


class DataFlowCheckDuplicationResponse(Model):
    """DataFlowCheckDuplicationResponse.

    Fields:
        result: boolean.
    """

    result: bool
