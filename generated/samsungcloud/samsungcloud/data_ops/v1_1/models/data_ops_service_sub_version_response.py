"""DataOpsServiceSubVersionResponse: models of Data Ops 1.1."""

from ...._runtime.model import Model


class DataOpsServiceSubVersionResponse(Model):
    """DataOpsServiceSubVersionResponse.

    Fields:
        scheduler: string.
        webserver: string.
        worker: string.
    """

    scheduler: str
    webserver: str
    worker: str
