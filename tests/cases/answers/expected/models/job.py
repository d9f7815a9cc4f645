"""Job: models of Answers 1."""

from ...._runtime.model import Model


class Job(Model):
    """Job.

    Fields:
        job: string.
    """

    job: str
