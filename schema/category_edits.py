"""The edits of categories in the schema."""

import strawberry

from db.category import Category as CategoryRow
from resolvers import payload
from schema.category import Category
from schema.editing import EditInput, LoggedPayload, RevisedInput
from schema.fields import optional, reads, required
from schema.node import ID_DESCRIPTION

SLUG = "1 to 100 letters, digits, _ and -; made of the title where it is left out."


@strawberry.input(description="A new category.")
class CategoryCreateInput(EditInput):
    title: str = required("Its name in the singular; 1 to 100 characters.")
    slug: str | None = optional(SLUG)
    description: str | None = optional("What belongs in it; 20,000 characters at most.")
    title_plural: str | None = optional("Its name in the plural; title and s where left out.")
    show_pypi: bool | None = optional("Whether its packages show what PyPI says; true if left out.")


@strawberry.input(description="What changes of a category: what is left out stays as it is.")
class CategoryUpdateInput(RevisedInput):
    id: strawberry.ID = required(ID_DESCRIPTION)
    title: str | None = optional("Its name in the singular; 1 to 100 characters.")
    slug: str | None = optional("1 to 100 letters, digits, _ and -; the former one still finds it.")
    description: str | None = optional("What belongs in it; 20,000 characters at most.")
    title_plural: str | None = optional("Its name in the plural; 1 to 100 characters.")
    show_pypi: bool | None = optional("Whether its packages show what PyPI says.")


@strawberry.type(description="What became of an edit of a category.")
class CategoryPayload(LoggedPayload):
    category: Category | None = reads(
        payload.subject(CategoryRow), "As it is now; null where there is none."
    )
