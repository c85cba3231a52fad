from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.package import RepoHost
from db.repo_url import normalize

# What is given, what is stored (without https://), the kind of forge.
CASES = [
    # Schemes
    ("https://github.com/Koed00/django-q", "github.com/Koed00/django-q", "GITHUB"),
    ("http://github.com/Koed00/django-q", "github.com/Koed00/django-q", "GITHUB"),
    ("git://github.com/Koed00/django-q.git", "github.com/Koed00/django-q", "GITHUB"),
    ("ssh://git@github.com/Koed00/django-q.git", "github.com/Koed00/django-q", "GITHUB"),
    ("ssh://git@github.com:22/Koed00/django-q.git", "github.com/Koed00/django-q", "GITHUB"),
    ("git+https://github.com/o/r.git", "github.com/o/r", "GITHUB"),
    ("git+ssh://git@github.com/o/r.git@main#egg=r", "github.com/o/r", "GITHUB"),
    ("git+https://github.com/o/r@feature/x", "github.com/o/r", "GITHUB"),
    ("git+http://git.example.org/o/r.git@v1.0", "git.example.org/o/r", "OTHER"),
    ("HTTPS://GITHUB.COM/O/R", "github.com/O/R", "GITHUB"),
    ("Git+SSH://git@GitHub.com/o/r", "github.com/o/r", "GITHUB"),
    # user@host:path, as ssh takes it
    ("git@github.com:Koed00/django-q.git", "github.com/Koed00/django-q", "GITHUB"),
    ("git@github.com:Koed00/django-q", "github.com/Koed00/django-q", "GITHUB"),
    ("git@github.com:/o/r.git", "github.com/o/r", "GITHUB"),
    ("org-123@github.com:o/r.git", "github.com/o/r", "GITHUB"),
    ("github.com:o/r.git", "github.com/o/r", "GITHUB"),
    ("git+git@github.com:o/r.git", "github.com/o/r", "GITHUB"),
    ("git@github.com/o/r.git", "github.com/o/r", "GITHUB"),
    ("git@github.com:123/r.git", "github.com/123/r", "GITHUB"),
    ("git@gitlab.com:g/s/t/r.git", "gitlab.com/g/s/t/r", "GITLAB"),
    ("git@localhost:o/r.git", "localhost/o/r", "OTHER"),
    ("git@git.example.org:r.git", "git.example.org/r", "OTHER"),
    ("git@git.sr.ht:~user/r", "git.sr.ht/~user/r", "OTHER"),
    # A number after the colon
    ("git@github.com:22/o/r.git", "github.com/o/r", "GITHUB"),
    ("git@git.example.org:2222/o/r.git", "git.example.org/o/r", "OTHER"),
    ("git@git.example.org:2222/r.git", "git.example.org/2222/r", "OTHER"),
    ("git@gitlab.com:2222/s/r.git", "gitlab.com/2222/s/r", "GITLAB"),
    ("git.example.org:8443/o/r", "git.example.org:8443/o/r", "OTHER"),
    ("git.example.org:8443/r", "git.example.org:8443/r", "OTHER"),
    ("github.com:443/o/r", "github.com/o/r", "GITHUB"),
    # Ports
    ("ssh://git@git.example.org:2222/o/r", "git.example.org/o/r", "OTHER"),
    ("git://git.example.org:9418/o/r.git", "git.example.org/o/r", "OTHER"),
    ("https://git.example.org:443/o/r", "git.example.org/o/r", "OTHER"),
    ("http://git.example.org:80/o/r", "git.example.org/o/r", "OTHER"),
    ("https://git.example.org:80/o/r", "git.example.org:80/o/r", "OTHER"),
    ("http://git.example.org:3000/o/r", "git.example.org:3000/o/r", "OTHER"),
    ("git+https://git.example.org:8443/o/r.git", "git.example.org:8443/o/r", "OTHER"),
    ("https://git.example.org:/o/r", "git.example.org/o/r", "OTHER"),
    ("https://github.com:8080/o/r", "github.com/o/r", "GITHUB"),
    ("https://gitlab.example.org:8443/g/r", "gitlab.example.org:8443/g/r", "GITLAB"),
    ("ssh://git@ssh.github.com:443/o/r.git", "github.com/o/r", "GITHUB"),
    ("ssh://git@altssh.gitlab.com:443/g/r.git", "gitlab.com/g/r", "GITLAB"),
    ("ssh://git@altssh.bitbucket.org:443/o/r.git", "bitbucket.org/o/r", "BITBUCKET"),
    # Bare
    ("github.com/o/r", "github.com/o/r", "GITHUB"),
    ("www.github.com/o/r", "github.com/o/r", "GITHUB"),
    ("user@github.com/o/r", "github.com/o/r", "GITHUB"),
    ("github.com/o/r?tab=readme", "github.com/o/r", "GITHUB"),
    ("  \n github.com/o/r \t", "github.com/o/r", "GITHUB"),
    # Hosts
    ("https://www.gitlab.com/g/r", "gitlab.com/g/r", "GITLAB"),
    ("https://www.example.org/o/r", "www.example.org/o/r", "OTHER"),
    ("https://github.com./o/r", "github.com/o/r", "GITHUB"),
    ("https://MÜNCHEN.example/o/r", "xn--mnchen-3ya.example/o/r", "OTHER"),
    ("https://xn--mnchen-3ya.example/o/r", "xn--mnchen-3ya.example/o/r", "OTHER"),
    ("https://ｇｉｔｈｕｂ.com/o/r", "github.com/o/r", "GITHUB"),
    ("https://127.0.0.1:3000/o/r", "127.0.0.1:3000/o/r", "OTHER"),
    ("https://git/o/r", "git/o/r", "OTHER"),
    ("https://notgithub.com/o/r/tree/main", "notgithub.com/o/r/tree/main", "OTHER"),
    ("https://github.com.example.org/o/r/x", "github.com.example.org/o/r/x", "OTHER"),
    ("https://codeberg.org/o/r", "codeberg.org/o/r", "CODEBERG"),
    ("https://code.forgejo.org/o/r", "code.forgejo.org/o/r", "FORGEJO"),
    ("https://forgejo.example.org/o/r/issues", "forgejo.example.org/o/r", "FORGEJO"),
    ("https://gitlab.gnome.org/GNOME/gtk", "gitlab.gnome.org/GNOME/gtk", "GITLAB"),
    # Credentials
    ("https://user:secret@github.com/o/r", "github.com/o/r", "GITHUB"),
    ("https://user:p@ss@github.com/o/r", "github.com/o/r", "GITHUB"),
    ("https://token@github.com/o/r.git", "github.com/o/r", "GITHUB"),
    ("https://:@github.com/o/r", "github.com/o/r", "GITHUB"),
    ("user:secret@github.com/o/r", "github.com/o/r", "GITHUB"),
    ("https://github.com@example.org/o/r", "example.org/o/r", "OTHER"),
    # .git, slashes, query, fragment
    ("https://github.com/o/r/", "github.com/o/r", "GITHUB"),
    ("https://github.com//o///r//", "github.com/o/r", "GITHUB"),
    ("https://github.com/o/r.git/", "github.com/o/r", "GITHUB"),
    ("https://github.com/o/r.GIT", "github.com/o/r", "GITHUB"),
    ("https://github.com/o/r.git.git", "github.com/o/r", "GITHUB"),
    ("https://github.com/o/r.github.io", "github.com/o/r.github.io", "GITHUB"),
    ("https://github.com/o/git", "github.com/o/git", "GITHUB"),
    ("https://github.com/o/r?a=1&b=/c", "github.com/o/r", "GITHUB"),
    ("https://github.com/o/r#readme", "github.com/o/r", "GITHUB"),
    ("https://git.example.org/a/b/c.git/", "git.example.org/a/b/c", "OTHER"),
    ("https://git.example.org/.git", "git.example.org/.git", "OTHER"),
    # Deep links of forges with owner and repository
    ("https://github.com/o/r/tree/main/docs", "github.com/o/r", "GITHUB"),
    ("https://github.com/o/r/blob/main/README.md#L3", "github.com/o/r", "GITHUB"),
    ("https://github.com/o/r/issues", "github.com/o/r", "GITHUB"),
    ("https://github.com/o/r/pull/12/files", "github.com/o/r", "GITHUB"),
    ("https://github.com/o/r/wiki", "github.com/o/r", "GITHUB"),
    ("https://github.com/o/r/releases/tag/1.0", "github.com/o/r", "GITHUB"),
    ("https://github.com/o/r.git/tree/main", "github.com/o/r", "GITHUB"),
    ("https://bitbucket.org/o/r/src/main/", "bitbucket.org/o/r", "BITBUCKET"),
    ("https://bitbucket.org/o/r/wiki/Home", "bitbucket.org/o/r", "BITBUCKET"),
    ("https://codeberg.org/o/r/src/branch/main/x.py", "codeberg.org/o/r", "CODEBERG"),
    # Repositories that are called like a page
    ("https://github.com/o/issues", "github.com/o/issues", "GITHUB"),
    ("https://github.com/o/issues/issues/3", "github.com/o/issues", "GITHUB"),
    ("https://github.com/tree/tree/tree/main", "github.com/tree/tree", "GITHUB"),
    ("https://github.com/o/wiki/wiki", "github.com/o/wiki", "GITHUB"),
    ("https://bitbucket.org/o/src", "bitbucket.org/o/src", "BITBUCKET"),
    ("https://bitbucket.org/o/src/src/main", "bitbucket.org/o/src", "BITBUCKET"),
    ("https://codeberg.org/src/issues/issues", "codeberg.org/src/issues", "CODEBERG"),
    ("https://gitlab.com/g/issues", "gitlab.com/g/issues", "GITLAB"),
    ("https://gitlab.com/g/s/issues", "gitlab.com/g/s/issues", "GITLAB"),
    ("https://gitlab.com/g/src/-/issues", "gitlab.com/g/src", "GITLAB"),
    # GitLab's nested groups and pages
    ("https://gitlab.com/g/s/t/u/r", "gitlab.com/g/s/t/u/r", "GITLAB"),
    ("https://gitlab.com/g/s/r/-/tree/main/x", "gitlab.com/g/s/r", "GITLAB"),
    ("https://gitlab.com/g/r/-/merge_requests/3", "gitlab.com/g/r", "GITLAB"),
    ("https://gitlab.com/g/r.git/-/issues", "gitlab.com/g/r", "GITLAB"),
    ("https://gitlab.com/g/r/tree/main", "gitlab.com/g/r", "GITLAB"),
    ("https://gitlab.com/g/s/r/blob/main/x.py", "gitlab.com/g/s/r", "GITLAB"),
    ("https://gitlab.com/g/r/merge_requests", "gitlab.com/g/r", "GITLAB"),
    ("https://gitlab.com/g/r/tree.git", "gitlab.com/g/r", "GITLAB"),
    ("https://gitlab.gnome.org/g/s/r/-/wikis/home", "gitlab.gnome.org/g/s/r", "GITLAB"),
    # Other hosts: the path as it is
    ("https://gist.github.com/o/0123abc", "gist.github.com/o/0123abc", "OTHER"),
    ("https://git.sr.ht/~user/r/tree/main", "git.sr.ht/~user/r/tree/main", "OTHER"),
    ("https://hg.example.org/r", "hg.example.org/r", "OTHER"),
    ("https://forge.example.org/g/s/r/-/issues", "forge.example.org/g/s/r", "OTHER"),
    ("https://git.example.org/cgit/r.git/tree", "git.example.org/cgit/r.git/tree", "OTHER"),
    # Percent-encoding
    ("https://github.com/%4Boed00/django%2Dq", "github.com/Koed00/django-q", "GITHUB"),
    ("https://git.example.org/my%20repo", "git.example.org/my%20repo", "OTHER"),
    ("https://git.example.org/a%2fb", "git.example.org/a%2Fb", "OTHER"),
    ("https://git.example.org/100%/r", "git.example.org/100%25/r", "OTHER"),
    ("https://git.example.org/%C3%A4/é", "git.example.org/%C3%A4/%C3%A9", "OTHER"),
    ("https://git.example.org/a+b,(c)", "git.example.org/a+b,(c)", "OTHER"),
]


