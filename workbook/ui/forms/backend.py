"""The backend of one form: answers its messages from the page's case. Knows handle, spec and values; no widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ...case import Items, Own, get
from ...case.field_types import clean
from ...case.skips import is_skip
from ...errors import BadPath, NoSuchCase, StoreTrouble, WorkbookError
from ...locale import tr
from ..asking import fields
from ..asking.coming import fitting
from ..asking.fields import Done, Mark
from ..derived import last_moves
from ..handle import OpenCase
from ..read_only import FileSession
from . import state as vals
from .spec import specs
from .strings import FORM

if TYPE_CHECKING:
    from ...case import Case
    from ...session import Change, Result, Saved

Send = Callable[[dict[str, Any]], None]


class FormBackend:
    """Opens, saves and undoes for one form."""

    def __init__(self, handle: OpenCase, marks: Sequence[Mark], pace: str = "") -> None:
        """`marks` are the validated fields of the cell; `pace` is what the cell says about one at a time."""
        self.handle = handle
        self.marks = tuple(marks)
        self.pace = pace
        self.send: Send | None = None  # set by the widget: sends a message to the page
        self._opened = False
        self._waits = False  # the page shows this form, and it has no case yet
        self._targets = vals.targets(self.marks)
        self._watched = vals.watched_paths(self.marks)
        self._started = {m.started for m in self.marks if isinstance(m, Done) and m.about}  # any answer counts
        # a grid has a row and a column for each entry of two lists: it is redrawn when these change
        self._shapes = {place for g in fields.grids(self.marks) for place in (g.rows, g.columns, "clinicians")}
        handle.listen(self._heard)

    def open(self, case_id: str | None) -> dict[str, Any]:
        """The whole state of the form; empty while no workbook can be opened, which the page says once elsewhere."""
        try:
            self.handle.visited(case_id)
        except NoSuchCase:
            if self._opened or self.handle.closed:
                raise  # what was typed here has nowhere to go
            self._waits = True
            return {}
        except StoreTrouble as error:
            if self._opened or not self.handle.is_damage(error):
                raise
            return {}
        self._opened, self._waits = True, False
        self._hide()
        return self.state()

    def _hide(self) -> None:
        """A question made private, or with other readers, hides its earlier answers; one made public shows nothing."""
        from ...session import Change

        handle = self.handle
        found = {} if isinstance(handle.session, FileSession) else vals.to_hide(self.marks, handle.case)
        if found:
            with suppress(StoreTrouble):  # a full or read-only disk must not keep the form from opening
                handle.session.apply([Change("put", path, own) for path, own in found.items()])
                handle.tell(self, list(found))

    def state(self) -> dict[str, Any]:
        """What the page needs to render and fill the form."""
        handle = self.handle
        session, case = handle.session, handle.case
        return {
            "who": {"case": case.id, "mode": case.mode.value},
            "fields": specs(self.marks, handle.voice, session),
            "pace": self.pace,
            "values": vals.values(self.marks, session),
            "drafts": {
                path: {**held, "problem": fitting(held["problem"], path, handle.today())}
                for path, held in vals.drafts(self.marks, case).items()
            },
            "provenance": vals.provenance(self.marks, case),
            "options": vals.options(self._targets, session),
            "titles": self._titles(),
            "saved": case.updated,
            "today": handle.today().isoformat(),
            "strings": {key: tr(words) for key, words in FORM.items()},
        }

    def save(self, rev: int, changes: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """Saves the changes, or returns the sentence that says why not."""
        from ...session import Change

        made = [
            Change(
                op=c["op"],
                path=c["path"],
                value=self._own(c["path"], c.get("value")),
                before=c.get("before"),
                **({"based": c["based"]} if "based" in c else {}),
            )
            for c in changes
        ]
        voice, before, case = self.handle.voice, last_moves(self.handle), self.handle.case
        saved = self.handle.session.apply(made)
        follow = self._follow(case, made)
        self.handle.changed(self, [*(c["path"] for c in changes), *follow], voice)
        results = [self._result(r) for r in saved.results]
        for move in last_moves(self.handle):
            by = results if len(results) == 1 else [r for r in results if _under(r["path"], move.about)]
            if by and move not in before:  # else only the top of the page says it
                by[0].setdefault("moved", []).append(tr(move.words))
        more = {"values": follow} if follow else {}
        return {"rev": rev, "time": saved.time, "results": results, **self._around(changes), **more}

    def _follow(self, before: Case, made: Sequence[Change]) -> dict[str, Any]:
        """Fills in what follows from these answers; the values by path."""
        from ...case.follows import following, following_new
        from ...session import Change

        session = self.handle.session
        put = [change.path for change in made if change.op == "put"]
        found = {path: value for one in put for path, value in following(before, session.case, one)}
        for one in (change for change in made if change.op == "add" and isinstance(change.value, dict)):
            if one.value.keys() == {"id"}:  # a plain new entry
                found |= dict(following_new(session.case, one.path, str(one.value["id"])))
        if found:
            session.apply([Change("put", path, value) for path, value in found.items()])
        return found

    def undo(self, token: str) -> dict[str, Any]:
        """What the page shows after an undo."""
        saved: Saved = self.handle.session.undo(token)
        self.handle.tell(self, [])
        state = self.state()
        told = {k: state[k] for k in ("values", "drafts", "provenance", "options", "titles")}
        return {"time": saved.time, "results": [self._result(r) for r in saved.results], **told}

    def _result(self, result: Result) -> dict[str, Any]:
        told = {"path": result.path, "status": result.status, "value": _or_nothing(result.value)}
        more = {
            "problem": fitting(result.problem, result.path, self.handle.today()),
            "other": _or_nothing(result.other),
            "users": list(result.users),
            "undo": result.undo,
        }
        return told | {k: v for k, v in more.items() if v}

    def _heard(self, _handle: OpenCase, origin: object, paths: list[str]) -> None:
        if self._waits and self.send is not None and self.handle.bound:
            self.send({"do": "state", **self.open(None)})
        if origin is self or self.send is None or not self._opened:
            return
        shown = [path for path in paths if not is_skip(path)]
        if paths and not shown:
            return  # no form shows what was skipped
        paths = shown
        redraw = not paths or any(_under(p, shape) for p in paths for shape in self._shapes)
        if not redraw and not self._started and not any(self._concerns(p) for p in paths):
            return
        try:
            self.send({"do": "state", **self.state()} if redraw else {"do": "values", **self._news(paths)})
        except WorkbookError:
            return  # the form reports it when it next saves or opens

    def _news(self, paths: list[str]) -> dict[str, Any]:
        """The changes as whole lists, so that an entry added elsewhere comes with all its values."""
        session, case = self.handle.session, self.handle.case
        found = vals.values(self.marks, session)
        lists = {m.path for m in fields.lists(self.marks) if any(_under(p, m.path) for p in paths)}
        keep = {
            p: v
            for p, v in found.items()
            if p in {*paths, *self._started} or any(_under(p, x) for x in [*lists, *paths])
        }
        keep |= {p: None for p in paths if p not in found and self._concerns(p) and not _is_entry(case, p)}
        return {
            "values": keep,
            "options": vals.options({t for t in self._targets if any(_under(p, t) for p in paths)}, session),
            "titles": self._titles() if lists else {},
        }

    def _around(self, changes: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """Names that changed with this save, such as options of a choice."""
        paths = [c["path"] for c in changes]
        touched = {t for t in self._targets if any(_under(p, t) for p in paths)}
        lists = any(_under(p, m.path) for m in fields.lists(self.marks) for p in paths)
        news: dict[str, Any] = {"options": vals.options(touched, self.handle.session)} if touched else {}
        return {**news, **({"titles": self._titles()} if lists else {})}

    def _titles(self) -> dict[str, str]:
        """Names of entries for lists that do not ask for their title fields, and of scans, which have only values."""
        session = self.handle.session
        return vals.scan_names(self.marks, session) | {
            f"{mark.path}.{key}": vals.name_of(session.case, item)
            for mark in fields.lists(self.marks)
            if not vals.title_paths(mark)
            for key, item in session.shown(mark.path).items()
        }

    def _concerns(self, path: str) -> bool:
        path = path.partition("@")[0]
        singles = any(_under(path, a.path) for a in fields.asks(self.marks))
        lists = any(_under(path, m.path) for m in fields.lists(self.marks))
        grids = any(_under(path, g.value) for g in fields.grids(self.marks))
        done = any(isinstance(m, Done) and m.path == path for m in self.marks)
        watched = path in self._watched
        return singles or lists or grids or done or watched or any(_under(path, t) for t in self._targets)

    def _own(self, path: str, value: Any) -> Any:
        """The value; for a user-defined question with its wording and options."""
        steps = path.split(".")
        if "own" not in steps or value in (None, "", []):
            return value
        at = steps.index("own")
        head, rest = ".".join(steps[:at]), ".".join(steps[at:])
        places: list[tuple[str, Sequence[Mark]]] = [("", self.marks)]
        if head:
            places = [(m.path + ".", m.fields) for m in fields.lists(self.marks)]
        for start, marks in places:
            for one in fields.asks(marks):
                if one.path == rest and head.startswith(start):
                    words = self.handle.voice.say(one.words)
                    chosen = [self.handle.voice.say(text) for code, text in one.choices if code in _listed(value)]
                    private = one.private or self._is_private(path)
                    return Own(
                        words=words,
                        value=_cleaned(value),
                        said="; ".join(chosen),
                        kind=one.kind,
                        private=private,
                        readers=one.readers,
                    )
        return value

    def _is_private(self, path: str) -> bool:
        """Whether the answer is private already: it stays so, however it is asked now."""
        head, _, key = path.rpartition(".")
        try:
            held = (get(self.handle.case, head) or {}).get(key)
        except BadPath:
            return False
        return isinstance(held, Own) and held.private


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _cleaned(value: Any) -> Any:
    if isinstance(value, list):
        return [_cleaned(v) for v in value]
    return clean(value) if isinstance(value, str) else value


def _or_nothing(value: Any) -> Any:
    return None if value == "" else value


def _under(path: str, start: str) -> bool:
    return path == start or path.startswith((start + ".", start + "@"))


def _is_entry(case: Any, path: str) -> bool:
    """Whether the path is a list or one of its entries rather than an answer."""
    try:
        return isinstance(get(case, path), Items) or isinstance(get(case, path.rpartition(".")[0]), Items)
    except BadPath:
        return True
