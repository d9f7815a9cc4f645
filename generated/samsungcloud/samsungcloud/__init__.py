"""Clients of Data Flow, Data Ops; everything is imported when it is first used."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._runtime.errors import APIConnectionError as APIConnectionError
    from ._runtime.errors import APIError as APIError
    from ._runtime.errors import APIStatusError as APIStatusError
    from ._runtime.errors import APITimeoutError as APITimeoutError
    from .data_flow.v1_1.async_client import AsyncDataFlow as AsyncDataFlow
    from .data_ops.v1_1.async_client import AsyncDataOps as AsyncDataOps
    from ._runtime.errors import AuthenticationError as AuthenticationError
    from ._runtime.errors import BadRequestError as BadRequestError
    from ._runtime.errors import ConfigurationError as ConfigurationError
    from ._runtime.errors import ConflictError as ConflictError
    from ._signing import Credentials as Credentials
    from ._runtime.credential_sources import CredentialsChain as CredentialsChain
    from ._runtime.errors import CredentialsError as CredentialsError
    from .data_flow.v1_1.client import DataFlow as DataFlow
    from .data_ops.v1_1.client import DataOps as DataOps
    from ._runtime.warn import DeprecatedArgumentWarning as DeprecatedArgumentWarning
    from ._runtime.warn import DeprecatedOperationWarning as DeprecatedOperationWarning
    from ._runtime.credential_sources import EnvironmentCredentials as EnvironmentCredentials
    from ._runtime.files import File as File
    from ._runtime.renewal import FunctionCredentials as FunctionCredentials
    from ._runtime.hooks import Hooks as Hooks
    from ._runtime.errors import NotAcceptableError as NotAcceptableError
    from ._runtime.errors import NotFoundError as NotFoundError
    from ._runtime.errors import PaginationError as PaginationError
    from ._runtime.errors import PermissionDeniedError as PermissionDeniedError
    from ._runtime.credential_process import ProcessCredentials as ProcessCredentials
    from ._runtime.credential_sources import ProfileCredentials as ProfileCredentials
    from ._runtime.errors import RateLimitError as RateLimitError
    from ._runtime.raw import RawResponse as RawResponse
    from ._runtime.errors import RequestValidationError as RequestValidationError
    from ._runtime.errors import ResponseTooLargeError as ResponseTooLargeError
    from ._runtime.errors import ResponseValidationError as ResponseValidationError
    from ._runtime.secret import Secret as Secret
    from ._runtime.errors import ServerError as ServerError
    from ._runtime.signing import Signed as Signed
    from ._runtime.signing import Signer as Signer
    from ._runtime.errors import StreamError as StreamError
    from ._runtime.warn import SupportedUntilWarning as SupportedUntilWarning
    from ._runtime.credentials import TemporaryCredentials as TemporaryCredentials
    from ._runtime.unset import UNSET as UNSET
    from ._runtime.choice import UnknownMember as UnknownMember
    from ._runtime.errors import UnprocessableEntityError as UnprocessableEntityError
    from ._runtime.unset import Unset as Unset
    from ._runtime.errors import UnsignedRequestError as UnsignedRequestError
    from ._runtime.errors import WaitError as WaitError
    from ._runtime.errors import WaitTimeoutError as WaitTimeoutError

__version__ = "0.1.0"

__all__: list[str] = [
    "APIConnectionError",
    "APIError",
    "APIStatusError",
    "APITimeoutError",
    "AsyncDataFlow",
    "AsyncDataOps",
    "AuthenticationError",
    "BadRequestError",
    "ConfigurationError",
    "ConflictError",
    "Credentials",
    "CredentialsChain",
    "CredentialsError",
    "DataFlow",
    "DataOps",
    "DeprecatedArgumentWarning",
    "DeprecatedOperationWarning",
    "EnvironmentCredentials",
    "File",
    "FunctionCredentials",
    "Hooks",
    "NotAcceptableError",
    "NotFoundError",
    "PaginationError",
    "PermissionDeniedError",
    "ProcessCredentials",
    "ProfileCredentials",
    "RateLimitError",
    "RawResponse",
    "RequestValidationError",
    "ResponseTooLargeError",
    "ResponseValidationError",
    "Secret",
    "ServerError",
    "Signed",
    "Signer",
    "StreamError",
    "SupportedUntilWarning",
    "TemporaryCredentials",
    "UNSET",
    "UnknownMember",
    "UnprocessableEntityError",
    "Unset",
    "UnsignedRequestError",
    "WaitError",
    "WaitTimeoutError",
]

_MODULES: dict[str, str] = {
    "APIConnectionError": "._runtime.errors",
    "APIError": "._runtime.errors",
    "APIStatusError": "._runtime.errors",
    "APITimeoutError": "._runtime.errors",
    "AsyncDataFlow": ".data_flow.v1_1.async_client",
    "AsyncDataOps": ".data_ops.v1_1.async_client",
    "AuthenticationError": "._runtime.errors",
    "BadRequestError": "._runtime.errors",
    "ConfigurationError": "._runtime.errors",
    "ConflictError": "._runtime.errors",
    "Credentials": "._signing",
    "CredentialsChain": "._runtime.credential_sources",
    "CredentialsError": "._runtime.errors",
    "DataFlow": ".data_flow.v1_1.client",
    "DataOps": ".data_ops.v1_1.client",
    "DeprecatedArgumentWarning": "._runtime.warn",
    "DeprecatedOperationWarning": "._runtime.warn",
    "EnvironmentCredentials": "._runtime.credential_sources",
    "File": "._runtime.files",
    "FunctionCredentials": "._runtime.renewal",
    "Hooks": "._runtime.hooks",
    "NotAcceptableError": "._runtime.errors",
    "NotFoundError": "._runtime.errors",
    "PaginationError": "._runtime.errors",
    "PermissionDeniedError": "._runtime.errors",
    "ProcessCredentials": "._runtime.credential_process",
    "ProfileCredentials": "._runtime.credential_sources",
    "RateLimitError": "._runtime.errors",
    "RawResponse": "._runtime.raw",
    "RequestValidationError": "._runtime.errors",
    "ResponseTooLargeError": "._runtime.errors",
    "ResponseValidationError": "._runtime.errors",
    "Secret": "._runtime.secret",
    "ServerError": "._runtime.errors",
    "Signed": "._runtime.signing",
    "Signer": "._runtime.signing",
    "StreamError": "._runtime.errors",
    "SupportedUntilWarning": "._runtime.warn",
    "TemporaryCredentials": "._runtime.credentials",
    "UNSET": "._runtime.unset",
    "UnknownMember": "._runtime.choice",
    "UnprocessableEntityError": "._runtime.errors",
    "Unset": "._runtime.unset",
    "UnsignedRequestError": "._runtime.errors",
    "WaitError": "._runtime.errors",
    "WaitTimeoutError": "._runtime.errors",
}


def __getattr__(name: str) -> object:
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = import_module(module, __name__)
    # `models` is a module, and given whole.
    value = found if module.endswith(f".{name}") else getattr(found, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_MODULES})
