"""Inputs of all mutations: most can be made, some cannot, about the few objects that there are."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urljoin

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from pypi_simple import PYPI_SIMPLE_ENDPOINT

from tests.model.model import Model

Strategy = SearchStrategy[Any]
Strategies = Mapping[str, Strategy]


class Nth(NamedTuple):
    """Stands for the id of an object of a type; of one that `lives`, or any."""

    type: str
    number: int
    lives: bool


class Ref(NamedTuple):
    """Stands for a lookup of an object: by what it is called, or was once; else by its id."""

    about: Nth
    kind: str


class Part(NamedTuple):
    """Stands for one of a grid's features or packages."""

    grid: Nth
    kind: str
    number: int


class Order(NamedTuple):
    """Stands for a grid's features, turned by so many places, less some."""

    grid: Nth
    turned: int
    missing: int


RIGHT = "right"
"""Stands for the revision of the object that an input is about."""


def resolved(value: Any, model: Model) -> Any:
    """An input with what stands in it for the model's objects."""
    match value:
        case Nth(type_, number, lives):
            known = model.known(type_)
            ids = [id_ for id_ in known if type_ == "Change" or not lives or id_ in model.objects]
            return ids[number % len(ids)] if ids else f"{type_}:999"
        case Ref(Nth(type_, number, lives) as nth, kind):
            id_ = resolved(nth, model)
            names = {name: each for name, each in model.objects.get(id_, {}).items() if each}
            if kind == "former":
                former = sorted((kind, name) for of, kind, name in model.names if of == type_)
                names = dict([former[number % len(former)]] if former else [])
                kind = next(iter(names), "")
            name = names.get("pypiName" if kind == "pypi" else kind)
            return {"id": id_} if name is None else {kind: TYPED.get(kind, str)(name)}
        case Part(grid, kind, number):
            parts = sorted(model.objects.get(resolved(grid, model), {}).get(kind, ()))
            return parts[number % len(parts)] if parts else f"{kind[:-1].capitalize()}:999"
        case Order(grid, turned, missing):
            order = model.objects.get(resolved(grid, model), {}).get("features", [])
            turned %= len(order) or 1
            return [*order[turned:], *order[:turned]][missing:]
        case list():
            return [resolved(each, model) for each in value]
        case dict():
            given = {name: resolved(each, model) for name, each in value.items()}
            if given.get("expectedRevision") == RIGHT:
                ref = given.get("grid") or given.get("into") or {}
                about = model.objects.get(str(given.get("id") or ref.get("id")), {})
                given["expectedRevision"] = about.get("revision")
            return given
    return value


