"""How texts are folded for comparison, and how a title becomes a slug."""

import re
import unicodedata

SLUG_LENGTH = 100


def fold(text: str) -> str:
    """The form in which two spellings that differ in case alone are equal ("Größe", "GRÖSSE").

    It is Unicode's full case folding, and it is done here because no database does it: SQLite's
    LIKE and lower() fold ASCII alone, PostgreSQL's lower() follows the server's locale. So
    the `*_folded` columns hold this form, and whatever is compared with them is folded first.
    """
    return text.casefold()


def slugify(title: str) -> str:
    """The ASCII slug of a title, as Django's `slugify` makes it: "Django Q!" gives "django-q".

    Accents are dropped ("Café" gives "cafe"), other letters that ASCII lacks are left out; runs of
    spaces and hyphens become one hyphen. A slug has 1 to 100 characters of a-z, 0-9, _ and -, and
    longer ones are cut. Raises ValueError where nothing is left of the title.
    """
    ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    kept = re.sub(r"[^a-z0-9_\s-]", "", ascii_title.lower())
    slug = re.sub(r"[\s-]+", "-", kept).strip("-_")[:SLUG_LENGTH].rstrip("-_")
    if not slug:
        raise ValueError(
            "expected a title with an ASCII letter or digit: no slug can be made of it"
        )
    return slug
