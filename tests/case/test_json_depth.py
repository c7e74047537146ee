"""Deep JSON is refused before a parser sees it: in a browser, a parser that recurses too far ends the program."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scan import papers
from workbook.case.migrations import DEEPEST, parse
from workbook.errors import BadFile
from workbook.json_depth import Depth, is_deeper
from workbook.scan import limits
from workbook.scan.formats import dispatch

ROOT = Path(__file__).parents[2]


def plain_depth(text: str) -> int:
    """Character by character, as far as the text is valid."""
    depth = most = 0
    inside = escaped = False
    for sign in text:
        if inside:
            escaped, inside = sign == "\\" and not escaped, escaped or sign != '"'
        elif sign == '"':
            inside = True
        elif sign in "[{":
            depth += 1
            most = max(most, depth)
        elif sign in "]}":
            depth -= 1
    return most


values = st.recursive(
    st.text('[]{}"\\a', max_size=6) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('[]{}"\\', max_size=4), inner, max_size=3),
    max_leaves=12,
)


@given(values, st.integers(0, 200), st.integers(1, 9))
def test_it_is_found_in_any_text_whole_cut_or_in_pieces(value: object, cut: int, size: int) -> None:
    text = json.dumps(value, ensure_ascii=False)[: cut or None]
    found = plain_depth(text)
    assert not is_deeper(text, found + 1)
    assert found == 0 or is_deeper(text, (found - 1) // 3)
    depth = Depth(found + 1)
    assert not any(depth.add(text[at : at + size]) for at in range(0, len(text), size))
    depth = Depth((found - 1) // 3)
    assert found == 0 or any(depth.add(text[at : at + size]) for at in range(0, len(text), size))


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, '["x\\"[",' * 50_000, "[]" * 2_000_000 + "[" * 300])
def test_a_deep_text_is_found_in_linear_time(text: str) -> None:
    begun = time.process_time()
    assert is_deeper(text, limits.NESTED)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("text", ['"' + "[" * 9_000_000, '"' + '\\"' * 3_000_000, "\\" * 3_000_000, "[1]," * 2_000_000])
def test_a_flat_text_is_passed_in_linear_time(text: str) -> None:
    begun = time.process_time()
    assert not is_deeper(text, limits.NESTED)
    assert time.process_time() - begun < 3


def test_no_parser_sees_a_deep_text() -> None:
    """With a stack that has no end, as where Python cannot see its end, a parser would go all the way."""
    code = (
        "import sys, json; sys.setrecursionlimit(10**9)\n"
        "from tests.scan import papers; from workbook.scan.formats import dispatch; from workbook.case import parse\n"
        "patient = b'{\"resourceType\":\"Patient\",\"x\":' + b'[' * 10**6 + b'}\\n'\n"
        "for deep in (b'[' * 10**6, b'{\"a\":' * 10**6, patient):\n"
        "    print(dispatch.read(papers.source(deep), 'fhir', deep[:30]).status)\n"
        "    try: parse(deep)\n"
        "    except Exception as error: print(type(error).__name__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.stdout.split() == ["refused", "BadFile"] * 3, done.stderr[-500:]


def test_the_limits_are_far_above_real_files() -> None:
    assert plain_depth((ROOT / "workbook/packs/demo/1-breast.json").read_text("utf-8")) * 4 < DEEPEST
    deep = b'{"resourceType":"Patient","x":' + b"[" * 150 + b"]" * 150 + b"}"
    assert dispatch.read(papers.source(deep), "fhir", deep).status == "ok"
    with pytest.raises(BadFile, match="damaged"):
        parse(b'{"a":' + b"[" * 50 + b"]" * 50 + b"}")
