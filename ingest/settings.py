"""Settings of ingest: from the environment (PACKGRID_*) and .env, as those of the server."""

import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from pypi_simple import PYPI_SIMPLE_ENDPOINT
from yarl import URL

Hosts = Annotated[dict[str, str], NoDecode]
"""Forges by their hosts, each with its address."""


PASSWORD = re.compile(r"(//[^/@:,]*:)[^/@,]*(?=@)")
"""In an address, with what is before it."""


class IngestSettings(BaseSettings):
    """Each field is a setting; its environment variable is PACKGRID_ and its name."""

    model_config = SettingsConfigDict(
        env_prefix="PACKGRID_",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    github_api: str = Field("https://api.github.com", description="GitHub's REST API.")
    github_graphql: str | None = Field(
        None, description="GitHub's GraphQL API; left out: /graphql of the REST API's address."
    )
    github_token: SecretStr | None = Field(
        None, description="A token for GitHub: without one it answers 60 requests an hour."
    )
    gitlab_api: str = Field("https://gitlab.com", description="gitlab.com's address.")
    gitlab_token: SecretStr | None = Field(None, description="A token for gitlab.com.")
    bitbucket_api: str = Field("https://api.bitbucket.org", description="Bitbucket's API.")
    codeberg_api: str = Field("https://codeberg.org", description="Codeberg's address.")
    codeberg_token: SecretStr | None = Field(None, description="A token for Codeberg.")
    pypi_api: str = Field(
        str(URL(PYPI_SIMPLE_ENDPOINT).origin()), description="Python's package index."
    )
    gitlab_hosts: Hosts = Field(
        {}, description="Other GitLabs that are asked: HOST, or HOST=ADDRESS, with commas between."
    )
    forgejo_hosts: Hosts = Field(
        {}, description="Forgejos that are asked: HOST, or HOST=ADDRESS, with commas between."
    )
    allowed_hosts: Annotated[list[str], NoDecode] = Field(
        [],
        description="Hosts that upstreams may redirect to though they are inner ones: HOST, or "
        "HOST:PORT, with commas between.",
    )
    user_agent: str = Field(
        "packgrid/0.1 (a directory of software packages)",
        description="Who asks: say where you can be reached.",
    )

    @property
    def github_graphql_address(self) -> str:
        return self.github_graphql or f"{self.github_api.rstrip('/')}/graphql"

    @field_validator("gitlab_hosts", "forgejo_hosts", mode="before")
    @classmethod
    def _listed(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        entries = (entry.strip() for entry in given.split(",") if entry.strip())
        pairs = (entry.partition("=") for entry in entries)
        return {host.lower(): address or f"https://{host}" for host, _, address in pairs}

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        return [entry.strip().lower() for entry in given.split(",") if entry.strip()]

    @field_validator("*")
    @classmethod
    def _sendable(cls, value: Any, info: ValidationInfo) -> Any:
        """An address is one, and what goes into a header can."""
        name = str(info.field_name)
        if name.endswith(("_api", "_graphql")):
            addresses = [value] if value else []
        elif isinstance(value, dict):
            addresses = [*value.values()]
        else:
            addresses = []
            text = value.get_secret_value() if isinstance(value, SecretStr) else value
            if isinstance(text, str) and not (text.isascii() and text.isprintable()):
                raise ValueError("expected printable ASCII")
        for address in addresses:
            parts = urlsplit(address)
            if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
                raise ValueError("expected an address like https://host")
        return value

    def shown(self) -> dict[str, str]:
        """Each setting's variable and value as they may be shown."""
        return {
            f"PACKGRID_{name.upper()}": _shown(getattr(self, name))
            for name in type(self).model_fields
        }


def _shown(value: Any) -> str:
    if isinstance(value, SecretStr):
        return "***"
    if isinstance(value, dict):
        value = [f"{host}={address}" for host, address in value.items()]
    text = ",".join(value) if isinstance(value, list) else str(value or "")
    return PASSWORD.sub(r"\1***", text)
