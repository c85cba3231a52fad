"""The many spellings of a repository's address, and the one that is stored.

What is decided here, and why:

- https is the one scheme that is shown, for self-hosted forges too: the address names a repository,
  and it should have one spelling. A forge that still serves plain http alone is rare.
- A port is part of a self-hosted web address. The port of an ssh or git address says nothing
  of the web page, so it is dropped, and so is any port on the public forges.
- GitHub, Bitbucket, Codeberg and Forgejo have a repository at the first two names of the path, so
  position decides: `/o/issues` is a repository, `/o/r/issues` a page of one. GitLab nests groups
  to any depth; there a repository ends before `/-/`, which no group or project may be called,
  or before one of the few names in `_GITLAB_PAGES`, by which it linked pages earlier.
- Of any other host nothing is known: the path is kept whole, but for `/-/...` and `.git`.
- Forges ignore the case of owners and repositories. Other hosts may not, but two addresses there
  that differ in case alone are far more often one repository than two, so they compare equal too.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from db.package import RepoHost
from db.text import fold

LENGTH = 2_000
"""The longest address, in characters, as given and as stored."""

_SITES = {
    "github.com": RepoHost.GITHUB,
    "gitlab.com": RepoHost.GITLAB,
    "bitbucket.org": RepoHost.BITBUCKET,
    "codeberg.org": RepoHost.CODEBERG,
    "code.forgejo.org": RepoHost.FORGEJO,
}
# The public forges' hosts for ssh through port 443.
_SSH_HOSTS = {
    "ssh.github.com": "github.com",
    "altssh.gitlab.com": "gitlab.com",
    "altssh.bitbucket.org": "bitbucket.org",
}
# A self-hosted forge is known by its host's first label alone, as in gitlab.gnome.org.
_LABELS = {"gitlab": RepoHost.GITLAB, "forgejo": RepoHost.FORGEJO}
# Pages of the forge itself, at the place of an owner's name.
_NO_OWNERS = {
    RepoHost.GITHUB: {"apps", "marketplace", "orgs", "sponsors", "topics", "users"},
    RepoHost.GITLAB: {"explore", "groups", "users"},
}
_GITLAB_PAGES = {"blame", "blob", "commits", "merge_requests", "tree", "wikis"}
_WEB_PORTS = {"https": 443, "http": 80}

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?=.{{1,253}}$){_LABEL}(\.{_LABEL})*")
_NAME = re.compile(r"[A-Za-z0-9_.-]+")
_DOT_GIT = re.compile(r"(?<=[^.])(\.git)+$", re.IGNORECASE)
_EXPECTED = "expected the address of a repository, such as https://github.com/owner/repository"


@dataclass(frozen=True)
class RepoUrl:
    """A repository's address.

    `url` is what is stored and shown: https, with the owner's spelling of the path, ASCII (other
    characters percent-encoded, the host by IDNA). `key` is what is compared: case folded, without
    scheme and "www.", such as "github.com/koed00/django-q". `host` is the kind of forge.
    """

    url: str
    key: str
    host: RepoHost


@lru_cache(maxsize=2_000)  # an edit of many packages reads each address several times
def normalize(url: str) -> RepoUrl:
    """Read any spelling of a repository's address.

    Taken are https, http, ssh and git addresses (each also with "git+" before it), `git@host:o/r`
    and bare `host/o/r`. Dropped are credentials, query, fragment, ".git", slashes too many, and
    the page of the repository that a deep link leads to. The outcome's `url` gives the same again.

    Raises ValueError with what was expected; its text never holds the input, which may hold
    a password.
    """
    text = url.strip()
    if len(text) > LENGTH:
        raise ValueError(f"expected an address of {LENGTH:,} characters at most")
    if not text.isprintable() or " " in text:
        raise ValueError("expected an address without spaces and control characters")
    scheme, name, port, path = _split(text)
    host, kind = _host(name)
    names = _repository(kind, _names(path))
    if port and scheme in _WEB_PORTS and port not in {443, _WEB_PORTS[scheme]}:
        host = host if host in _SITES else f"{host}:{port}"
    address = RepoUrl(
        url=f"https://{host}/{_path(names)}",
        key=fold(f"{host.removeprefix('www.')}/{_path([fold(name) for name in names])}"),
        host=kind,
    )
    if max(len(address.url), len(address.key)) > LENGTH:
        raise ValueError(f"expected an address of {LENGTH:,} characters at most, percent-encoded")
    return address


def _split(text: str) -> tuple[str, str, int | None, str]:
    """Scheme (without "git+"), host, port and path."""
    try:
        parts = urlsplit(text if _SCHEME.match(text) else _with_scheme(text))
        host, port = (parts.hostname or "").encode("idna").decode().removesuffix("."), parts.port
    except ValueError:
        raise ValueError(_EXPECTED) from None
    scheme = parts.scheme.removeprefix("git+")
    if scheme not in {"https", "http", "ssh", "git"}:
        raise ValueError("expected an address that begins with https://, http://, ssh:// or git://")
    if not _HOST.fullmatch(host):
        raise ValueError(f"{_EXPECTED}: it has no valid host")
    # pip's addresses name a branch or tag after "@": git+https://host/o/r.git@main
    path = parts.path.partition("@")[0] if parts.scheme.startswith("git+") else parts.path
    return scheme, host, port, path


def _with_scheme(text: str) -> str:
    """An address with a scheme for one without: `host/o/r`, or `user@host:o/r` as ssh takes it.

    After `host:`, a number is a web port. After `user@host:` it is a name by ssh's rule, but where
    an owner and a repository follow it, it is a port that somebody put where ssh takes none; on
    GitLab, groups nest and may be called 2222, so there it stays a name.
    """
    head, slash, rest = text.partition("/")
    _, at, authority = head.rpartition("@")
    host, colon, start = authority.partition(":")
    if not at and "." not in host:
        raise ValueError(_EXPECTED)
    number = start.isascii() and start.isdigit()
    if not colon or (number and not at):
        return f"https://{text}"
    if number and len(_names(rest)) >= 2 and _host(host.lower())[1] is not RepoHost.GITLAB:
        return f"ssh://{host}/{rest}"
    return f"ssh://{host}/{start}{slash}{rest}"


def _host(host: str) -> tuple[str, RepoHost]:
    """The host to show, and the kind of forge that it is."""
    site = _SSH_HOSTS.get(host, host.removeprefix("www."))
    if site in _SITES:
        return site, _SITES[site]
    return host, _LABELS.get(site.partition(".")[0], RepoHost.OTHER)


def _names(path: str) -> list[str]:
    """The path's names, percent-decoded, without the empty ones."""
    try:
        names = [unquote(name, errors="strict") for name in path.split("/") if name]
    except UnicodeDecodeError:
        raise ValueError("expected percent-encoded UTF-8 in the address") from None
    if not all(name.isprintable() and name not in {".", ".."} for name in names):
        raise ValueError("expected an address without control characters, '.' and '..' in its path")
    return names