@pytest.mark.parametrize(("given_url", "stored", "host"), CASES, ids=[case[0] for case in CASES])
def test_spellings(given_url: str, stored: str, host: str) -> None:
    address = normalize(given_url)
    assert address.url == f"https://{stored}"
    assert address.host is RepoHost[host]
    assert normalize(address.url) == address


REFUSED = [
    ("", "address of a repository"),
    ("   ", "address of a repository"),
    ("django-q", "address of a repository"),
    ("Koed00/django-q", "address of a repository"),
    ("/o/r", "address of a repository"),
    ("//github.com/o/r", "address of a repository"),
    ("C:/o/r", "address of a repository"),
    ("https:/github.com/o/r", "address of a repository"),
    ("mailto:me@example.org", "no path"),
    ("javascript:alert(1)", "address of a repository"),
    ("javascript://github.com/o/r", "begins with https://"),
    ("ftp://github.com/o/r", "begins with https://"),
    ("file:///o/r", "begins with https://"),
    ("hg+https://example.org/o/r", "begins with https://"),
    ("github.com://o/r", "begins with https://"),
    ("https://", "no valid host"),
    ("https:///o/r", "no valid host"),
    ("https://-git.example.org/o/r", "no valid host"),
    ("https://git_.example.org/o/r", "no valid host"),
    ("https://[::1]/o/r", "no valid host"),
    (r"https://github.com\o\r", "no valid host"),
    ("https://git%2Ehub.com/o/r", "no valid host"),
    ("https://" + ".".join(["a" * 60] * 5) + "/o/r", "no valid host"),
    ("https://a..b/o/r", "address of a repository"),
    ("https://" + "a" * 64 + ".org/o/r", "address of a repository"),
    ("https://[oops/o/r", "address of a repository"),
    ("https://git.example.org:70000/o/r", "address of a repository"),
    ("https://git.example.org:x/o/r", "address of a repository"),
    ("https://git.example.org", "no path"),
    ("https://git.example.org//", "no path"),
    ("https://github.com", "no path"),
    ("github.com:22", "no path"),
    ("https://github.com/Koed00", "no repository"),
    ("git@github.com:Koed00", "no repository"),
    ("https://gitlab.com/g/-/issues", "no repository"),
    ("https://github.com/orgs/jazzband/repositories", "another page"),
    ("https://github.com/Topics/django", "another page"),
    ("https://gitlab.com/groups/g/-/issues", "another page|no repository"),
    ("https://gitlab.com/explore/projects", "another page"),
    ("https://github.com/o/.git", "letters, digits"),
    ("https://github.com/o/r,", "letters, digits"),
    ("https://github.com/o/r%20s", "letters, digits"),
    ("https://github.com/o%2Fr/s", "letters, digits"),
    ("https://github.com/ö/r", "letters, digits"),
    ("https://github.com/o r/s", "without spaces"),
    ("https://github.com/o/r\x00", "without spaces"),
    ("https://git\nhub.com/o/r", "without spaces"),
    ("https://github.com/o/\u202er", "without spaces"),
    ("https://github.com/o/r\u200b", "without spaces"),
    ("https://git.example.org/\ud800", "without spaces"),
    ("https://git.example.org/a%00b", "control characters"),
    ("https://git.example.org/a%0Ab", "control characters"),
    ("https://github.com/o/../r", "control characters"),
    ("https://git.example.org/%2e%2E/r", "control characters"),
    ("https://git.example.org/%FF", "percent-encoded UTF-8"),
    ("https://git.example.org/" + "a" * 2_000, "2,000 characters"),
    ("https://git.example.org/" + "é" * 1_000, "2,000 characters"),
    ("https://git.example.org/" + "İ" * 300, "2,000 characters"),
]


