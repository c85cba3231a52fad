"""Slugs of packages that are given none: made of the repository's name, and numbered."""

from collections.abc import Collection, Iterator
from itertools import count
from urllib.parse import unquote

from db.edit import Edit
from db.package import Package
from db.repo_url import RepoUrl
from db.text import SLUG_LENGTH


def repository_name(repo: RepoUrl) -> str:
    """The last name of an address's path."""
    return unquote(repo.url.rpartition("/")[2])


def numbered(slug: str) -> Iterator[str]:
    """A slug, and others that begin as it does: "django", "django-2", "django-3"..."""
    yield slug
    for number in count(2):
        ending = f"-{number}"
        yield slug[: SLUG_LENGTH - len(ending)] + ending


class FreeSlugs:
    """The slugs that no package has and that none of `given` is, which are folded."""

    def __init__(self, edit: Edit, given: Collection[str] = ()) -> None:
        self._packages = edit.rows[Package]
        self._given = given
        self._numbered: dict[str, Iterator[str]] = {}

    async def take(self, base: str) -> str:
        """The first that begins as `base` does, and was not taken yet; `base` is folded."""
        slugs = self._numbered.setdefault(base, numbered(base))
        while True:
            slug = next(slugs)
            if slug in self._given:
                continue
            if await self._packages.holder("slug_folded", slug) is None:
                return slug
