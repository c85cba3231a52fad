"""`python server.py token`: who may edit."""

import datetime as dt
from typing import Annotated

import typer

from commands.base import (
    DatabaseUrl,
    console,
    in_session,
    settings_of,
    settings_with_database,
    shown_database,
)
from db.token import Role, Token, create, listed, revoke

cli = typer.Typer(
    help="Make, list and revoke the tokens by which callers may edit.", no_args_is_help=True
)

NO_TOKENS = "it has no tokens"

TokenName = Annotated[
    str, typer.Argument(metavar="NAME", help="Whose it is: the log has it by each change.")
]


@cli.command("create")
def token_create(
    name: TokenName,
    role: Annotated[
        Role,
        typer.Option(
            case_sensitive=False,
            metavar="reader|editor|admin",
            help="What it allows, each role all that the one before allows.",
        ),
    ],
    days: Annotated[int, typer.Option(help="How long it is good for.")] = 365,
    database_url: DatabaseUrl = None,
) -> None:
    """Make a token and print it, this once: only its hash is kept."""
    now = dt.datetime.now(dt.UTC)
    settings = settings_of(database_url=database_url)
    secret = in_session(settings, lambda session: create(session, name, role, now, days))
    console.print(
        f"A token for {shown_database(settings)}.\n"
        f"Keep it now, it is not shown again. A request has it as Authorization: Bearer <token>,"
        f" for {days:,} day{'s' if days > 1 else ''}.",
        soft_wrap=True,
        markup=False,
    )
    typer.echo(secret)


@cli.command("list")
def token_list(database_url: DatabaseUrl = None) -> None:
    """List all tokens that ever were, the oldest first."""
    now = dt.datetime.now(dt.UTC)
    found = in_session(settings_with_database(database_url, NO_TOKENS), listed)
    heads = ("NAME", "ROLE", "CREATED", "EXPIRES", "LAST USED", "STATE")
    rows = [heads, *(_told(token, now) for token in found)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        typer.echo("  ".join(cells).rstrip())


def _told(token: Token, now: dt.datetime) -> tuple[str, ...]:
    state = "revoked" if token.revoked else "expired" if token.expires <= now else "good"
    days = (f"{day:%Y-%m-%d}" for day in (token.created, token.expires))
    used = f"{token.last_used:%Y-%m-%d %H:00} UTC" if token.last_used else "never"
    return token.name, token.role.lower(), *days, used, state


@cli.command("revoke")
def token_revoke(name: TokenName, database_url: DatabaseUrl = None) -> None:
    """Let a token be good for nothing, from the next request on. Its name stays taken."""
    now = dt.datetime.now(dt.UTC)
    settings = settings_with_database(database_url, NO_TOKENS)
    in_session(settings, lambda session: revoke(session, name, now))
    console.print("The token is revoked.")
