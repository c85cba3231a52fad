"""Packages, with the figures that upstream gives of them."""

import datetime as dt
import enum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import (
    Base,
    Instant,
    List,
    Numbered,
    Sorted,
    at_least,
    boolean,
    not_empty,
    one_of,
    slug_is_folded,
    sortable,
)


class RepoHost(enum.Enum):
    GITHUB = "GITHUB"
    GITLAB = "GITLAB"
    BITBUCKET = "BITBUCKET"
    CODEBERG = "CODEBERG"
    FORGEJO = "FORGEJO"
    OTHER = "OTHER"


class DevelopmentStatus(enum.Enum):
    PLANNING = "PLANNING"
    PRE_ALPHA = "PRE_ALPHA"
    ALPHA = "ALPHA"
    BETA = "BETA"
    STABLE = "STABLE"
    MATURE = "MATURE"
    INACTIVE = "INACTIVE"


class Package(Numbered, Base):
    """`*_folded` columns and `repo_key`, `score` and `grid_count` are worked out when written."""

    __tablename__ = "package"

    title: Mapped[str] = mapped_column(Text)
    title_folded: Mapped[str] = mapped_column(Sorted)
    slug: Mapped[str] = mapped_column(Sorted)
    slug_folded: Mapped[str] = mapped_column(Sorted, unique=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    repo_url: Mapped[str | None] = mapped_column(Text)
    repo_url_folded: Mapped[str | None] = mapped_column(Sorted)
    repo_key: Mapped[str | None] = mapped_column(Sorted, unique=True)
    repo_host: Mapped[str] = mapped_column(Text, default=RepoHost.OTHER.name)
    repo_description: Mapped[str] = mapped_column(Text, default="")
    repo_description_folded: Mapped[str] = mapped_column(Sorted, default="")
    repo_watchers: Mapped[int | None] = mapped_column(Integer)
    repo_forks: Mapped[int | None] = mapped_column(Integer)
    commit_count: Mapped[int | None] = mapped_column(Integer)
    contributor_count: Mapped[int | None] = mapped_column(Integer)
    pypi_url: Mapped[str | None] = mapped_column(Text)
    pypi_name: Mapped[str | None] = mapped_column(Sorted, index=True)
    pypi_version: Mapped[str | None] = mapped_column(Text)
    documentation_url: Mapped[str | None] = mapped_column(Text)
    documentation_url_folded: Mapped[str | None] = mapped_column(Sorted)
    homepage_url: Mapped[str | None] = mapped_column(Text)
    topics: Mapped[list[str]] = mapped_column(List, default=list)
    advisories: Mapped[list[str]] = mapped_column(List, default=list)
    commits_over_52: Mapped[list[int]] = mapped_column(List, default=list)
    commits_over_52_ends: Mapped[dt.datetime | None] = mapped_column(Instant)
    participants: Mapped[list[str]] = mapped_column(List, default=list)
    participants_folded: Mapped[list[str]] = mapped_column(List, default=list)
    last_updated: Mapped[dt.datetime | None] = mapped_column(Instant)
    licenses: Mapped[list[str]] = mapped_column(List, default=list)
    licenses_folded: Mapped[list[str]] = mapped_column(List, default=list)
    requires_python: Mapped[str | None] = mapped_column(Text)
    supports_python3: Mapped[bool | None]
    development_status: Mapped[str | None] = mapped_column(Text)
    is_archived: Mapped[bool] = mapped_column(default=False)
    deprecated_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("package.id"), index=True)
    score: Mapped[int] = mapped_column(Integer, default=0)
    grid_count: Mapped[int] = mapped_column(Integer, default=0)

    __table_args__ = (
        not_empty("title"),
        not_empty("slug"),
        slug_is_folded(),
        at_least("database_id", 1),
        at_least("revision", 1),
        at_least("repo_watchers", 0),
        at_least("repo_forks", 0),
        at_least("commit_count", 0),
        at_least("contributor_count", 0),
        at_least("grid_count", 0),
        at_least("score", -500),
        boolean("supports_python3"),
        boolean("is_archived"),
        one_of("repo_host", RepoHost),
        one_of("development_status", DevelopmentStatus),
        CheckConstraint("replaced_by_id <> id", name="replaced_by_itself"),
        CheckConstraint("(repo_url IS NULL) = (repo_key IS NULL)", name="repo_key"),
        Index(None, "title_folded", "id"),
        Index(None, "category_id", "title_folded", "id"),
        {"sqlite_autoincrement": True},
    )


for column in (
    Package.score,
    Package.repo_watchers,
    Package.repo_forks,
    Package.last_updated,
    Package.created,
    Package.modified,
    Package.grid_count,
):
    descending = sortable(column.expression, True).desc()
    Index(f"ix_package_{column.key}", descending, Package.id)
    if column.key in ("score", "repo_watchers"):
        Index(f"ix_package_category_id_{column.key}", Package.category_id, descending, Package.id)
