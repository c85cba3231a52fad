"""What keeps a package from being fetched.

    UpstreamError
    ├── Missing      the upstream says that it is not there: 404, 410
    ├── Withheld     it is there, but not for us: 401, 403, 451
    ├── Unreadable   its answer is not what it was taken for: no JSON, too large, another shape
    ├── Unreachable  there is no answer: a timeout, a broken connection, 5xx
    ├── Unsafe       its address, or one that it leads to, is none that may be asked
    └── Later        it was not asked, or asks for patience: a limit, or statistics to come

Each text is for a curator: it names the upstream and says in plain words what is wrong. It holds no
token, and nothing of an answer but what is needed.
"""

import datetime as dt


class UpstreamError(Exception):
    """One of these; the text is what `Package.ingest` shows."""


class Missing(UpstreamError): ...


class Withheld(UpstreamError): ...


class Unreadable(UpstreamError): ...


class Unreachable(UpstreamError): ...


class Unsafe(UpstreamError): ...


class Later(UpstreamError):
    """Not before `until`: no fault of the package's."""

    def __init__(self, message: str, until: dt.datetime) -> None:
        super().__init__(message)
        self.until = until
