"""Edits of categories."""

from db.category import Category
from db.edit import Edit
from db.errors import ErrorCode
from db.fields import global_id
from db.inputs import (
    INPUT,
    Given,
    Outcome,
    columns_of,
    deleted,
    expected,
    refuse,
    with_slug,
)

COLUMNS = ("title", "slug", "description", "title_plural", "show_pypi")


async def category_create(edit: Edit, given: Given) -> Outcome:
    """Make a category. Raises Refused.

    A plural that is left out is the title with an "s", or the title itself where that is too long.
    """
    values = await with_slug(edit, Category, columns_of(Category, given, *COLUMNS))
    (blank,) = await edit.blank(Category, 1)
    plural = f"{values['title']}s"[:100]
    row = edit.rows[Category].put(blank | {"title_plural": plural} | values)
    return {"node": row["id"]}


async def category_update(edit: Edit, given: Given) -> Outcome:
    """Change what is given of a category; no other name follows a new title. Raises Refused."""
    row = await expected(edit, Category, given)
    values = columns_of(Category, given, *COLUMNS)
    if "slug" in values:
        values = await with_slug(edit, Category, values, row["id"])
    edit.rows[Category].put(row | values)
    return {"node": row["id"]}


async def category_delete(edit: Edit, given: Given) -> Outcome:
    """Delete a category that no package is in. Raises Refused."""
    row = await expected(edit, Category, given)
    if count := row["package_count"]:
        message = f"expected a category without packages: {count:,} in it, move them first"
        current = global_id("category", row["id"])
        raise refuse(ErrorCode.IN_USE, (*INPUT, "id"), message, current)
    edit.rows[Category].remove(row["id"])
    return deleted(Category, row["id"])
