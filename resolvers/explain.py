"""What an answer took: its SQL, the values that were bound, the database's plan, and the time."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson

from db.errors import InputError
from db.token import Actor
from resolvers.document import parsed, validated
from resolvers.errors import RequestErrors
from resolvers.executor import Executor, rejected, see_that_answered
from resolvers.mutation import mutate
from resolvers.plan import Answer


@dataclass(slots=True)
class Clock:
    """Microseconds by step."""

    microseconds: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = time.perf_counter_ns()
        yield
        self.microseconds[name] = (time.perf_counter_ns() - start) // 1000


async def explained(
    executor: Executor,
    query: str,
    given: Mapping[str, Any] | None,
    operation_name: str | None,
    actor: Actor | None = None,
    may_edit: bool = True,
) -> Answer:
    """As `Executor.answer`, a query's with `extensions.explain`, its document and plan made anew.

    `explain` has `sql`, `values` and `plan`, the lines in which the database says how it runs the
    statement (null and empty where none was run), and `microseconds` for each step.
    """
    clock = Clock()
    try:
        with clock.step("parse"):
            nodes = parsed(query)
        with clock.step("validate"):
            document = validated(executor.schema, query, nodes)
        with clock.step("coerce"):
            call = executor.call(document, given, operation_name, actor)
        see_that_answered(call, may_edit)
        if call.is_edit:
            return await mutate(executor, call)
        with clock.step("compile"):
            plan = executor.compiled(call)
    except RequestErrors as refusal:
        return rejected(refusal)
    with clock.step("execute"):
        answer = await executor.run(plan, call)
    told: dict[str, Any] = {"sql": None, "values": [], "plan": []}
    if answer.ran is not None:
        statement, values = answer.ran
        told |= {"sql": statement.sql, "values": values}
        try:
            told["plan"] = await executor.reader.plan(statement, values)
        except InputError as error:
            told["plan"] = [str(error)]
    told["microseconds"] = clock.microseconds
    extensions = orjson.dumps({"extensions": {"explain": told}}, default=str)
    return answer._replace(body=answer.body[:-1] + b"," + extensions[1:])
