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

from tests.ingest.upstream.answers import Answer, Ask, commit_date, sha, whole
from tests.ingest.upstream.world import Repository, World, iso

SCHEMA = build_schema("""
    scalar DateTime
    scalar GitObjectID
    scalar GitTimestamp
    scalar URI
    interface Node { id: ID! }
    interface RepositoryOwner { id: ID! login: String! }
    interface GitObject { id: ID! oid: GitObjectID! }
    type Query {
      repository(owner: String!, name: String!, followRenames: Boolean = true): Repository
      node(id: ID!): Node
      nodes(ids: [ID!]!): [Node]!
      rateLimit(dryRun: Boolean = false): RateLimit
    }
    type RateLimit {
      cost: Int! limit: Int! nodeCount: Int! remaining: Int! resetAt: DateTime! used: Int!
    }
    type Organization implements Node & RepositoryOwner { id: ID! login: String! name: String }
    type Count { totalCount: Int! }
    type PageInfo { hasNextPage: Boolean! endCursor: String }
    type License implements Node {
      id: ID! key: String! name: String! nickname: String spdxId: String url: URI
    }
    type Language implements Node { id: ID! name: String! color: String }
    type Topic implements Node { id: ID! name: String! }
    type RepositoryTopic implements Node { id: ID! topic: Topic! url: URI! }
    type RepositoryTopics { totalCount: Int! nodes: [RepositoryTopic] pageInfo: PageInfo! }
    type CommitEdge { cursor: String! node: Commit }
    type CommitHistory {
      totalCount: Int! nodes: [Commit] edges: [CommitEdge] pageInfo: PageInfo!
    }
    type Commit implements Node & GitObject {
      id: ID! oid: GitObjectID! message: String! committedDate: DateTime! authoredDate: DateTime!
      history(first: Int, after: String, since: GitTimestamp, until: GitTimestamp): CommitHistory!
    }
    type Ref implements Node { id: ID! name: String! prefix: String! target: GitObject }
    type Repository implements Node {
      id: ID! databaseId: Int name: String! nameWithOwner: String! owner: RepositoryOwner!
      url: URI! description: String homepageUrl: URI createdAt: DateTime! updatedAt: DateTime!
      pushedAt: DateTime archivedAt: DateTime stargazerCount: Int! forkCount: Int!
      isArchived: Boolean! isDisabled: Boolean! isEmpty: Boolean! isFork: Boolean!
      isPrivate: Boolean! diskUsage: Int licenseInfo: License primaryLanguage: Language
      stargazers: Count! watchers: Count! issues: Count! forks: Count! mentionableUsers: Count!
      repositoryTopics(first: Int, after: String): RepositoryTopics! defaultBranchRef: Ref
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
        raise _missing(f"Could not resolve to a Repository with the name '{path}'.")
    return _repository(asked, found)


def _node(asked: Asked, id: str) -> Any:
    found = asked.ask.world.by_id(asked.ask.site, whole(id.removeprefix("R_"), 0))
    if not found:
        raise _missing(f"Could not resolve to a node with the global id of '{id}'")
    return _repository(asked, found)


def _nodes(asked: Asked, ids: list[str]) -> Any:
    def one(id: str) -> Any:
        try:
            return _node(asked, id)
        except GraphQLError as error:
            return error

    return [one(id) for id in ids]


def _rate(asked: Asked, dryRun: bool = False) -> Any:
    return {
        "cost": lambda _: asked.cost,
        "limit": asked.limit,
        "nodeCount": lambda _: asked.repositories + asked.connections,
        "remaining": lambda _: max(0, asked.limit - asked.used - asked.cost),
        "resetAt": iso(asked.resets),
        "used": lambda _: asked.used + asked.cost,
    }


ROOT: dict[str, Callable[..., Any]] = {
    "repository": _named,
    "node": _node,
    "nodes": _nodes,
    "rateLimit": _rate,
}


def _missing(message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"type": "NOT_FOUND"})


def _repository(asked: Asked, of: Repository) -> dict[str, Any]:
    asked.repositories += 1
    if asked.repositories > asked.most:
        raise TooMuch
    if of.is_blocked:
        raise GraphQLError("Repository access blocked", extensions={"type": "FORBIDDEN"})
    owner, name = of.path.split("/")
    url = f"https://github.com/{of.path}"
    return {
        "__typename": "Repository",
        "id": f"R_{of.id}",
        "databaseId": of.id,
        "name": name,
        "nameWithOwner": of.path,
        "owner": {"__typename": "Organization", "id": f"O_{owner}", "login": owner, "name": None},
        "url": url,
        "description": of.description,
        "homepageUrl": of.homepage,
        "createdAt": iso(of.created),
        "updatedAt": iso(of.updated),
        "pushedAt": iso(of.pushed),
        "archivedAt": iso(of.updated) if of.is_archived else None,
        "stargazerCount": of.stars,
        "forkCount": of.forks,
        "isArchived": of.is_archived,
        "isDisabled": False,
        "isEmpty": of.is_empty,
        "isFork": False,
        "isPrivate": False,
        "diskUsage": 0 if of.is_empty else 900,
        "licenseInfo": _license(of),
        "primaryLanguage": None if of.is_empty else {"id": "L_1", "name": "Python", "color": None},
        "stargazers": {"totalCount": of.stars},
        "watchers": {"totalCount": of.watchers},
        "issues": {"totalCount": 3},
        "forks": {"totalCount": of.forks},
        "mentionableUsers": {"totalCount": of.contributors},
        "repositoryTopics": lambda asked, **page: _topics(asked, of, url, **page),
        "defaultBranchRef": None
        if of.is_empty
        else {
            "id": f"REF_{of.id}",
            "name": "main",
            "prefix": "refs/heads/",
            "target": _commit(asked.ask.world, of, 0),
        },
    }


def _license(of: Repository) -> dict[str, Any] | None:
    if not of.license:
        return None
    key, name, spdx = of.license
    # Only REST says NOASSERTION of a licence that it cannot tell.
    spdx_id = None if spdx == "NOASSERTION" else spdx
    return {
        "id": f"L_{key}",
        "key": key,
        "name": name,
        "nickname": None,
        "spdxId": spdx_id,
        "url": None,
    }


def _topics(asked: Asked, of: Repository, url: str, first: int = 0, after: str = "") -> Any:
    asked.connections += 1
    if not 1 <= first <= 100:
        raise GraphQLError("You must provide a `first` value of 1 to 100 on `repositoryTopics`.")
    names = of.topics[:first]
    return {
        "totalCount": len(of.topics),
        "nodes": [
            {
                "id": f"RT_{name}",
                "topic": {"id": f"T_{name}", "name": name},
                "url": f"{url}/topics/{name}",
            }
            for name in names
        ],
        "pageInfo": {"hasNextPage": len(names) < len(of.topics), "endCursor": None},
    }


def _commit(world: World, of: Repository, index: int) -> dict[str, Any]:
    date = commit_date(world, of.pushed, index)
    return {
        "__typename": "Commit",
        "id": f"C_{of.id}_{index}",
        "oid": sha(of.id, of.commits - index),
        "message": f"Commit {index}",
        "committedDate": date,
        "authoredDate": date,
        "history": lambda asked, **page: _history(asked, of, **page),
    }


def _history(
    asked: Asked,
    of: Repository,
    first: int = 0,
    after: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Any:
    asked.connections += 1
    begin = whole(after, -1) + 1
    commits = [
        _commit(asked.ask.world, of, index)
        for index in range(begin, min(of.commits, begin + min(first, 100)))
    ]
    commits = [commit for commit in commits if not since or commit["committedDate"] >= since]
    end = begin + len(commits)
    return {
        "totalCount": of.commits,
        "nodes": commits,
        "edges": [{"cursor": str(begin + at), "node": node} for at, node in enumerate(commits)],
        "pageInfo": {"hasNextPage": end < of.commits, "endCursor": str(end - 1)},
    }
