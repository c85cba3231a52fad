"""Plain Strawberry's edit: rows loaded by SQLAlchemy's ORM, set, and committed with the log's."""

import datetime as dt

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from db.change import Change, ChangeAction, NodeType
from db.ingest import PackageField, Pin
from db.package import Package
from db.search import Document, SearchType, index
from db.text import fold
from tests.bench.operations import ACTOR


async def describe(
    sessions: async_sessionmaker[AsyncSession], key: int, description: str
) -> Package | None:
    """Give a package another description; None where there is no such package."""
    now = dt.datetime.now(dt.UTC)
    async with sessions.begin() as session:
        package = await session.get(Package, key, with_for_update=True)
        if package is None:
            return None
        before, package.repo_description = package.repo_description, description
        package.repo_description_folded = fold(description)
        package.revision += 1
        package.modified = now
        field = PackageField.REPO_DESCRIPTION.name
        if await session.get(Pin, (key, field)) is None:
            session.add(Pin(package_id=key, field=field, at=now))
        change = Change(
            transaction_id=0,
            node_type=NodeType.PACKAGE.name,
            node_id=key,
            revision=package.revision,
            at=now,
            actor=ACTOR,
            actor_folded=fold(ACTOR),
            action=ChangeAction.UPDATE.name,
            diff={"repoDescription": [before, description]},
        )
        session.add(change)
        await session.flush()
        change.transaction_id = change.id
        document = Document(
            node_type=SearchType.PACKAGE,
            node_id=key,
            title=package.title,
            slug=package.slug,
            description=description,
            participants=package.participants,
            stars=package.repo_watchers,
        )
        await index(session, [document])
    return package