def inputs_of(good: bool) -> Strategies:
    """Inputs for each mutation; few of those that are `good` cannot be."""

    def some(usual: list[Any], *unusual: Any) -> Strategy:
        return st.sampled_from([*usual] if good else [*usual, *unusual])

    def of(optional: Strategies, **required: Strategy) -> Strategy:
        """Inputs with these members, and up to three of the optional ones."""
        names = sorted(optional.keys() - required.keys())
        names += ["slug", "slug"] if "slug" in names else []  # oftener
        chosen = st.lists(st.sampled_from(names), max_size=3, unique=True) if names else st.just([])
        return chosen.flatmap(
            lambda some: st.fixed_dictionaries({**required, **{n: optional[n] for n in some}})
        )

    def nth(type_: str) -> Strategy:
        return st.builds(Nth, st.just(type_), NUMBERS, st.just(good))

    def ids(type_: str) -> Strategy:
        bad = st.sampled_from(["nonsense", "Version:1", f"{type_}:0", f"{type_}:999"])
        return nth(type_) if good else st.one_of(nth(type_), bad)

    def refs(type_: str) -> Strategy:
        kinds = ["id", "slug", "databaseId", "former"]
        kinds += ["repoUrl", "pypi"] if type_ == "Package" else []
        found = st.builds(Ref, nth(type_), st.sampled_from(kinds))
        if good:
            return found
        others = {"slug": slug, "id": ids(type_)}
        if type_ == "Package":
            others |= {"repoUrl": repo_url, "pypi": st.sampled_from(["one.x", "Django_Q"])}
        bad = [st.fixed_dictionaries({kind: other}) for kind, other in others.items()]
        return st.one_of(found, *bad)

    def members(type_: str) -> Strategy:
        refs_ = st.lists(refs(type_), max_size=2)
        return refs_ if good else st.one_of(refs_, st.none())

    def about(type_: str, optional: Strategies) -> Strategy:
        return of(optional, id=ids(type_), expectedRevision=revision)

    title = some(TITLES, "", "x" * 101, "a\tb", "日本")
    of_feature = some(TITLES[:4], "", "x" * 101)
    slug = some(SLUGS, "bad slug", "")
    long = some(["", "Text", "Two\nlines"], "x" * 20_001, "\x07", None)
    short = some(["", "Text", "Two\nlines"], "x" * 1_001, "\x07", None)
    boolean = some([True, False], None)
    repo_url = some(REPOSITORIES, "nowhere")
    url = some(["https://example.org/docs", None], "javascript:x", "")
    revision = some([None, None, RIGHT], 1, 2, 999)
    null = some([], None) if not good else st.nothing()
    fields = {"title": title | null, "slug": slug | null, "description": long}
    of_grid = {**fields, "header": boolean, "isLocked": boolean}
    of_package = {
        "title": title | null,
        "slug": slug | null,
        "repoDescription": short,
        "documentationUrl": url,
        "pypiUrl": some(PROJECTS, "ftp://x/y"),
    }
    more_of_package = {
        "category": refs("Category") | null,
        "licenses": some([["MIT"], ["X", "Y"], []], None),
        "replacedBy": st.none() | refs("Package"),
        "deprecatedAt": st.sampled_from(INSTANTS),
    }
    host = some(["FORGEJO", "OTHER"], None)
    position = some([0, 1, 2, 9], -1, None)
    grid = st.shared(nth("Grid"), key=good)
    grid_by_id = st.fixed_dictionaries({"id": grid})
    member = st.fixed_dictionaries({"id": st.builds(Part, grid, st.just("packages"), NUMBERS)})
    feature: Strategy = st.builds(Part, grid, st.just("features"), NUMBERS)
    cell = st.fixed_dictionaries(
        {
            "package": member if good else member | refs("Package"),
            "feature": feature if good else feature | ids("Feature"),
            "text": some(["", "yes", "No", "++", " since 2.0 "], "x" * 1_001, "\x07"),
        }
    )
    row = of(
        {**of_package, **more_of_package, "grids": members("Grid")},
        expectedRevision=some([None], 1),
        repoUrl=repo_url | st.none(),
        slug=slug,
        category=refs("Category"),
    )
    membership = of({}, grid=refs("Grid"), package=refs("Package"), expectedRevision=revision)
    return {
        "categoryCreate": of({**fields, "titlePlural": title, "showPypi": boolean}, title=title),
        "categoryUpdate": about("Category", {**fields, "titlePlural": title, "showPypi": boolean}),
        "categoryDelete": about("Category", {}),
        "packageCreate": of(
            {**of_package, "repoHost": host, "grids": members("Grid")},
            repoUrl=repo_url,
            category=refs("Category"),
        ),
        "packageUpdate": about(
            "Package",
            {
                **of_package,
                **more_of_package,
                "repoUrl": repo_url | st.none(),
                "repoHost": host,
                "isArchived": boolean,
                "unpin": st.just(["TITLE"]),
            },
        ),
        "packageDelete": about("Package", {}),
        "packageMerge": st.fixed_dictionaries(
            {"from": refs("Package"), "into": refs("Package"), "expectedRevision": revision}
        ),
        "packagesUpsert": of(
            {"onError": st.sampled_from(["SKIP_FAILED", "ALL_OR_NOTHING", None])},
            packages=st.lists(row, min_size=good, max_size=3),
        ),
        "packageRefresh": of({}, package=refs("Package")),
        "gridCreate": of(
            {
                **of_grid,
                **({} if good else {"packages": members("Package"), "features": st.none()}),
            },
            title=title,
            packages=st.lists(refs("Package"), min_size=1, max_size=3),
            features=st.lists(of_feature, max_size=3, unique=good),
        ),
        "gridUpdate": about("Grid", of_grid),
        "gridDelete": about("Grid", {}),
        "gridPackageAdd": membership,
        "gridPackageRemove": membership,
        "featureCreate": of(
            {"description": short, "position": position},
            grid=refs("Grid"),
            title=of_feature,
            expectedRevision=revision,
        ),
        "featureUpdate": about(
            "Feature", {"title": of_feature | null, "description": short, "position": position}
        ),
        "featureDelete": about("Feature", {}),
        "featuresReorder": of(
            {},
            grid=grid_by_id,
            features=st.builds(Order, grid, NUMBERS, some([0], 1)),
            expectedRevision=revision,
        ),
        "gridCellsSet": of(
            {},
            grid=grid_by_id,
            cells=st.lists(cell, min_size=good, max_size=4),
            expectedRevision=revision,
        ),
        "changeRevert": of({}, id=ids("Change")),
    }


TYPED: dict[str, Any] = {"databaseId": int}
"""The types of names that are no texts."""

NUMBERS = st.integers(0, 20) | st.integers(0, 99)
TITLES = ["One", "Two", "Three Four", "  Spaced  ", "Tür 5", *(f"No {n}" for n in range(6, 20))]
SLUGS = ["one", "two", "three", "ONE", "four_4"]
REPOSITORIES = [
    "https://github.com/o/one",
    "https://github.com/O/One.git",
    "git@github.com:o/two.git",
    "https://gitlab.com/o/three",
    "https://github.com/p/one",
    "https://github.com/p/four",
    "https://example.org/p/five",
]
PROJECTS = [urljoin(PYPI_SIMPLE_ENDPOINT, "/project/One_X/"), "https://example.org/x", None]
INSTANTS = ["2026-02-15T08:05:54.219101+01:00", "2020-01-01T00:00:00Z", None]

OFTEN = {
    **dict.fromkeys(["changeRevert", "gridCellsSet"], 5),
    **dict.fromkeys(["gridCreate", "packageUpdate", "packagesUpsert", "gridPackageAdd"], 3),
    **dict.fromkeys(["packageMerge", "packageCreate", "featureCreate", "featureUpdate"], 2),
}
"""How many times as often as others they are made."""

GOOD, BAD = inputs_of(True), inputs_of(False)
MUTATIONS = [name for name in sorted(GOOD, reverse=True) for _ in range(OFTEN.get(name, 1))]

ANY = st.tuples(st.sampled_from(MUTATIONS), st.integers(1, 8)).flatmap(
    lambda drawn: st.tuples(st.just(drawn[0]), (BAD if drawn[1] == 4 else GOOD)[drawn[0]])
)
"""A mutation's name and an input for it; what in it stands for the model's is to be resolved."""
