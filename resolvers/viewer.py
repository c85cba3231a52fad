"""Who asks: bound like any other value, so that all callers share a plan."""

from functools import partial

from sqlalchemy import BindParameter, Text, case

from db.token import Actor, Role, may
from resolvers.arguments import CALLER
from resolvers.compile import Read, Selected
from resolvers.errors import Unauthorized, unauthorized
from resolvers.json_text import JsonText, Quoted


def viewer(scope: None, selected: Selected) -> JsonText:
    """The caller; NULL where that is nobody with a token."""
    return case((_role(selected).is_not(None), selected.object(None)))


def name(scope: None, selected: Selected) -> JsonText:
    """The caller's name."""
    return Quoted(selected.bind(CALLER, Text(), lambda actor: actor and actor.name))


def role(scope: None, selected: Selected) -> JsonText:
    """What the caller may do."""
    return Quoted(_role(selected))


def _role(selected: Selected) -> BindParameter[str]:
    return selected.bind(CALLER, Text(), lambda actor: actor and actor.role.name)


def only_for(least: Role, read: Read) -> Read:
    """`read`, for callers who may do what needs a role; any other gets an error in its place."""

    def guarded(scope: None, selected: Selected) -> JsonText:
        # No place in the statement has it, but what is bound is checked.
        selected.bind(CALLER, Text(), partial(_see_that_may, selected.name, least))
        return read(scope, selected)

    return guarded


def _see_that_may(what: str, needed: Role, actor: Actor | None) -> None:
    if not may(actor, needed):
        raise Unauthorized(unauthorized(what, actor, needed))
