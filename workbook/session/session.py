"""One open case: reads, changes and undo for pages. Knows the case, its shipped entries and the store; no widgets.

Every change goes through `Session.apply`, which runs a list of changes in one transaction. Nothing a person typed is
lost: invalid text is stored as a draft, and a value overwritten from another page is returned in the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from .. import case as cases
from ..case import Case, Items, Mode, Source, scan_lines
from ..case import diff as deltas
from ..case.change import UNSET, Change
from ..case.skips import SIGN
from ..content import entries
from ..errors import BadFile
from ..store.base import Body, Row, Store, Stored
from .edit import Edited, Result, Saved, edited, with_shipped

__all__ = ["UNSET", "Change", "Result", "Saved", "Session"]

SAYS = {Mode.SELF: Source.PATIENT, Mode.CAREGIVER: Source.CAREGIVER, Mode.ADVOCATE: Source.ADVOCATE}
_BY_PATH = {"facts": "@", "drafts": "", "skipped": SIGN}  # what a case keeps by path, with the sign of its address
TOO_LATE = "This can no longer be undone: too much has changed since."


class Session:
    """A case in a store, as seen by one page or program.

    `who` is filling it in: the default source of what they enter. `writer` identifies this page in the
    history; each session gets its own unless one is given.
    """

    def __init__(self, store: Store, case_id: str, who: Mode | str = Mode.SELF, writer: str | None = None) -> None:
        self.store = store
        self.writer = writer or f"{Mode(who)}-{cases.new_id()}"
        self._unseen = False  # one of our changes conflicted with another page's, and our forms do not show that yet
        self._mine: dict[str, Any] = {}  # what this session last wrote, by path: a page does not conflict with itself
        self.version, body = store.read(case_id)
        self.case: Case = cases.read(body)
        self._who = None if Mode(who) == self.case.mode else Mode(who)

    @property
    def who(self) -> Mode:
        """Who fills this in: the mode of the case, followed when it changes, unless given at the start."""
        return self._who or self.case.mode

    def refresh(self) -> bool:
        """Reloads the case if it was changed elsewhere; whether it was."""
        unseen, self._unseen = self._unseen, False
        if self.store.version(self.case.id) == self.version:
            return unseen
        self.version, body = self.store.read(self.case.id)
        self.case = cases.read(body)
        return True

    def get(self, path: str) -> Any:
        """The value at the path, including inside an untouched shipped entry."""
        return cases.get(with_shipped(self.case, path), path)

    def shown(self, path: str) -> Items[Any]:
        """The displayed entries of a list: stored ones and shipped ones."""
        return entries(self.case, path)

    def apply(self, changes: Sequence[Change]) -> Saved:
        """Applies the changes in order, in one transaction; one result for each."""
        done: list[Edited] = []

        def edit(stored: Stored) -> list[Body]:
            done.clear()
            case, body, states = self._case_of(stored), stored.body, []
            seen = dict(self.case.drafts)
            for change in changes:
                step = edited(case, change, SAYS[self.who], self._mine, seen)
                done.append(step)
                seen |= {path: text for path, text in step.case.drafts.items() if case.drafts.get(path) != text}
                body = _rewritten(body, case, step.case)
                case = step.case
                states.append(body)
            return states

        stored = self.store.change(self.case.id, self.writer, edit)
        self._keep(stored.version, stored.time, done[-1].case if done else None)
        self._mine.update({e.result.path: e.result.value for e in done if e.result.status in ("saved", "overwrote")})
        results = [replace(e.result, undo=row) for e, row in zip(done, stored.rows, strict=True)]
        return Saved(stored.time, stored.version, tuple(results))

    def undo(self, token: str) -> Saved:
        """Reverts one row of the history; the results can be undone in turn."""
        row = self.store.row(self.case.id, token)
        if row is None:
            late = Result("", "gone", problem="This can no longer be undone.")
            return Saved(self.case.updated, self.version, (late,))
        done: list[Result] = []
        made: list[Case] = []

        def edit(stored: Stored) -> Body:
            done[:], made[:] = [], []
            changes = [delta for one in row.deltas if (delta := scan_lines.migrated(one)) is not None]
            if len(changes) < len(row.deltas):
                done.append(Result("", "gone", problem=TOO_LATE))
                return stored.body
            body = deltas.apply(stored.body, changes, back=True)
            self._unseen |= stored.version != self.version
            try:
                case = cases.read(body)
            except BadFile:
                done.append(Result("", "gone", problem=TOO_LATE))
                return stored.body
            made.append(case)
            done.extend(_undone(stored.body, row))
            return case.model_dump(mode="json")

        stored = self.store.change(self.case.id, self.writer, edit, alone=True)
        self._keep(stored.version, stored.time, made[0] if made else None)
        for result in done:
            self._mine.pop(result.path, None)
        token = stored.rows[0]
        return Saved(stored.time, stored.version, tuple(replace(r, undo=token) for r in done))

    def _case_of(self, stored: Stored) -> Case:
        if stored.version == self.version:
            return self.case
        self._unseen = True
        return cases.read(stored.body)

    def _keep(self, version: int, time: str, case: Case | None) -> None:
        if case is not None:
            self.version, self.case = version, case.model_copy(update={"updated": time})


def _rewritten(body: Body, before: Case, after: Case) -> Body:
    """The body of a case after a change: only the sections that changed are serialized again."""
    changed = {name for name in type(after).model_fields if getattr(after, name) is not getattr(before, name)}
    return {**body, **after.model_dump(mode="json", include=changed)} if changed else body


def _undone(body: Body, row: Row) -> list[Result]:
    results = []
    for delta in row.deltas:
        steps = deltas.steps_of(delta["path"])
        path = ".".join(steps).removesuffix("#order")
        if steps[0] in _BY_PATH:
            path = steps[1] + _BY_PATH[steps[0]]
        before = delta.get("before") if not delta["path"].endswith("#order") else None
        if deltas.holds(body, delta):
            results.append(Result(path, "saved", value=before))
        else:
            results.append(Result(path, "overwrote", value=before, other=deltas.value(body, delta)))
    return results