@pytest.mark.parametrize(
    ("given_url", "expected"), REFUSED, ids=[ascii(c[0])[:60] for c in REFUSED]
)
def test_what_is_no_address(given_url: str, expected: str) -> None:
    with pytest.raises(ValueError, match=expected) as raised:
        normalize(given_url)
    assert str(raised.value).startswith("expected ")


def test_the_longest_address() -> None:
    url = "https://git.example.org/"
    url += "a" * (2_000 - len(url))
    assert normalize(f"  {url}  ").url == url


@pytest.mark.parametrize(
    "url", ["https://me:hunter2@", "hunter2", "https://me:hunter2@x:y/z", "ftp://me:hunter2@x/z"]
)
def test_an_error_does_not_repeat_a_password(url: str) -> None:
    with pytest.raises(ValueError, match="expected") as raised:
        normalize(url)
    assert "hunter2" not in str(raised.value)
    assert raised.value.__cause__ is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://github.com/Koed00/Django-Q", "git@github.com:koed00/django-q.git"),
        ("https://gitlab.com/Group/Sub/R", "gitlab.com/group/sub/r/-/issues"),
        ("https://git.example.org/O/R", "git.example.org/o/r"),
        ("https://www.example.org/o/r", "http://example.org/o/r.git"),
        ("https://git.example.org/%C3%84", "https://git.example.org/ä"),
        ("https://git.example.org/a%2Fb", "https://git.example.org/A%2fB"),
    ],
)
def test_one_key_for_one_repository(one: str, other: str) -> None:
    assert normalize(one).key == normalize(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("github.com/o/r", "gitlab.com/o/r"),
        ("github.com/o/r", "github.com/o/r2"),
        ("git.example.org/o/r", "git.example.org:8443/o/r"),
        ("git.example.org/a/b", "git.example.org/a%2Fb"),
        ("gitlab.com/g/r", "gitlab.com/g/s/r"),
    ],
)
def test_two_keys_for_two_repositories(one: str, other: str) -> None:
    assert normalize(one).key != normalize(other).key