def _repository(kind: RepoHost, names: list[str]) -> list[str]:
    """The names that are the repository's, without the page that a deep link leads to."""
    if kind in {RepoHost.GITLAB, RepoHost.OTHER}:
        pages = _GITLAB_PAGES if kind is RepoHost.GITLAB else set()
        for position, name in enumerate(_DOT_GIT.sub("", name) for name in names):
            if (position >= 1 and name == "-") or (position >= 2 and name in pages):
                names = names[:position]
                break
    else:
        names = names[:2]
    if not names:
        raise ValueError(f"{_EXPECTED}: it has no path")
    names = [*names[:-1], _DOT_GIT.sub("", names[-1])]
    if kind is not RepoHost.OTHER:
        if len(names) < 2:
            raise ValueError(f"{_EXPECTED}: it has an owner, but no repository")
        if names[0].lower() in _NO_OWNERS.get(kind, ()):
            raise ValueError(f"{_EXPECTED}: it is another page of its host")
        if names[-1].lower() == ".git" or not all(map(_NAME.fullmatch, names)):
            raise ValueError(f"{_EXPECTED}: owner and repository are letters, digits, '.-_'")
    return names


def _path(names: list[str]) -> str:
    return "/".join(quote(name, safe="!$&'()*+,;=:@") for name in names)
