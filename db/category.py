"""Categories: each package is in exactly one."""

from sqlalchemy import BigInteger, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, Sorted, at_least, boolean, not_empty, slug_is_folded


class Category(Numbered, Base):
    __tablename__ = "category"

    title: Mapped[str] = mapped_column(Text)
    title_folded: Mapped[str] = mapped_column(Sorted)
    slug: Mapped[str] = mapped_column(Sorted)
    slug_folded: Mapped[str] = mapped_column(Sorted, unique=True)
    description: Mapped[str] = mapped_column(Text, default="")
    title_plural: Mapped[str] = mapped_column(Text)
    show_pypi: Mapped[bool] = mapped_column(default=True)
    package_count: Mapped[int] = mapped_column(BigInteger, default=0)

    __table_args__ = (
        not_empty("title"),
        not_empty("slug"),
        slug_is_folded(),
        at_least("database_id", 1),
        at_least("revision", 1),
        at_least("package_count", 0),
        boolean("show_pypi"),
        Index(None, "title_folded", "id"),
        {"sqlite_autoincrement": True},
    )
