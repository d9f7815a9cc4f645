"""Settings beside the arguments: the environment and the profile file are read, their values come out by name."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping

from .errors import ConfigurationError, CredentialsError

_LARGEST_FILE = 1024 * 1024
_DEFAULT_PROFILE = "default"


class ProfileFile:
    """A file with a table for each profile; it is read when something is looked for, and again once it changed."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._read: tuple[object, Mapping[str, object] | None, str] | None = None

    def tables(self) -> Mapping[str, object] | None:
        """Give the tables by name; None if there is no file.

        Raises:
            CredentialsError: others can read the file, or it is not what it should be.
        """
        state = self.state()
        known = self._read
        if known is None or known[0] != state:
            try:
                known = (state, self._parse(), "")
            except CredentialsError as error:
                known = (state, None, error.message)
            self._read = known
        if known[2]:
            raise CredentialsError(known[2])
        return known[1]

    def state(self) -> tuple[int, ...] | None:
        """Give what differs once the file has changed."""
        try:
            found = os.stat(os.path.expanduser(self.path))
        except (OSError, ValueError):
            return None
        return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino, found.st_mode, found.st_uid

    def _parse(self) -> Mapping[str, object] | None:
        text = _read_private(os.path.expanduser(self.path), self.path)
        if text is None:
            return None
        import tomllib  # only here: most programs have no profile file

        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            pass  # the parser's message and its cause quote the file's text
        raise CredentialsError(f"{self.path} is not valid TOML")


class Settings:
    """Finds a setting in `<PREFIX>_<NAME>`, or in the profile's table in `~/.<folder>/credentials.toml`.

    `profile` and `path` choose another profile and another file than the environment does.
    """

    def __init__(
        self,
        *,
        prefix: str,
        folder: str,
        variables: Mapping[str, str] | None = None,
        profile: str | None = None,
        path: str | None = None,
    ) -> None:
        self._prefix = prefix
        self._folder = folder
        self._variables = os.environ if variables is None else variables
        self._profile = profile
        self.file = ProfileFile(path or (f"~/.{folder}/credentials.toml" if folder else ""))

    def at(self, *, profile: str | None, path: str | None) -> Settings:
        """Give the settings of another profile or file."""
        if profile is None and path is None:
            return self
        return Settings(
            prefix=self._prefix,
            folder=self._folder,
            variables=self._variables,
            profile=profile or self._profile,
            path=path or self.file.path or None,
        )

    def variable(self, name: str) -> str:
        """Give the name of the environment variable for a setting."""
        return f"{self._prefix}_{name.upper()}" if self._prefix else name.upper()

    def environment(self, name: str) -> str | None:
        """Look in the environment; an empty variable counts as none."""
        return self._variables.get(self.variable(name)) or None

    def profile(self, name: str) -> str | None:
        """Look in the profile file.

        Raises:
            CredentialsError: others can read the file, or it cannot be read.
        """
        return self.text(self.table(), name)

    def text(self, table: Mapping[str, object], name: str) -> str | None:
        """Give a value of the profile's table; an empty one counts as none.

        Raises:
            CredentialsError: it is not text.
        """
        value = table.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise CredentialsError(f"{self.shown_path}: {name} under [{self.profile_name}] is not text")
        return value

    @property
    def place(self) -> str:
        """The table of the profile file that is looked in."""
        return f"[{self.profile_name}] of {self.shown_path}"

    @property
    def shown_path(self) -> str:
        """The profile file as a reader knows it."""
        return self.file.path

    @property
    def profile_name(self) -> str:
        """The profile in use."""
        return self._chosen or _DEFAULT_PROFILE

    @property
    def _chosen(self) -> str | None:
        return self._profile or self.environment("profile")

    def table(self) -> Mapping[str, object]:
        """Give the profile's table as it is now.

        Raises:
            ConfigurationError: a profile is chosen that is not there.
            CredentialsError: others can read the file, or it cannot be read.
        """
        if not self.file.path:
            return {}
        tables = self.file.tables()
        if tables is None:
            if self._chosen:
                raise ConfigurationError(f"profile {self._chosen!r} is chosen, but there is no {self.shown_path}")
            return {}
        table = tables.get(self.profile_name)
        if table is None and not self._chosen:
            return {}
        if not isinstance(table, dict):
            raise ConfigurationError(f"{self.shown_path} has no table [{self.profile_name}]")
        return table


def _read_private(path: str, shown: str) -> str | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise CredentialsError(f"{shown} cannot be read: {error.strerror}") from None
    try:
        # The open file is judged, not its name, so nobody can put another file there in between.
        _check_private(os.fstat(descriptor), shown)
        data = b""
        while len(data) <= _LARGEST_FILE and (piece := os.read(descriptor, _LARGEST_FILE + 1)):
            data += piece
    finally:
        os.close(descriptor)
    if len(data) > _LARGEST_FILE:
        raise CredentialsError(f"{shown} is larger than {_LARGEST_FILE} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CredentialsError(f"{shown} is not UTF-8 text") from None


def _check_private(facts: os.stat_result, shown: str) -> None:
    if not stat.S_ISREG(facts.st_mode):
        raise CredentialsError(f"{shown} is not a file")
    if os.name != "posix":
        return
    if facts.st_mode & 0o077:
        mode = facts.st_mode & 0o777
        raise CredentialsError(f"{shown} can be read by others (mode {mode:04o}): chmod 600 {shown}")
    if facts.st_uid not in (os.geteuid(), 0):
        raise CredentialsError(f"{shown} belongs to another user")
