"""DataFlowServiceSubVersionResponse: models of Data Flow 1.1."""

from ...._runtime.model import Model


class DataFlowServiceSubVersionResponse(Model):
    """DataFlowServiceSubVersionResponse.

    Fields:
        nifi: string.
        nifiregistry: string.
        zookeeper: string.
    """

    nifi: str
    nifiregistry: str
    zookeeper: str
