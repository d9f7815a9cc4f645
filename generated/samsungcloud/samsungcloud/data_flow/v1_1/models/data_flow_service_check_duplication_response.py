"""DataFlowServiceCheckDuplicationResponse: models of Data Flow 1.1."""

from ...._runtime.model import Model


class DataFlowServiceCheckDuplicationResponse(Model):
    """DataFlowServiceCheckDuplicationResponse.

    Fields:
        result: boolean.
    """

    result: bool
