"""Sources of credentials that need no waiting, and the chain: settings come in, the credentials kept there come out."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence

from .credentials import CredentialsBase, CredentialsSource, Wanted
from .errors import ConfigurationError, CredentialsError
from .profile import Settings

_PROCESS = "credential_process"
_EXPIRATION = "expiration"


class EnvironmentCredentials(CredentialsSource):
    """Credentials in the environment variables `<PREFIX>_<NAME>`, read before every attempt."""

    def __init__(self) -> None:
        self._last: tuple[Mapping[str, str], CredentialsBase] | None = None

    def has(self, wanted: Wanted) -> bool:
        """Say whether a variable of a required credential is set."""
        if self._values(wanted) is None:
            return False
        self.current(wanted)
        return True

    def current(self, wanted: Wanted) -> CredentialsBase:
        """Give the credentials as the variables are now."""
        values = self._values(wanted)
        if values is None:
            raise CredentialsError(f"no credentials in the environment any more: {self.sought(wanted)}")
        last = self._last
        if last is None or last[0] != values or type(last[1]) is not wanted.kind:
            last = self._last = (values, wanted.kind(**values))
        return last[1]

    def get(self, wanted: Wanted, within: float | None = None) -> CredentialsBase:
        """Give the credentials as the variables are now."""
        return self.current(wanted)

    async def aget(self, wanted: Wanted) -> CredentialsBase:
        """Give the credentials as the variables are now."""
        return self.current(wanted)

    def sought(self, wanted: Wanted) -> str:
        """Name the variables."""
        return f"set {wanted.told(wanted.settings.variable)}"

    def _values(self, wanted: Wanted) -> Mapping[str, str] | None:
        settings = wanted.settings
        return _whole(wanted, settings.environment, "the environment", settings.variable)


class ProfileCredentials(CredentialsSource):
    """Credentials in a table of the profile file, or of the program that its `credential_process` names.

    The file is read again once it has changed. If it cannot be used then, the credentials that were read last stay in
    force, and a warning is logged. `expiration` in the table is the moment at which the credentials end.
    """

    def __init__(
        self, profile: str | None = None, *, path: str | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self._profile, self._path, self._clock = profile, path, clock
        self._settings: tuple[Settings, Settings] | None = None
        self._last: tuple[Mapping[str, object], CredentialsBase] | None = None
        self._process: tuple[object, CredentialsSource] | None = None
        self._warned: object = None

    def has(self, wanted: Wanted) -> bool:
        """Say whether the table holds credentials or names a program."""
        settings = self._own(wanted)
        table = settings.table()
        if table.get(_PROCESS) is not None:
            self._of_process(settings, table)
        elif _in_table(wanted, settings, table) is None:
            return False
        else:
            self._alive(settings, table, self._of_table(wanted, settings, table))
        return True

    def current(self, wanted: Wanted) -> CredentialsBase | None:
        """Give the credentials as the file is now."""
        settings = self._own(wanted)
        try:
            table = settings.table()
            if table.get(_PROCESS) is not None:
                return self._of_process(settings, table).current(wanted)
            return self._alive(settings, table, self._of_table(wanted, settings, table))
        except ConfigurationError as error:
            return self._kept(settings, error)

    def get(self, wanted: Wanted, within: float | None = None) -> CredentialsBase:
        """Give the credentials; those of a program are waited for."""
        return self.current(wanted) or self._waiting(wanted).get(wanted, within)

    async def aget(self, wanted: Wanted) -> CredentialsBase:
        """Give the credentials; those of a program are waited for."""
        return self.current(wanted) or await self._waiting(wanted).aget(wanted)

    def sought(self, wanted: Wanted) -> str:
        """Name the table."""
        settings = self._own(wanted)
        return f"write {wanted.told()} under [{settings.profile_name}] in {settings.shown_path} (mode 0600)"

    def _own(self, wanted: Wanted) -> Settings:
        if self._settings is None or self._settings[0] is not wanted.settings:
            own = wanted.settings.at(profile=self._profile, path=self._path)
            self._settings = (wanted.settings, own)
        return self._settings[1]

    def _waiting(self, wanted: Wanted) -> CredentialsSource:
        settings = self._own(wanted)
        return self._of_process(settings, settings.table())

    def _of_table(self, wanted: Wanted, settings: Settings, table: Mapping[str, object]) -> CredentialsBase:
        last = self._last
        # The file gives the same table until it changes.
        if last is not None and last[0] is table and type(last[1]) is wanted.kind:
            return last[1]
        values = _in_table(wanted, settings, table)
        if values is None:
            raise CredentialsError(f"no credentials in {settings.place} any more: {self.sought(wanted)}")
        self._last = (table, wanted.kind(**values))
        return self._last[1]

    def _alive(self, settings: Settings, table: Mapping[str, object], held: CredentialsBase) -> CredentialsBase:
        end = table.get(_EXPIRATION)
        if end is None:
            return held
        from .renewal import moment_of

        moment = moment_of(end)
        if moment is None:
            raise CredentialsError(
                f"{settings.shown_path}: {_EXPIRATION} under [{settings.profile_name}] is no moment with an offset, "
                "such as 2030-01-31T12:00:00Z"
            )
        if moment <= self._clock():
            self._last = None
            raise CredentialsError(f"the credentials in {settings.place} have ended: write new ones there")
        return held

    def _of_process(self, settings: Settings, table: Mapping[str, object]) -> CredentialsSource:
        command = table[_PROCESS]
        if self._process is None or self._process[0] != command:
            from .credential_process import ProcessCredentials

            if not isinstance(command, str | list):
                place = f"{settings.shown_path}: {_PROCESS} under [{settings.profile_name}]"
                raise CredentialsError(f"{place} is neither a command nor a list of a command's words")
            self._process = (command, ProcessCredentials(command, clock=self._clock))
        return self._process[1]

    def _kept(self, settings: Settings, error: ConfigurationError) -> CredentialsBase:
        if self._last is None:
            raise error
        state = settings.file.state()
        if self._warned != (state,):
            self._warned = (state,)
            from .parse import LOGGER

            LOGGER.warning("the credentials read before stay in force: %s", error.message)
        return self._last[1]


class CredentialsChain(CredentialsSource):
    """The first of several sources that has credentials, for as long as it has them; never a mixture of two."""

    def __init__(self, *sources: CredentialsSource) -> None:
        self._sources: Sequence[CredentialsSource] = sources
        self._chosen: CredentialsSource | None = None

    def has(self, wanted: Wanted) -> bool:
        """Say whether any source has credentials."""
        return self._choice(wanted) is not None

    def current(self, wanted: Wanted) -> CredentialsBase | None:
        """Give the credentials of the chosen source if they take no waiting."""
        return self._one(wanted).current(wanted)

    def get(self, wanted: Wanted, within: float | None = None) -> CredentialsBase:
        """Give the credentials of the chosen source."""
        return self._one(wanted).get(wanted, within)

    async def aget(self, wanted: Wanted) -> CredentialsBase:
        """Give the credentials of the chosen source."""
        return await self._one(wanted).aget(wanted)

    def sought(self, wanted: Wanted) -> str:
        """Say what every source looks for, in order."""
        return ", or ".join(source.sought(wanted) for source in self._sources)

    def _choice(self, wanted: Wanted) -> CredentialsSource | None:
        if self._chosen is None:
            self._chosen = next((source for source in self._sources if source.has(wanted)), None)
        return self._chosen

    def _one(self, wanted: Wanted) -> CredentialsSource:
        chosen = self._choice(wanted)
        if chosen is None:
            raise CredentialsError(f"no credentials: {self.sought(wanted)}")
        return chosen


def _in_table(wanted: Wanted, settings: Settings, table: Mapping[str, object]) -> Mapping[str, str] | None:
    return _whole(wanted, lambda name: settings.text(table, name), settings.place, str)


def _whole(
    wanted: Wanted, look: Callable[[str], str | None], place: str, shown: Callable[[str], str]
) -> Mapping[str, str] | None:
    """Collect the values of one place; None if it has nothing of what is needed."""
    values = {field.name: found for field in wanted.kind.fields if (found := look(field.name))}
    missing = wanted.missing(values)
    if missing is None or not values:
        return None
    if missing:
        raise CredentialsError(f"incomplete credentials in {place}: {', '.join(map(shown, missing))} missing")
    return values
