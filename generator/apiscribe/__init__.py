"""apiscribe: documentation pages to an OpenAPI document, the document to a signed client, all kept in step."""

__version__ = "0.1.0"
