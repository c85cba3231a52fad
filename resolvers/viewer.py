"""Who asks: bound like any other value, so that all callers share a plan."""

from sqlalchemy import BindParameter, Text, case

from resolvers.arguments import CALLER
from resolvers.compile import Selected
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
