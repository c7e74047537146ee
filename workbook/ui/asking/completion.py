"""Completes the paths of questions as an advocate types them in JupyterLab: `wb.ask("goal.de` and Tab.

Knows the catalog and IPython; no case.
"""

from __future__ import annotations

import re
from typing import Any

from . import catalog

VERBS = ("ask", "each", "fields", "form", "group", "when")
_PART = re.compile(r"(?P<call>[\w.]*)\(|(?P<close>\))|(?P<comment>#[^\n]*)|(?P<quote>\"\"\"|'''|\"|')")


def offer() -> None:
    """Lets Tab complete paths in this kernel; does nothing outside IPython."""
    import sys

    running = sys.modules.get("IPython")
    shell = running.get_ipython() if running else None
    matchers = getattr(getattr(shell, "Completer", None), "custom_matchers", None)
    if matchers is None or any(getattr(one, "matcher_identifier", "") == "workbook.paths" for one in matchers):
        return
    from IPython.core.completer import SimpleCompletion, context_matcher

    @context_matcher(identifier="workbook.paths")
    def matcher(context: Any) -> dict[str, Any]:
        lines = context.full_text.split("\n")[: context.cursor_line]
        found = paths("\n".join([*lines, context.text_until_cursor]))
        return {"completions": [SimpleCompletion(one, type="path") for one in found], "suppress": bool(found)}

    matchers.append(matcher)


def paths(before: str) -> list[str]:
    """The paths that fit between the open quote and the end of this text of a cell; none outside our verbs.

    >>> paths('wb.form(case, "goal.decide')
    ['goal.decide_by']
    >>> paths('wb.each("clinicians", "nam')
    ['name']
    >>> paths('print("goal.decide')
    []
    """
    typed, calls, listed = _where(before)
    if typed is None or not calls or calls[-1] not in {f"wb.{verb}" for verb in VERBS}:
        return []
    start = re.split(r"[\s,]", typed)[-1]  # a condition has several words
    is_list = calls[-1] in ("wb.each", "wb.fields") and not listed
    known = sorted(catalog.lists()) if is_list else list(catalog.asked(listed))
    return [path for path in known if path.startswith(start)]


def _where(before: str) -> tuple[str | None, list[str], str]:
    """The text after a quote that is open at the end, if there is one; the calls around it; the list they are in."""
    calls: list[str] = []
    lists: list[str] = []  # of each call: what its first text names
    at = 0
    while found := _PART.search(before, at):
        at = found.end()
        if found["call"] is not None:
            calls.append(found["call"])
            lists.append("")
        elif found["close"] and calls:
            calls.pop()
            lists.pop()
        elif found["quote"]:
            end = before.find(found["quote"], at)
            if end < 0:
                inner = [one for call, one in zip(calls, lists, strict=True) if call == "wb.each" and one]
                return before[at:], calls, inner[-1] if inner else ""
            if calls and not lists[-1]:
                lists[-1] = before[at:end]
            at = end + len(found["quote"])
    return None, calls, ""
