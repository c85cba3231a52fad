"""Plans: an operation compiled to one statement, and what its answer is made of."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson
from graphql import (
    FieldNode,
    OperationType,
    is_non_null_type,
)
from sqlalchemy import select

from db.errors import InputError
from db.read import Statement
from db.token import Actor
from resolvers.arguments import CALLER, Variables
from resolvers.compile import Binder, Compiler, Selected
from resolvers.document import Document, Operation
from resolvers.json_text import JsonText


class Answer(NamedTuple):
    """A response's JSON; whether it has data, so that it was executed, and whether errors.

    `ran` is the statement that was run for it with its values, None where none was. `is_edit` is
    whether it is that of a mutation, and `last` then the number of the last change that it saw.
    `status` is that of HTTP where it does not depend on the type of the response. `is_passing` is
    whether it may be another one later though nothing was written.
    """

    body: bytes
    data: bool
    errors: bool
    ran: tuple[Statement, Sequence[Any]] | None = None
    is_edit: bool = False
    last: int | None = None
    status: int | None = None
    is_passing: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value of a statement: a constant, or what `binder` gives, as the driver takes it."""

    binder: Binder | None
    constant: Any
    adapt: Callable[[Any], Any] | None

    def value(self, variables: Variables) -> Any:
        value = self.binder.get(variables) if self.binder else self.constant
        return value if self.adapt is None else self.adapt(value)


@dataclass(frozen=True, slots=True)
class Root:
    """What is kept of a root field: its name and parent, and its nodes for introspection."""

    name: str
    parent: str
    may_be_null: bool
    nodes: tuple[FieldNode, ...]

    @classmethod
    def of(cls, selected: Selected) -> "Root":
        may_be_null = not is_non_null_type(selected.type)
        nodes = tuple(details.node for details in selected.details)
        return cls(selected.name, selected.parent.name, may_be_null, nodes)


@dataclass(frozen=True, slots=True)
class Plan:
    """A compiled operation: its root fields, and one statement that answers those named `keys`.

    `refused` are those that cannot be answered, with the reason. `unread` are arguments that the
    statement does without (a cursor where only the total is asked for): they are checked all the
    same. `asks_who` is whether the variables have to hold who calls. `size` is how many objects the
    answer may have, and `is_passing` as of an `Answer`. Nothing of the compilation is held on to.
    """

    roots: Mapping[str, Root]
    refused: Mapping[str, InputError]
    keys: Sequence[str]
    statement: Statement
    parameters: Sequence[Parameter]
    unread: Sequence[Parameter]
    asks_who: bool
    size: int
    is_passing: bool

    def bind(self, variables: Variables) -> tuple[list[Any], dict[str, InputError]]:
        """The statement's values in order; and which root fields they keep from being answered."""
        failed: dict[str, InputError] = {}
        values: list[Any] = []
        for parameter in (*self.parameters, *self.unread):
            try:
                values.append(parameter.value(variables))
            except InputError as error:
                failed.setdefault(str(error.path[0]), error)
        return values[: len(self.parameters)], failed


def compiled(compiler: Compiler, without: frozenset[str]) -> Plan:
    """The plan of the compiler's operation, `without` some of its root fields."""
    roots = compiler.roots()
    return _plan(compiler, roots, *_read(roots, without))


def compiled_each(compiler: Compiler) -> dict[str, Plan]:
    """A plan for each of the operation's root fields; together they have what one plan may take."""
    roots = compiler.roots()
    stored, refused = _read(roots, frozenset())
    return {
        key: _plan(compiler, roots, {key: stored[key]} if key in stored else {}, refused)
        for key in roots
    }


def _read(
    roots: Mapping[str, Selected], without: frozenset[str]
) -> tuple[dict[str, JsonText], dict[str, InputError]]:
    """What root fields read, by their keys; and those that cannot be, with the reason."""
    stored: dict[str, JsonText] = {}
    refused: dict[str, InputError] = {}
    for key, root in roots.items():
        if not root.name.startswith("__") and key not in without:
            try:
                stored[key] = root.sql(None)
            except InputError as error:
                refused[key] = InputError(str(error), error.path)  # without its frames
    return stored, refused


def _plan(
    compiler: Compiler,
    roots: Mapping[str, Selected],
    stored: Mapping[str, JsonText],
    refused: Mapping[str, InputError],
) -> Plan:
    dialect = compiler.dialect
    columns = [value.label(f"root_{i}") for i, value in enumerate(stored.values())]
    sql = select(*columns).compile(dialect=dialect)
    parameters = []
    for name in sql.positiontup or ():
        adapt = sql.binds[name].type.dialect_impl(dialect).bind_processor(dialect)
        parameters.append(Parameter(compiler.binders.get(name), sql.params[name], adapt))
    # Of a root field that is refused, arguments were bound before that was known.
    binders = [(n, each) for n, each in compiler.binders.items() if each.path[0] in stored]
    return Plan(
        roots={key: Root.of(root) for key, root in roots.items()},
        refused=refused,
        keys=tuple(stored),
        statement=Statement(sql.string),
        parameters=parameters,
        unread=[Parameter(each, None, None) for name, each in binders if name not in sql.binds],
        asks_who=any(each.value == CALLER for _, each in binders),
        size=sum(compiler.objects[key] for key in stored),
        is_passing=compiler.is_passing,
    )


class Call(NamedTuple):
    """One request: its operation, its variables as they were given and as they were coerced, what
    of them shapes its plan, and who calls: None without a token.
    """

    document: Document
    operation: Operation
    given: Mapping[str, Any]
    variables: Variables
    shape: Hashable
    actor: Actor | None

    @property
    def is_edit(self) -> bool:
        return self.operation.node.operation is OperationType.MUTATION


def finished(
    members: Sequence[tuple[str, bytes]] | None,
    errors: Sequence[Mapping[str, Any]],
    ran: tuple[Statement, Sequence[Any]] | None = None,
) -> Answer:
    """The answer with these members of `data`, or with null in its place, and these errors."""
    pieces = [b'{"data":', b"null" if members is None else b"{"]
    for i, (key, value) in enumerate(members or ()):
        pieces += [b',"' if i else b'"', key.encode(), b'":', value]
    if members is not None:
        pieces.append(b"}")
    if errors:
        pieces += [b',"errors":', orjson.dumps(errors)]
    return Answer(b"".join([*pieces, b"}"]), data=True, errors=bool(errors), ran=ran)
