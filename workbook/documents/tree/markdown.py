"""Converts an advocate's Markdown in a notebook to blocks. Knows mistune and the blocks.

Raw HTML is shown as text: a document cannot contain markup.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from . import blocks as B  # noqa: N812  (a page of B.para reads better than a list of twelve names)
from .clean import clean

_DEEPEST = 5  # nesting limit of lists and quotes; deeper ones continue at this level

Tokens = list[dict[str, Any]]


@cache
def _parser() -> Any:
    import mistune

    return mistune.create_markdown(renderer=None, plugins=["table", "strikethrough", "task_lists", "url"])


def to_blocks(source: str) -> list[B.Block]:
    """The blocks for a Markdown text."""
    return _blocks(_parser()(clean(source)), 1)


def _blocks(tokens: Tokens, depth: int) -> list[B.Block]:
    found: list[B.Block] = []
    for token in tokens:
        kind, children = token["type"], token.get("children", [])
        match kind:
            case "heading":
                found.append(B.heading(token["attrs"]["level"], _inline(children)))
            case "paragraph" | "block_text":
                found.append(B.para(_inline(children)))
            case "list":
                found += _list(token, depth)
            case "block_quote":
                inner = _blocks(children, depth + 1)
                found += [B.quote(inner)] if depth < _DEEPEST else inner
            case "block_code" | "block_html":
                found.append(B.pre(token["raw"].rstrip("\n")))
            case "table":
                found += _table(children)
            case "blank_line" | "thematic_break":
                pass
            case _ if children:
                found += _blocks(children, depth)
            case _:
                found += [B.para(token["raw"])] if token.get("raw", "").strip() else []
    return found


def _list(token: dict[str, Any], depth: int) -> list[B.Block]:
    items = token["children"]
    simple = all(len(item.get("children", [])) <= 1 for item in items)
    if simple and items and all(item["type"] == "task_list_item" for item in items):
        return [B.checks([(item["attrs"]["checked"], _words(item)) for item in items])]
    inner = [_task(item) + _blocks(item["children"], depth + 1) or [B.para("")] for item in items]
    if depth >= _DEEPEST:
        return [block for item in inner for block in item]
    return [B.listing(inner, ordered=bool(token["attrs"].get("ordered")))]


def _task(item: dict[str, Any]) -> list[B.Block]:
    if item["type"] != "task_list_item":
        return []
    return [B.para("☑" if item["attrs"]["checked"] else "☐")]


def _words(item: dict[str, Any]) -> list[B.Run]:
    return [run for child in item.get("children", []) for run in _inline(child.get("children", []))]


def _table(parts: Tokens) -> list[B.Block]:
    head = [_inline(cell.get("children", [])) for cell in parts[0]["children"]]
    rows = [
        [_inline(cell.get("children", [])) for cell in row["children"]]
        for part in parts[1:]
        for row in part["children"]
    ]
    return [B.table("", head, rows, row_header=False)] if head else []


def _inline(tokens: Tokens, **style: Any) -> list[B.Run]:
    found: list[B.Run] = []
    for token in tokens:
        kind, children = token["type"], token.get("children", [])
        match kind:
            case "strong":
                found += _inline(children, **{**style, "b": True})
            case "emphasis":
                found += _inline(children, **{**style, "i": True})
            case "codespan":
                found.append(B.text(token["raw"], **{**style, "code": True}))
            case "link":
                found += _inline(children, **{**style, "href": token["attrs"]["url"]})
            case "image":
                words = "".join(run["t"] for run in _inline(children)) or "picture"
                found.append(B.text(f"[{words}]", **style))
            case "linebreak":
                found.append(B.text("\n", **style))
            case "softbreak":
                found.append(B.text(" ", **style))
            case _ if children:
                found += _inline(children, **style)
            case _:
                found.append(B.text(token.get("raw", ""), **style))
    return found
