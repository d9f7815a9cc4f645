"""Settings beside the arguments: the environment and the profile file are read, their values come out by name."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from functools import cached_property

from .errors import ConfigurationError, CredentialsError

_LARGEST_FILE = 1024 * 1024
_DEFAULT_PROFILE = "default"


class Settings:
    """Finds a setting in `<PREFIX>_<NAME>`, or in the profile's table in `~/.<folder>/credentials.toml`.

    The file is read at most once, and only when something is looked for in it.
    """

    def __init__(
        self, *, prefix: str, folder: str, variables: Mapping[str, str] | None = None
    ) -> None:
        self._prefix = prefix
        self._folder = folder
        self._variables = os.environ if variables is None else variables

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
        value = self._table.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise CredentialsError(
                f"{self.shown_path}: {name} under [{self.profile_name}] is not text"
            )
        return value

    def place(self, source: Callable[[str], str | None]) -> str:
        """Name a place that was looked at."""
        if source == self.environment:
            return "the environment"
        return f"[{self.profile_name}] of {self.shown_path}"

    @property
    def shown_path(self) -> str:
        """The profile file as a reader knows it."""
        return f"~/.{self._folder}/credentials.toml"

    @property
    def profile_name(self) -> str:
        """The profile in use."""
        return self._chosen or _DEFAULT_PROFILE

    @property
    def _chosen(self) -> str | None:
        return self.environment("profile")

    @cached_property
    def _table(self) -> Mapping[str, object]:
        if not self._folder:
            return {}
        text = _read_private(os.path.expanduser(self.shown_path), self.shown_path)
        if text is None:
            if self._chosen:
                raise ConfigurationError(
                    f"profile {self._chosen!r} is chosen, but there is no {self.shown_path}"
                )
            return {}
        import tomllib  # only here: most programs have no profile file

        try:
            tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            # The parser's message and its cause quote the file's text.
            tables = None
        if tables is None:
            raise CredentialsError(f"{self.shown_path} is not valid TOML")
        table = tables.get(self.profile_name)
        if table is None and not self._chosen:
            return {}
        if not isinstance(table, dict):
            raise ConfigurationError(f"{self.shown_path} has no table [{self.profile_name}]")
        return table


def _read_private(path: str, shown: str) -> str | None:
    try:
        descriptor = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
        )
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
        raise CredentialsError(
            f"{shown} can be read by others (mode {mode:04o}): chmod 600 {shown}"
        )
    if facts.st_uid not in (os.geteuid(), 0):
        raise CredentialsError(f"{shown} belongs to another user")
