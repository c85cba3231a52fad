"""Any edits, one after the other, leave what the model says: contents, revisions, log, names."""

import re
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.counts import pick, reached
from tests.db.replay import see_that_all_agrees
from tests.model import edits, packages, undo
from tests.model.inputs import ANY, resolved
from tests.model.model import (
    DELETED,
    TYPES,
    Change,
    Edit,
    Fields,
    Given,
    Model,
    Objects,
    Stop,
    difference,
    type_of,
)
from tests.model.server import FEED, Server, serving
from tests.web.editing import mutations

EXAMPLES = pick(test=10, prove=100)
STEPS = pick(test=30, prove=40)

MODULES = {"package": packages, "packages": packages, "change": undo}


def edit_of(mutation: str) -> Callable[[Edit, Given], None]:
    """What a mutation does to the model."""
    first, *others = re.findall("[A-Z]?[a-z]+", mutation)
    name = "_".join([first, *map(str.lower, others)])
    found: Callable[[Edit, Given], None] = getattr(MODULES.get(first, edits), name)
    return found


EDITS = {name: edit_of(name) for name in mutations()}


class Editing(RuleBasedStateMachine):
    """Edits of a server and of the model, whose outcomes are compared."""

    server: Server

    def __init__(self) -> None:
        super().__init__()
        self.server.reset()
        objects = self.server.read()
        self.model = Model(
            objects, revisions={id_: row["revision"] for id_, row in objects.items()}
        )
        self.cursor = ""
        for change in self.feed():
            self.log(change)
        self.kept: list[tuple[str, Fields, bool, Any]] = []

    @rule(
        edit=ANY,
        is_editor=st.sampled_from([False, False, False, True]),
        is_dry=st.sampled_from([False] * 7 + [True]),
        has_key=st.booleans(),
        repeated=st.none() | st.integers(0, 9),
    )
    def edit(
        self,
        edit: tuple[str, Fields],
        is_editor: bool,
        is_dry: bool,
        has_key: bool,
        repeated: int | None,
    ) -> None:
        name, given = edit[0], resolved(edit[1], self.model)
        call: Fields = {"dryRun": True} if is_dry else {}
        if has_key:
            call["idempotencyKey"] = f"key {len(self.kept)}"
        payload = self.ask(name, given | call, is_editor)
        told = [payload["change"]] if name == "changeRevert" else payload["changes"]
        changes = [each for each in told if each]
        if not is_dry:
            logged = self.feed()
            assert logged == changes or (name == "changeRevert" and changes[0] in logged)
            changes = logged
            self.see_that_numbered(changes, is_editor)
        else:
            assert self.feed() == []
        new = [each["nodeId"] for each in changes if each["action"] == "CREATE"]
        new.sort(key=lambda id_: int(id_.partition(":")[2]))
        made = Edit(self.model, is_editor, new, changes[0]["at"] if changes else "")
        expected: dict[str, Change] = {}
        try:
            EDITS[name](made, given)
            made.check()
            expected = made.settle()
        except Stop:
            pass
        self.compare(name, given, payload, made)
        if is_dry and name == "changeRevert":  # of what else it would change, nothing is told
            expected = {id_: each for id_, each in expected.items() if id_ == made.subject}
        fit(
            {each["nodeId"]: told_of(each) for each in changes},
            {id_: each.told for id_, each in expected.items()},
        )
        if not is_dry and not made.wrong:
            self.model.objects, self.model.names = made.objects, made.names
            for change in changes:
                self.log(change)
        is_kept = name != "categoryDelete" or not is_editor  # else it is refused before it is one
        if has_key and not is_dry and is_kept:
            self.kept.append((name, given | call, is_editor, payload))
        reached(f"edits compared with the model, {'refused' if made.wrong else 'made'}")
        if repeated is not None and self.kept:
            self.repeat(repeated)

    def compare(self, name: str, given: Fields, payload: Any, made: Edit) -> None:
        """Fail where a payload is not what the model says."""
        codes = {error["code"] for error in payload["errors"]}
        assert codes <= made.wrong, (name, given, payload["errors"], made.wrong)
        assert bool(codes) == bool(made.wrong), (name, given, payload["errors"], made.wrong)
        subject = (made.subject or "").partition(":")[0].lower()
        if subject in payload and (not codes or codes == {"CONFLICT"}):
            assert payload[subject]["id"] == made.subject
        if name == "packagesUpsert" and payload["rows"]:
            for row, (id_, outcome, wrong) in zip(payload["rows"], made.result, strict=True):
                assert row["outcome"] == outcome, (given, row, outcome, wrong)
                assert (row["package"] or {}).get("id") == id_, (given, row, id_)
                assert {error["code"] for error in row["errors"]} <= wrong
        if codes:
            return
        if "deletedId" in payload:
            assert payload["deletedId"] == made.result["deletedId"]
            assert sorted(payload["alsoDeletedIds"]) == sorted(made.result["alsoDeletedIds"])
        if name == "gridCellsSet":
            cells = [[c["package"]["id"], c["feature"]["id"], c["text"]] for c in payload["cells"]]
            assert cells == made.result

    def see_that_numbered(self, changes: Any, is_editor: bool) -> None:
        """Fail where a transaction's changes are not in order, or not all alike."""
        numbers = [int(each["id"].partition(":")[2]) for each in changes]
        assert numbers == sorted(numbers)
        assert all(each["transaction"] == f"Transaction:{numbers[0]}" for each in changes)
        assert all(each["actor"] == self.server.actors[is_editor].name for each in changes)
        assert all(each["at"] == changes[0]["at"] for each in changes)
        places = [place_of(each) for each in changes]
        assert places == sorted(places)

    def repeat(self, number: int) -> None:
        """What comes again under its key has its first outcome, and edits nothing."""
        name, given, is_editor, payload = self.kept[-1 - number % len(self.kept)]
        again = self.ask(name, given, is_editor)
        for part in ("changes", "change", "errors", "deletedId", "alsoDeletedIds"):
            assert again.get(part) == payload.get(part)
        for row, first in zip(again.get("rows", ()), payload.get("rows", ()), strict=True):
            assert row["outcome"] == first["outcome"]
        other = {"title": "Another", "idempotencyKey": given["idempotencyKey"]}
        (error,) = self.ask("categoryCreate", other, is_editor)["errors"]
        assert (error["code"], error["path"]) == ("INVALID", ["input", "idempotencyKey"])
        assert self.feed() == []

    @invariant()
    def all_is_as_the_model_has_it(self) -> None:
        fit(self.server.read(), self.model.objects)
        for (type_, kind, name), id_ in self.model.names.items():
            found = self.server.ask(
                f"query ($by: {type_}Ref!) {{ it: {type_.lower()}(by: $by) {{ id }} }}",
                {"by": {kind: int(name) if kind == "databaseId" else name}},
            )["it"]
            assert (found or {}).get("id") == (id_ if id_ in self.model.objects else None)

    def teardown(self) -> None:
        self.server.runner.run(see_that_all_agrees(self.server.engine))

    def ask(self, name: str, given: Fields, is_editor: bool) -> Any:
        query = self.server.documents[name]
        return self.server.ask(query, {"input": given}, is_editor)["edit"]

    def feed(self) -> list[Any]:
        """The changes that the log has got since it was last asked for."""
        changes: list[Any] = []
        while page := self.server.ask(FEED, {"after": self.cursor})["changes"]:
            if not page["nodes"]:
                return changes
            changes += page["nodes"]
            self.cursor = page["pageInfo"]["endCursor"]
        return changes

    def log(self, change: Any) -> None:
        """Have the model know a change that the server logged."""
        node = change["nodeId"]
        self.model.revisions[node] = change["revision"]
        self.model.log[change["id"]] = Change(
            change["id"],
            change["transaction"],
            node,
            change["action"],
            change["revision"],
            change["diff"],
            change["reverts"],
        )


def fit(there: Objects, said: Objects) -> None:
    """Fail where what is there is not what the model says, telling what differs."""
    ids = there.keys() | said.keys()
    differ = {id_: difference(there.get(id_, {}), said.get(id_, {})) for id_ in ids}
    assert there == said, {id_: each for id_, each in differ.items() if each}


def told_of(change: Any) -> Fields:
    """What the model has to say of a change."""
    diff = {name: pair for name, pair in change["diff"].items() if name != "score"}
    return {"diff": diff, **{name: change[name] for name in ("action", "revision", "reverts")}}


def place_of(change: Any) -> int:
    """Where a transaction has a change of its kind."""
    type_ = type_of(change["nodeId"])
    if change["action"] == "DELETE":
        return len(TYPES) + DELETED.index(type_)
    return TYPES.index(type_)


def test_any_edits_leave_what_the_model_says(database_url: str) -> None:
    with serving(database_url) as server:
        Editing.server = server
        run_state_machine_as_test(
            Editing,
            settings=settings(
                max_examples=EXAMPLES,
                stateful_step_count=STEPS,
                deadline=None,
                derandomize=True,
                database=None,
                suppress_health_check=[*HealthCheck],
            ),
        )
