"""Settings: where they come from, what is refused, and what is shown of them."""

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from web.settings import BadSetting, read_settings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which no variable is set."""
    for name in os.environ:
        if name.upper().startswith("PACKGRID_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_there_is_a_default_for_each() -> None:
    assert read_settings().shown() == {
        "PACKGRID_DATABASE_URL": "sqlite:///packgrid.sqlite3",
        "PACKGRID_HOST": "127.0.0.1",
        "PACKGRID_PORT": "8000",
        "PACKGRID_WORKERS": "1",
        "PACKGRID_READ_CONNECTIONS": "10",
        "PACKGRID_PAGE_MAX": "100",
        "PACKGRID_BODY_MAX": "4000000",
        "PACKGRID_ANSWER_CACHE": "33554432",
        "PACKGRID_EXPLAIN": "False",
        "PACKGRID_WORKER": "False",
        "PACKGRID_SCHEDULE": "False",
    }


def test_the_command_line_comes_before_the_environment_and_that_before_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".env").write_text("PACKGRID_PORT=81\nOTHER=x\n# PACKGRID_HOST=a\n")
    assert (read_settings().port, read_settings().host) == (81, "127.0.0.1")
    monkeypatch.setenv("PACKGRID_PORT", "82")
    assert read_settings(port=None).port == 82
    assert read_settings(port=83).port == 83


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "x", "integer"),
        ("PORT", "", "integer"),
        ("PORT", "80.5", "integer"),
        ("PORT", "0", "1"),
        ("PORT", "65536", "65535"),
        ("WORKERS", "0", "1"),
        ("READ_CONNECTIONS", "-1", "1"),
        ("PAGE_MAX", "0", "1"),
        ("BODY_MAX", "10", "1000"),
        ("ANSWER_CACHE", "-1", "0"),
        ("DATABASE_URL", "", "sqlite:///"),
        ("DATABASE_URL", "nonsense", "sqlite:///"),
        ("DATABASE_URL", "sqlite://", "file"),
        ("DATABASE_URL", "sqlite:///:memory:", "file"),
        ("DATABASE_URL", "sqlite:////no/such/folder/x", "folder"),
        ("DATABASE_URL", "mysql://u:secret@h/d", "mysql"),
        ("DATABASE_URL", "postgresql+psycopg2://u:secret@h/d", "psycopg2"),
        ("DATABASE_URL", "postgresql://u:secret@h:port/d", "postgresql://"),
        ("HOST", "", "character"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(f"PACKGRID_{name}", value)
    with pytest.raises(BadSetting) as error:
        read_settings()
    message = str(error.value)
    assert message.startswith(f"PACKGRID_{name}: ")
    assert said in message
    assert "\n" not in message
    assert "secret" not in message


def test_a_file_that_is_no_text_is_refused_in_one_line(folder: Path) -> None:
    (folder / ".env").write_bytes(b"PACKGRID_PORT=\xff\n")
    with pytest.raises(BadSetting, match=r"\.env"):
        read_settings()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://user:secret@host:5432/name",
        "postgresql+asyncpg://user:secret@host/name",
        "postgres://user:s%65cret@host/name?ssl=require",
        "postgresql://user@host/name?password=secret",
    ],
)
def test_passwords_are_masked(url: str) -> None:
    settings = read_settings(database_url=url)
    shown = settings.shown()["PACKGRID_DATABASE_URL"]
    for text in (shown, repr(settings), str(settings)):
        assert "secret" not in text
        assert "s%65cret" not in text
    assert "user" in shown
    assert "host" in shown


def test_another_process_is_given_the_same_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read_settings(database_url="postgresql://u:p%40ss@h/d", port=1234, host="0.0.0.0")
    for name, value in settings.environment().items():
        monkeypatch.setenv(name, value)
    assert read_settings() == settings


def test_settings_stay_as_they_were_read() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        read_settings().port = 1  # type: ignore[misc]
