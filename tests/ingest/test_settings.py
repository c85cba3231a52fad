"""The settings of ingest: what can be one, and how they are shown."""

from pathlib import Path

import pytest

from ingest.settings import IngestSettings
from tests.test_server import call
from web.settings import BadSetting, read

HOSTS = "gitlab.gnome.org, Git.Example=http://someone:hidden@127.0.0.1:8080/git"


def test_secrets_are_masked(tmp_path: Path) -> None:
    given = {
        "GITHUB_TOKEN": "ghp_hidden",
        "GITLAB_TOKEN": "hidden",
        "CODEBERG_TOKEN": "",
        "PYPI_API": "https://someone:hidden@index.example/mirror",
        "GITLAB_HOSTS": HOSTS,
        "ALLOWED_HOSTS": "One.example, two.example:8080,",
    }
    done = call(tmp_path, "settings", **{f"PACKGRID_{name}": text for name, text in given.items()})
    assert (done.code, done.err) == (0, "")
    assert "hidden" not in done.out
    assert {
        "PACKGRID_GITHUB_API=https://api.github.com",
        "PACKGRID_GITHUB_GRAPHQL=",
        "PACKGRID_GITHUB_TOKEN=***",
        "PACKGRID_CODEBERG_TOKEN=",
        "PACKGRID_PYPI_API=https://someone:***@index.example/mirror",
        "PACKGRID_GITLAB_HOSTS=gitlab.gnome.org=https://gitlab.gnome.org"
        ",git.example=http://someone:***@127.0.0.1:8080/git",
        "PACKGRID_ALLOWED_HOSTS=one.example,two.example:8080",
    } <= {*done.out.splitlines()}


def test_what_is_empty_is_as_if_it_were_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_TOKEN", "GITHUB_API", "GITLAB_HOSTS", "USER_AGENT"):
        monkeypatch.setenv(f"PACKGRID_{name}", "")
    settings = IngestSettings(_env_file=None)
    assert settings.github_token is None
    assert settings.github_api == "https://api.github.com"
    assert settings.gitlab_hosts == {}
    assert settings.user_agent


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("GITHUB_API", "api.github.com", "expected an address like https://host"),
        ("GITHUB_GRAPHQL", "ftp://api.github.com", "expected an address like https://host"),
        ("PYPI_API", "https://", "expected an address like https://host"),
        ("PYPI_API", "https://[::1", "Invalid IPv6 URL"),
        ("GITLAB_API", "https://gitlab.com:port", "Port"),
        ("FORGEJO_HOSTS", "git.example=git.example", "expected an address like https://host"),
        ("GITHUB_TOKEN", "ghp_secret\nX-Other: 1", "expected printable ASCII"),
        ("USER_AGENT", "Bücher", "expected printable ASCII"),
    ],
)
def test_what_cannot_be_names_the_variable_and_no_secret(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str, said: str
) -> None:
    monkeypatch.setenv(f"PACKGRID_{name}", text)
    with pytest.raises(BadSetting) as raised:
        read(IngestSettings)
    assert str(raised.value).startswith(f"PACKGRID_{name}: {said}")
    assert "secret" not in str(raised.value)


def test_a_bad_setting_ends_a_command_with_one_line(tmp_path: Path) -> None:
    line = call(tmp_path, "settings", PACKGRID_BITBUCKET_API="x").refused()
    assert line == "PACKGRID_BITBUCKET_API: expected an address like https://host"
