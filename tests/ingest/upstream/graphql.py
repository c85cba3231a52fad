"""GitHub's GraphQL API, as far as a client asks of repositories: documents are really executed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLResolveInfo,
    build_schema,
    execute_sync,
    parse,
    validate,
)

from tests.ingest.upstream.answers import Answer, Ask, commit_date, sha
from tests.ingest.upstream.world import Repository, iso

SCHEMA = build_schema("""
    scalar DateTime
    scalar GitObjectID
    scalar URI
    type Query {
      repository(owner: String!, name: String!, followRenames: Boolean = true): Repository
      rateLimit: RateLimit
    }
    type RateLimit { cost: Int! limit: Int! remaining: Int! resetAt: DateTime! used: Int! }
    type License { key: String! name: String! spdxId: String }
    type Topic { name: String! }
    type RepositoryTopic { topic: Topic! }
    type RepositoryTopics { totalCount: Int! nodes: [RepositoryTopic] }
    type CommitHistory { totalCount: Int! }
    interface GitObject { oid: GitObjectID! }
    type Commit implements GitObject {
      oid: GitObjectID! committedDate: DateTime! history: CommitHistory!
    }
    type Ref { name: String! target: GitObject }
    type Repository {
      id: ID! databaseId: Int name: String! nameWithOwner: String! url: URI! description: String
      homepageUrl: URI createdAt: DateTime! updatedAt: DateTime! pushedAt: DateTime
      stargazerCount: Int! forkCount: Int! isArchived: Boolean! isEmpty: Boolean!
      licenseInfo: License repositoryTopics(first: Int): RepositoryTopics! defaultBranchRef: Ref
    }
""")
UNWELL = "Something went wrong while executing your query. This may be the result of a timeout."


@dataclass(slots=True)
class Asked:
    """What a query has asked for so far, and what is left of the limit."""

    ask: Ask
    limit: int
    used: int
    resets: int
    most: int
    repositories: int = 0
    connections: int = 0

    @property
    def cost(self) -> int:
        """Points, as GitHub counts them: a hundred connections are one, and one is the least."""
        return max(1, round((self.repositories + self.connections) / 100))


class TooMuch(Exception):
    """A query asks for more repositories than are answered in time."""


def answer(ask: Ask, limit: int, used: int, resets: int, most: int) -> Answer:
    """Answer a POST to /graphql; `most` repositories in one query, or it is a timeout."""
    if not ask.token:
        return Answer(401, {"message": "This endpoint requires you to be authenticated."})
    try:
        sent = orjson.loads(ask.body)
        query, variables = sent["query"], sent.get("variables") or {}
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        return Answer(400, {"message": "Problems parsing JSON"})
    asked = Asked(ask, limit, used, resets, most)
    document, errors = _read(query)
    if not document:
        return Answer(200, {"errors": errors})
    try:
        result = execute_sync(
            SCHEMA,
            document,
            ask.world,
            asked,
            variables,
            operation_name=sent.get("operationName"),
            field_resolver=_resolve,
        )
    except TooMuch:
        return Answer(502, {"data": None, "errors": [{"message": UNWELL}]})
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body["errors"] = [_shown(error) for error in result.errors]
    return Answer(200, body, cost=asked.cost)


@lru_cache(maxsize=64)
def _read(query: str) -> tuple[DocumentNode | None, list[Any]]:
    try:
        document = parse(query)
    except GraphQLError as error:
        return None, [error.formatted]
    errors = [error.formatted for error in validate(SCHEMA, document)]
    return (None if errors else document), errors


def _shown(error: GraphQLError) -> dict[str, Any]:
    """An error in GitHub's shape: its type is beside the message."""
    return {"type": (error.extensions or {}).get("type"), **error.formatted, "extensions": {}}


def _resolve(source: Any, info: "GraphQLResolveInfo[Any]", **given: Any) -> Any:
    if source is info.root_value:
        return ROOT[info.field_name](info.context, **given)
    value = source[info.field_name]
    return value(info.context, **given) if callable(value) else value


def _named(asked: Asked, owner: str, name: str, followRenames: bool = True) -> Any:
    path = f"{owner}/{name}"
    found = asked.ask.world.find(asked.ask.site, path)
    if not found or (not followRenames and found.path.lower() != path.lower()):
        message = f"Could not resolve to a Repository with the name '{path}'."
        raise GraphQLError(message, extensions={"type": "NOT_FOUND"})
    return _repository(asked, found)


def _rate(asked: Asked) -> Any:
    return {
        "cost": lambda _: asked.cost,
        "limit": asked.limit,
        "remaining": lambda _: max(0, asked.limit - asked.used - asked.cost),
        "resetAt": iso(asked.resets),
        "used": lambda _: asked.used + asked.cost,
    }


ROOT: dict[str, Callable[..., Any]] = {"repository": _named, "rateLimit": _rate}


def _repository(asked: Asked, of: Repository) -> dict[str, Any]:
    asked.repositories += 1
    if asked.repositories > asked.most:
        raise TooMuch
    if of.is_blocked:
        raise GraphQLError("Repository access blocked", extensions={"type": "FORBIDDEN"})
    branch = {"name": "main", "target": lambda asked: _commit(asked, of)}
    return {
        "id": f"R_{of.id}",
        "databaseId": of.id,
        "name": of.path.partition("/")[2],
        "nameWithOwner": of.path,
        "url": f"https://github.com/{of.path}",
        "description": of.description,
        "homepageUrl": of.homepage,
        "createdAt": iso(of.created),
        "updatedAt": iso(of.updated),
        "pushedAt": iso(of.pushed),
        "stargazerCount": of.stars,
        "forkCount": of.forks,
        "isArchived": of.is_archived,
        "isEmpty": of.is_empty,
        "licenseInfo": _license(of),
        "repositoryTopics": lambda asked, first=0: _topics(asked, of, first),
        "defaultBranchRef": None if of.is_empty else branch,
    }


def _license(of: Repository) -> dict[str, Any] | None:
    if not of.license:
        return None
    key, name, spdx = of.license
    return {"key": key, "name": name, "spdxId": spdx}


def _topics(asked: Asked, of: Repository, first: int) -> dict[str, Any]:
    asked.connections += 1
    if not 1 <= first <= 100:
        raise GraphQLError("You must provide a `first` value of 1 to 100 on `repositoryTopics`.")
    nodes = [{"topic": {"name": name}} for name in of.topics[:first]]
    return {"totalCount": len(of.topics), "nodes": nodes}


def _commit(asked: Asked, of: Repository) -> dict[str, Any]:
    asked.connections += 1
    return {
        "__typename": "Commit",
        "oid": sha(of.id, of.commits),
        "committedDate": commit_date(of.pushed, 0),
        "history": {"totalCount": of.commits},
    }
