"""Mutations: each field is one edit in a transaction of its own, in their order.

    role -> [ take the turn -> kept outcome? -> the edit -> finish -> one read -> commit ]

The payload is read by a compiled statement like any query's, on the edit's own connection before it
commits: so a dry run answers just as the edit would, and is rolled back. Whatever is wrong with the
document is found before anything is edited.
"""

import enum
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from graphql import GraphQLError, get_argument_values
from graphql.execution.values import VariableValues

from db.edit import Edit
from db.errors import Busy, ErrorCode, InputError, Refused, UserError
from db.outcome import fingerprint, keep_outcome, kept_outcome
from db.token import Role, may
from db.writer import newest_change, read_row
from resolvers.arguments import ACTOR, Variables
from resolvers.compile import storable
from resolvers.errors import RequestErrors, coded, error_of, input_error, unauthorized
from resolvers.payload import OUTCOME
from resolvers.plan import Answer, Call, Plan, Root, finished

if TYPE_CHECKING:
    from resolvers.executor import Executor

Outcome: TypeAlias = dict[str, Any]
"""What became of an edit, in plain JSON: `node`, the key of the object that it is about, and what
else its payload shows; `errors`; `transaction` and `lastChange`, the numbers of its first and its
last change.
"""

EditFunction: TypeAlias = Callable[[Edit, Mapping[str, Any]], Awaitable[Outcome]]

ABOUT_THE_CALL = {"dryRun", "idempotencyKey"}
"""Members of an input that say nothing of the edit itself."""


class Field(NamedTuple):
    """A field: its name, what edits, who may, what it is given, and its payload's plan."""

    name: str
    edit: EditFunction
    role: Role
    given: Mapping[str, Any]
    plan: Plan


NOTHING: Outcome = {"errors": []}


async def mutate(executor: "Executor", call: Call) -> Answer:
    """The answer to a mutation. Raises RequestErrors where its document cannot be."""
    plans = executor.plan_each(call)
    for plan in plans.values():
        _see_that_none(plan.refused)
    roots = {key: plan.roots[key] for key, plan in plans.items()}
    fields = {
        key: _field(executor, call, root, plans[key])
        for key, root in roots.items()
        if not root.name.startswith("__")
    }
    await _see_that_read(executor, call, fields)
    parts = {key: f'"{root.parent}"'.encode() for key, root in roots.items()}
    last: int | None = None
    for place, (key, field) in enumerate(fields.items()):
        try:
            outcome, parts[key] = await _made(executor, call, field)
        except (Busy, InputError) as error:
            is_busy = isinstance(error, Busy)
            if not place:
                named = "UNAVAILABLE" if is_busy else "BAD_USER_INPUT"
                answer = finished(None, [error_of(str(error), named, (key,)).formatted])
                return answer._replace(is_edit=True, status=503 if is_busy else None)
            # What is committed has to be told: no client may take it for not made.
            code = ErrorCode.CONFLICT if is_busy else ErrorCode.INVALID
            outcome = _refused(Refused([UserError((), code, str(error))]))
            parts[key] = await _payload(executor, call, field, outcome)
        last = outcome.get("lastChange") or last
    return finished([*parts.items()], [])._replace(is_edit=True, last=last)


def _see_that_none(wrong: Mapping[str, InputError]) -> None:
    """Raise RequestErrors where fields cannot be answered."""
    if wrong:
        raise RequestErrors([input_error(error) for error in wrong.values()])


def _field(executor: "Executor", call: Call, root: Root, plan: Plan) -> Field:
    """A field, its arguments coerced and its payload checked. Raises RequestErrors."""
    mutations = executor.schema.mutation_type
    assert mutations is not None  # the document is valid
    definition = mutations.fields[root.name]
    declared = definition.extensions["strawberry-definition"].metadata
    variables = VariableValues({}, dict(call.variables))
    try:
        given = get_argument_values(definition, root.nodes[0], variables)["input"]
    except GraphQLError as error:
        raise RequestErrors([coded(error, "BAD_USER_INPUT")]) from None
    _see_that_none(plan.bind(_with(call, NOTHING))[1])
    return Field(root.name, declared["edit"], declared["role"], given, plan)


