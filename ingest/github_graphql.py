"""Many of GitHub's repositories by one request to its GraphQL API."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from ingest.errors import Later, Missing, Unreachable, Unreadable, UpstreamError, Withheld
from ingest.facts import Subject
from ingest.http import Requests, Response
from ingest.limits import until_reset
from ingest.reading import answer_of, part, parts, read

_HALVINGS = 2
_LIMITS = ("RATE_LIMIT", "RATE_LIMITED")
# Named as REST names them, so that both answers are read alike.
_FRAGMENT = """
fragment R on Repository {
  id: databaseId full_name: nameWithOwner description homepage: homepageUrl archived: isArchived
  stargazers_count: stargazerCount forks_count: forkCount
  license: licenseInfo { spdx_id: spdxId }
  topics: repositoryTopics(first: 20) { nodes { topic { name } } }
  defaultBranchRef { target { oid ... on Commit { committedDate history { totalCount } } } }
}"""


async def ask(
    requests: Requests, subjects: Sequence[Subject], token: str, halvings: int = _HALVINGS
) -> dict[int, Any]:
    """What GraphQL says of repositories, or an UpstreamError, by their packages' ids.

    What takes GitHub too long fails, as a whole or in parts: that is asked for again, in halves.
    Raises Missing where there is no GraphQL API.
    """
    failure: UpstreamError = Unreachable("GitHub did not answer for it")
    found: dict[int, Any] = {}
    try:
        found = _sorted(await _post(requests, subjects, token), subjects)
    except (Unreachable, Unreadable) as error:
        failure = error
    except Missing:
        raise
    except UpstreamError as error:
        return {subject.package_id: error for subject in subjects}
    left = [subject for subject in subjects if subject.package_id not in found]
    if not halvings or len(subjects) == 1:
        return found | {subject.package_id: failure for subject in left}
    half = -(-len(left) // 2)
    for some in (left[:half], left[half:]):
        if some:
            found |= await ask(requests, some, token, halvings - 1)
    return found


async def _post(requests: Requests, subjects: Sequence[Subject], token: str) -> Response:
    declared, asked, variables = "", "", {}
    for at, subject in enumerate(subjects):
        declared += f"$o{at}:String!$n{at}:String!"
        asked += f"r{at}:repository(owner:$o{at},name:$n{at},followRenames:true){{...R}}"
        variables[f"o{at}"], _, variables[f"n{at}"] = subject.name.partition("/")
    return await requests.post(
        requests.settings.github_graphql_address,
        {"query": f"query({declared}){{{asked}}}{_FRAGMENT}", "variables": variables},
        token=token,
    )


@answer_of("GitHub")
def _sorted(answer: Response, subjects: Sequence[Subject]) -> dict[int, Any]:
    """Nodes and errors by package; without those that should be asked for again."""
    body = read(answer.body)
    data, errors = part(body, "data") or {}, parts(body, "errors") or []
    wait = dt.timedelta(seconds=until_reset(answer.headers) or 60.0)
    is_limited = any(error.get("type") in _LIMITS for error in errors)
    found: dict[int, Any] = {}
    for at, subject in enumerate(subjects):
        node = data.get(f"r{at}")
        of_it = [error for error in errors if _alias(error) == f"r{at}"]
        kinds = [error.get("type") for error in of_it] if node is None else []
        if node is not None and not of_it:
            found[subject.package_id] = node
        elif is_limited:
            until = dt.datetime.now(dt.UTC) + wait
            found[subject.package_id] = Later("GitHub has no requests left for us", until)
        elif "NOT_FOUND" in kinds:
            found[subject.package_id] = Missing(f"GitHub does not have {subject.name}")
        elif "FORBIDDEN" in kinds:
            found[subject.package_id] = Withheld(f"GitHub does not let us see {subject.name}")
    return found


def _alias(error: dict[str, Any]) -> Any:
    """What an error is about; None where it is about everything."""
    path = error.get("path")
    return path[0] if isinstance(path, list) and path else None
