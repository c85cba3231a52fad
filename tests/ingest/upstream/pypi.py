"""The package index's JSON API: a project with all its releases."""

import re
from typing import Any

from packaging.utils import canonicalize_name

from tests.ingest.upstream.answers import Answer, Ask
from tests.ingest.upstream.world import DAY, Project, World, iso, numbers

STATUSES = ("3 - Alpha", "4 - Beta", "5 - Production/Stable", "7 - Inactive")


def answer(ask: Ask) -> Answer:
    """Answer a request to the JSON API."""
    asked = re.fullmatch(r"/pypi/([^/]+)/json/?", ask.path)
    name = canonicalize_name(asked[1]) if asked else ""
    found = ask.world.find_project(name)
    if not found or not asked:
        return Answer(404, {"message": "Not Found"})
    if name != asked[1]:
        return Answer(301, b"", {"Location": f"/pypi/{name}/json"})
    return Answer(
        200,
        project(ask.world, found),
        {"X-PyPI-Last-Serial": str(10_000_000 + found.releases)},
        etag='"{}"',
    )


def project(world: World, of: Project) -> dict[str, Any]:
    """A project as the JSON API gives it; the last release but one is yanked in some."""
    chance = numbers(world.seed, "releases", of.number)
    repository = world.repository(of.number)
    versions = [f"{1 + at // 8}.{at % 8}.0" for at in range(of.releases)]
    releases = {
        version: [_file(of, version, at, chance[0] % 3 == 0 and at == of.releases - 2)]
        for at, version in enumerate(versions)
    }
    if chance[1] % 4 == 0:
        releases["99.0rc1"] = [_file(of, "99.0rc1", of.releases, False)]
    _, title, spdx = of.license or ("", None, None)
    return {
        "info": {
            "name": of.name,
            "version": versions[-1],
            "summary": f"The synthetic package {of.number}",
            "description": f"# {of.name}",
            "description_content_type": "text/markdown",
            "author": "A",
            "author_email": "a@example.org",
            "license": title,
            "license_expression": spdx if chance[2] % 2 and spdx != "NOASSERTION" else None,
            "classifiers": [
                f"Development Status :: {STATUSES[chance[3] % 4]}",
                "Framework :: Django",
                "Programming Language :: Python :: 3",
                "Programming Language :: Python :: 3.12",
            ],
            "requires_python": ">=3.9",
            "requires_dist": ["Django>=4.2"],
            "home_page": repository.homepage or "",
            "docs_url": None,
            "project_urls": {
                "Source": f"https://{repository.host}/{repository.path}",
                "Documentation": f"https://{of.name}.example.org/docs",
            },
            "yanked": False,
            "yanked_reason": None,
        },
        "last_serial": 10_000_000 + of.releases,
        "releases": releases,
        "urls": releases[versions[-1]],
        "vulnerabilities": [{"id": f"PYSEC-2025-{of.number}", "aliases": [], "withdrawn": None}]
        if chance[4] % 10 == 0
        else [],
    }


def _file(of: Project, version: str, at: int, is_yanked: bool) -> dict[str, Any]:
    uploaded = iso(of.created + at * DAY, "")
    return {
        "filename": f"{of.name}-{version}.tar.gz",
        "packagetype": "sdist",
        "python_version": "source",
        "requires_python": ">=3.9",
        "size": 9_000,
        "upload_time": uploaded,
        "upload_time_iso_8601": f"{uploaded}.000000Z",
        "yanked": is_yanked,
        "yanked_reason": None,
        "url": f"https://files.example.org/{of.name}-{version}.tar.gz",
        "digests": {"sha256": f"{of.number:064x}"},
    }