def test_a_key_is_the_folded_address_without_its_scheme() -> None:
    assert normalize("https://github.com/Koed00/django-q").key == "github.com/koed00/django-q"


def test_an_address_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        normalize("github.com/o/r").url = ""  # type: ignore[misc]


HOSTS = [
    *["github.com", "GitLab.com", "bitbucket.org", "codeberg.org", "ssh.github.com", "x.org."],
    *["gitlab.example.org", "forgejo.example.org", "git.example.org", "Köln.example", "localhost"],
    *["www.www.github.com", "www.com"],
]
NAMES = [
    *["o", "R", "é", "İ", "ß", "%C3%9F", "~u", "a@b", "a:b", "22", "2222", "orgs", "%zz", "a%2Fb"],
    *["r.git", ".git", "..git", "a..git", "tree.git", "-.git", "-", "%2D", "%2E%2e"],
    *["tree", "issues", "src", "wikis"],
]


@st.composite
def addresses(draw: st.DrawFn) -> str:
    """Addresses put together from the parts that make a difference."""
    schemes = ["", "https://", "HTTP://", "ssh://", "git://", "git+https://", "git+ssh://"]
    scheme = draw(st.sampled_from(schemes))
    login = draw(st.sampled_from(["", "", "git@", "me:pa@ss@"]))
    host = draw(st.sampled_from(HOSTS))
    www = draw(st.sampled_from(["", "", "www."]))
    port = draw(st.sampled_from(["", "", ":", ":22", ":80", ":443", ":3000"]))
    path = "/".join(draw(st.lists(st.sampled_from(NAMES) | st.text(max_size=4), max_size=6)))
    start = draw(st.sampled_from(["/", "/", ":"]))
    end = draw(st.sampled_from(["", "", "/", ".git", "?q", "#f"]))
    return f"{scheme}{login}{www}{host}{port}{start}{path}{end}"


@given(addresses() | st.text())
def test_what_is_stored_is_stored_as_itself(url: str) -> None:
    try:
        address, error = normalize(url), None
    except ValueError as refusal:
        address, error = None, str(refusal)
    if address is None:
        assert error is not None
        assert error.startswith("expected ")
    else:
        assert normalize(address.url) == address
        assert address.url.isascii()
        assert address.url.startswith("https://")
        assert address.key == address.key.casefold()
        assert max(len(address.url), len(address.key)) <= 2_000
