"""Edits of grids' features, whose positions count from 0 without a gap."""

from collections.abc import Iterable

from db import checks
from db.derived import Values
from db.edit import Edit
from db.errors import ErrorCode
from db.fields import global_id
from db.grid import MOST_FEATURES, Cell, Feature, Grid
from db.grid_edits import features_of, open_grid
from db.inputs import (
    INPUT,
    Given,
    Outcome,
    Wrong,
    by_id,
    checked,
    columns_of,
    deleted,
    key_of,
    refuse,
    see_that_current,
)


async def feature_create(edit: Edit, given: Given) -> Outcome:
    """Add a feature to a grid, at its position or else as the last; others shift.

    Raises Refused.
    """
    grid = await open_grid(edit, given)
    features = await features_of(edit, grid["id"])
    wrong = Wrong()
    with wrong:
        if len(features) >= MOST_FEATURES:
            message = f"expected a grid with room: it has {len(features)} features, the most"
            raise refuse(ErrorCode.TOO_MANY, (*INPUT, "grid"), message)
    with wrong:
        values = _values(given, features)
    with wrong:
        position = _position(given, len(features))
    wrong.tell()
    (blank,) = await edit.blank(Feature, 1)
    features.insert(position, blank | {"grid_id": grid["id"]} | values)
    _arrange(edit, features)
    return {"node": blank["id"]}


async def feature_update(edit: Edit, given: Given) -> Outcome:
    """Change what is given of a feature; at a new position, others shift. Raises Refused."""
    feature = await _open_feature(edit, given)
    others = await features_of(edit, feature["grid_id"])
    others.remove(feature)
    wrong = Wrong()
    with wrong:
        values = _values(given, others)
    with wrong:
        position = _position(given, feature["position"])
    wrong.tell()
    others.insert(position, feature | values)
    _arrange(edit, others)
    return {"node": feature["id"]}


async def feature_delete(edit: Edit, given: Given) -> Outcome:
    """Delete a feature and its cells; the others close up. Raises Refused."""
    feature = await _open_feature(edit, given)
    await edit.rows[Cell].remove_all(feature_id=feature["id"])
    edit.rows[Feature].remove(feature["id"])
    _arrange(edit, await features_of(edit, feature["grid_id"]))
    return deleted(Feature, feature["id"])


async def features_reorder(edit: Edit, given: Given) -> Outcome:
    """Put all of a grid's features in the order that is given. Raises Refused."""
    grid = await open_grid(edit, given)
    features = {row["id"]: row for row in await features_of(edit, grid["id"])}
    ordered: dict[int, Values] = {}
    wrong = Wrong()
    for place, id_ in enumerate(given["features"]):
        path = (*INPUT, "features", str(place))
        with wrong:
            key = key_of(Feature, id_, path)
            if key not in features:
                message = f"expected the grid's own features: {id_} is none of them"
                raise refuse(ErrorCode.INVALID, path, message)
            if key in ordered:
                raise refuse(ErrorCode.INVALID, path, f"expected each feature once: {id_} is twice")
            ordered[key] = features[key]
    with wrong:
        if missing := [global_id("feature", key) for key in features if key not in ordered]:
            message = f"expected all of the grid's features: {', '.join(missing)} missing"
            raise refuse(ErrorCode.INVALID, (*INPUT, "features"), message)
    wrong.tell()
    _arrange(edit, ordered.values())
    return {"node": grid["id"]}


async def _open_feature(edit: Edit, given: Given) -> Values:
    path = (*INPUT, "id")
    feature = await by_id(edit, Feature, given["id"], path)
    grid = await edit.rows[Grid].get(feature["grid_id"])
    assert grid is not None  # by the foreign key
    edit.see_that_open(grid, path, global_id("feature", feature["id"]))
    see_that_current(feature, Feature, given)
    return feature


def _values(given: Given, others: Iterable[Values]) -> Values:
    values = columns_of(Feature, given, "title", "description")
    for other in others:
        if other["title"] == values.get("title"):
            current = global_id("feature", other["id"])
            message = f"{current} has it: a grid's features share none"
            raise refuse(ErrorCode.TAKEN, (*INPUT, "title"), message, current)
    return values


def _position(given: Given, otherwise: int) -> int:
    if "position" not in given:
        return otherwise
    position: int = checked(checks.COUNT, given["position"], (*INPUT, "position"))
    return position


def _arrange(edit: Edit, features: Iterable[Values]) -> None:
    for position, feature in enumerate(features):
        edit.rows[Feature].put(feature | {"position": position})
