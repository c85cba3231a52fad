"""Settings: from the environment (PACKGRID_*) and .env, read once at the start."""

from typing import Any, TypeVar

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url

from db.engine import masked, read_url
from db.errors import DatabaseUnavailable

PREFIX = "PACKGRID_"


class BadSetting(Exception):
    """A setting cannot be; the text is one line that names it."""


class Settings(BaseSettings):
    """Each field is a setting; its environment variable is PACKGRID_ and its name."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    database_url: SecretStr = Field(
        SecretStr("sqlite:///packgrid.sqlite3"),
        description="The database: sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME.",
    )
    host: str = Field("127.0.0.1", min_length=1, description="The address to listen on.")
    port: int = Field(8000, ge=1, le=65535, description="The port to listen on.")
    workers: int = Field(1, ge=1, le=64, description="How many processes serve.")
    read_connections: int = Field(
        10, ge=1, le=1000, description="How many connections a process reads PostgreSQL through."
    )
    page_max: int = Field(
        100, ge=1, le=10_000, description="How many rows a page of a connection may have."
    )
    body_max: int = Field(
        4_000_000, ge=1_000, description="How many bytes a request's body may have."
    )
    answer_cache: int = Field(
        33_554_432, ge=0, description="How many bytes of answers a process keeps; 0: none."
    )
    worker: bool = Field(
        False, description="Whether a server's process also fetches what curators ask for."
    )
    schedule: bool = Field(
        False, description="Whether it then also fetches what is due, without being asked."
    )
    explain: bool = Field(
        False, description="Whether answers tell their SQL, its plan and the time it took."
    )

    @field_validator("database_url")
    @classmethod
    def _readable(cls, url: SecretStr) -> SecretStr:
        try:
            read_url(url.get_secret_value())
        except DatabaseUnavailable as error:
            raise ValueError(str(error)) from None
        return url

    def environment(self) -> dict[str, str]:
        """The variables that give another process these settings. Holds passwords."""
        values = {name: getattr(self, name) for name in type(self).model_fields}
        values["database_url"] = self.database_url.get_secret_value()
        return {f"{PREFIX}{name.upper()}": str(value) for name, value in values.items()}

    def shown(self) -> dict[str, str]:
        """Each setting's variable and value, with passwords masked."""
        values = self.environment()
        url = make_url(self.database_url.get_secret_value())
        return values | {f"{PREFIX}DATABASE_URL": masked(url)}


AnySettings = TypeVar("AnySettings", bound=BaseSettings)


def read_settings(**given: Any) -> Settings:
    """The settings, with those of `given` that are not None in place of the environment's.

    Raises BadSetting, which names the variable and says what was expected.
    """
    return read(Settings, **given)


def read(settings: type[AnySettings], **given: Any) -> AnySettings:
    """As `read_settings`, of settings that have the same prefix."""
    try:
        return settings(**{name: value for name, value in given.items() if value is not None})
    except UnicodeDecodeError:
        raise BadSetting(".env is not text in UTF-8") from None
    except ValidationError as error:
        first = error.errors()[0]
        name = f"{PREFIX}{str(first['loc'][0]).upper()}"
        raise BadSetting(f"{name}: {first['msg'].removeprefix('Value error, ')}") from None
