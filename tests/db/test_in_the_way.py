"""What is in the way of an undo."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from db.change_revert import change_revert
from db.package_edits import package_create, package_update
from tests.db.editing import diffs, edited
from tests.db.small import APPS, loaded


async def test_a_replacement_comes_back_that_is_itself_replaced(engine: AsyncEngine) -> None:
    await loaded(engine, APPS)
    for name in ("one", "two", "three"):
        given: dict[str, Any] = {"repoUrl": f"https://github.com/example/{name}"}
        await edited(engine, package_create, given | {"category": {"slug": "apps"}})
    for name, replacement in (("Package:1", "two"), ("Package:2", "three")):
        await edited(engine, package_update, {"id": name, "replacedBy": {"slug": replacement}})
    _, (change,) = await edited(engine, package_update, {"id": "Package:1", "replacedBy": None})
    undone = await diffs(engine, change_revert, {"id": f"Change:{change['id']}"})
    assert undone == {"UPDATE PACKAGE:1@4": {"replacedBy": [None, "Package:2"]}}
