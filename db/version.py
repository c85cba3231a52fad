"""The releases of a package."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Instant, Key, List, Sorted, boolean, not_empty, one_of
from db.package import DevelopmentStatus


class Version(Base):
    """`sort_key` is worked out when written: its code-point order is the order of PEP 440.

    So is `is_prerelease`, where it is not given.
    """

    __tablename__ = "version"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    package_id: Mapped[int] = mapped_column(ForeignKey("package.id", ondelete="CASCADE"))
    number: Mapped[str] = mapped_column(Text)
    sort_key: Mapped[str] = mapped_column(Sorted)
    uploaded_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    licenses: Mapped[list[str]] = mapped_column(List, default=list)
    requires_python: Mapped[str | None] = mapped_column(Text)
    development_status: Mapped[str | None] = mapped_column(Text)
    is_yanked: Mapped[bool] = mapped_column(default=False)
    is_prerelease: Mapped[bool]

    __table_args__ = (
        not_empty("number"),
        one_of("development_status", DevelopmentStatus),
        boolean("is_yanked"),
        boolean("is_prerelease"),
        UniqueConstraint("package_id", "number"),
        {"sqlite_autoincrement": True},
    )


Index("ix_version_sort_key", Version.package_id, Version.sort_key.desc(), Version.id)
