"""Places: the servers that a document names and a client's settings go in, the address of each operation comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from .errors import ConfigurationError
from .library import normalise_base
from .operation import Operation
from .profile import Settings
from .service import Server, Service, is_complete, server_url


class Places:
    """Where the operations of one client are sent.

    An address of the caller's that is none of the document's stands in for all of them: who sends calls to a mock, a
    gateway or another installation must be sure that nothing goes past it. One that the document names for all
    operations only chooses among those, and operations with servers of their own keep them. Servers whose address has
    no host are on the client's own server, whichever that is.
    """

    __slots__ = ("_allow_http", "_found", "_is_foreign", "_missing", "_settings", "base")

    def __init__(
        self,
        service: Service,
        given: Mapping[str, str | None],
        settings: Settings,
        base_url: str | None,
        *,
        allow_http: bool,
    ) -> None:
        self._settings = (service, given, settings)
        self._allow_http = allow_http
        self._found: dict[tuple[Server, ...], str] = {}
        self._missing: ConfigurationError | None = None
        self.base = self._common() if base_url is None else self._normal(base_url)
        self._is_foreign = base_url is not None and bool(service.elsewhere) and self.base not in self._named()

    def moved(self, base_url: str) -> Places:
        """Give the places of a client with another address.

        Raises:
            ConfigurationError: it is no address, or http to another machine without leave.
        """
        return Places(*self._settings, base_url, allow_http=self._allow_http)

    def of(self, operation: Operation[Any]) -> str:
        """Give the address that the path of an operation is added to.

        Raises:
            ConfigurationError: there is none, or a variable of it has no value that will do.
        """
        servers = operation.servers
        is_own = bool(servers) and not (self._is_foreign and is_complete(servers[0]))
        if self._missing is not None and not (is_own and is_complete(servers[0])):
            raise self._missing.with_traceback(None)
        if not is_own:
            return self.base
        found = self._found.get(servers)
        if found is None:
            service, given, settings = self._settings
            found = self._found[servers] = self._normal(server_url(service, given, settings, servers, self.base))
        return found

    def _common(self) -> str:
        service, given, settings = self._settings
        try:
            return self._normal(server_url(service, given, settings))
        except ConfigurationError as error:
            if not service.elsewhere or any(map(is_complete, service.servers)):
                raise
            self._missing = error  # of no concern to operations that have servers of their own
            return ""

    def _named(self) -> Iterator[str]:
        service, given, settings = self._settings
        for server in service.servers:
            with suppress(ConfigurationError):
                yield self._normal(server_url(service, given, settings, (server,)))

    def _normal(self, address: str) -> str:
        return normalise_base(address, allow_http=self._allow_http)