async def _see_that_read(executor: "Executor", call: Call, fields: Mapping[str, Field]) -> None:
    """Raise RequestErrors where the payloads are too large, or the database cannot read them."""
    path: tuple[str, ...] = ()
    try:
        executor.see_that_small(sum(field.plan.size for field in fields.values()))
        for key, field in fields.items():
            path, statement = (key,), field.plan.statement
            if not statement.is_readable:
                await _payload(executor, call, field, NOTHING)
                statement.is_readable = True
    except InputError as error:
        raise RequestErrors([error_of(str(error), "BAD_USER_INPUT", path)]) from None


async def _payload(executor: "Executor", call: Call, field: Field, outcome: Outcome) -> bytes:
    """The payload of a field that edits nothing. Raises InputError."""
    values, _ = field.plan.bind(_with(call, outcome))
    (part,) = await executor.reader.row(field.plan.statement, values)
    return part or b"null"


def _with(call: Call, outcome: Outcome) -> Variables:
    return {**call.variables, ACTOR: call.actor, OUTCOME: outcome}


async def _made(executor: "Executor", call: Call, field: Field) -> tuple[Outcome, bytes]:
    """What became of a field's edit, and its payload.

    Raises Busy, or InputError where the payload takes too long to read: then nothing was edited.
    """
    actor = call.actor
    if actor is None or not may(actor, field.role):
        outcome = _refused(Refused([unauthorized("this edit", actor, field.role)]))
        return outcome, await _payload(executor, call, field, outcome)
    is_dry = bool(field.given.get("dryRun"))

    async def work(edit: Edit) -> tuple[Outcome, bytes]:
        outcome = await _outcome(edit, field, is_dry)
        values, _ = field.plan.bind(_with(call, outcome))
        part = await read_row(edit.session, field.plan.statement, values)
        if not is_dry:
            await edit.session.commit()
        return outcome, part

    return await executor.writer.run(actor, work)


async def _outcome(edit: Edit, field: Field, is_dry: bool) -> Outcome:
    """What becomes of an edit, or became of it when its idempotency key came first."""
    try:
        key = field.given.get("idempotencyKey")
        given = in_python({k: v for k, v in field.given.items() if k not in ABOUT_THE_CALL})
        if key is None:
            return await _edited(edit, field.edit, given, is_dry)
        print_ = fingerprint(field.name, given)
        kept = await kept_outcome(edit, key, print_)
    except InputError as error:
        path = ("input", *map(str, error.path))
        return _refused(Refused([UserError(path, ErrorCode.INVALID, str(error))]))
    except Refused as refused:
        return _refused(refused)
    if kept is None:
        kept = await _edited(edit, field.edit, given, is_dry)
        if not is_dry:
            await keep_outcome(edit, key, print_, kept)
    return kept


async def _edited(edit: Edit, make: EditFunction, given: Any, is_dry: bool) -> Outcome:
    try:
        outcome = await make(edit, given)
        changes = await edit.finish()
    except Refused as refused:
        return _refused(refused)
    outcome |= {"errors": [], "transaction": changes[0]["id"] if changes else None}
    if not is_dry:
        newest = changes[-1]["id"] if changes else await newest_change(edit.session)
        outcome["lastChange"] = newest
    return outcome


def _refused(refused: Refused) -> Outcome:
    """The outcome of an edit that was not made."""
    errors = [error.as_json for error in refused.errors]
    return {**refused.outcome, "errors": errors, "current": refused.current}


def in_python(value: Any) -> Any:
    """An argument as an edit takes it: enums as their names. Raises InputError for what is no text,
    with the path to it.
    """
    if isinstance(value, str):
        return storable(value)
    if not isinstance(value, dict | list):
        return value.name if isinstance(value, enum.Enum) else value
    made = []
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for name, each in members:
        try:
            made.append((name, in_python(each)))
        except InputError as error:
            raise InputError(str(error), (str(name), *error.path)) from None
    return dict(made) if isinstance(value, dict) else [each for _, each in made]
