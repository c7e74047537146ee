"""Modules of JavaScript joined into one: the same exports, each form of import, and nothing left out unseen."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.site.parts_box import real
from workbook.drop_box.box import HEADER
from workbook.site import modules

FILES = {
    "entry.js": (
        'import * as all from "pkg/a.js";\nexport { deep as low, Kind } from "./b.js";\n'
        "export const sum = all.one() + all.TWO;"
    ),
    "pkg/a.js": (
        '// a comment with import { x } from "nowhere";\n/**\n * export const not = 1;\n */\n'
        'import { deep,\n  wide as w, } from "../b.js";\nimport {} from "./types.js";\n'
        "export function one() { return deep + w; }\nconst two = 2;\nexport { two as TWO };\nexport default two;"
    ),
    "b.js": "/* @__PURE__ */ later();\nexport const deep = 1;\nexport const wide = 3;\nexport class Kind {}\n"
    "export async function later() {}",
}


def _run(code: str, ask: str, folder: Path) -> str:
    node = shutil.which("node")
    if not node:
        pytest.skip("Node.js is not installed")
    (folder / "joined.mjs").write_text(code, "utf-8")
    (folder / "ask.mjs").write_text(
        f'import * as all from "./joined.mjs";\nconsole.log(JSON.stringify({ask}));', "utf-8"
    )
    done = subprocess.run([node, str(folder / "ask.mjs")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_the_entry_exports_is_there(tmp_path: Path) -> None:
    code = modules.joined("entry.js", FILES.__getitem__)
    found = json.loads(_run(code, "[Object.keys(all).sort(), all.sum, all.low, typeof all.Kind]", tmp_path))
    assert found == [["Kind", "low", "sum"], 6, 1, "function"]


def test_a_module_that_is_left_out_is_never_read(tmp_path: Path) -> None:
    code = modules.joined("a.js", {"a.js": 'import { x } from "far";\nexport const y = typeof x;'}.__getitem__, {"far"})
    assert json.loads(_run(code, "all.y", tmp_path)) == "undefined"


@pytest.mark.parametrize(
    "source",
    [
        'import x from "./b.js";',
        'import "./b.js";',
        'export * from "./b.js";',
        "export let x = 1;",
        'import("./b.js");',
    ],
)
def test_a_form_that_is_not_known_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match=r"a\.js: "):
        modules.joined("a.js", {"a.js": source, "b.js": ""}.__getitem__)


def test_a_circle_is_refused() -> None:
    files = {"a.js": 'import { b } from "./b.js";', "b.js": 'import { a } from "./a.js";'}
    with pytest.raises(ValueError, match="imports itself"):
        modules.joined("a.js", files.__getitem__)


@pytest.mark.slow
def test_the_script_that_locks_files_is_small_and_complete(tmp_path: Path) -> None:
    import lzma

    (part,) = [part for part in real() if part.name == "age.mjs"]
    assert (part.use, part.packed) == ("first", True)
    assert len(part.data) < 40_000
    names = json.loads(_run(lzma.decompress(part.data).decode(), "Object.keys(all).sort()", tmp_path))
    assert names == ["seal", "unseal"]


@pytest.mark.slow
def test_the_script_of_a_drop_box_seals_to_a_key_with_and_without_the_help_of_the_browser(tmp_path: Path) -> None:
    import lzma

    import pyrage

    (part,) = [part for part in real() if part.name == "drop.mjs"]
    assert (part.use, part.packed) == ("drop", True)
    assert len(part.data) < 45_000
    key = pyrage.x25519.Identity.generate()
    seal = f'[...await all.sealTo(new TextEncoder().encode("words"), "{key.to_public()}")]'
    none = 'crypto.subtle.importKey = () => { throw new DOMException("", "NotSupportedError"); }'
    for ask in (seal, f"({none}, {seal})"):
        closed = bytes(json.loads(_run(lzma.decompress(part.data).decode(), ask, tmp_path)))
        assert pyrage.decrypt(closed, [key]) == b"words"
        assert HEADER.match(closed), "the drop box knows it"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("status", "told", "why"),
    [
        (200, "<html>", "closed"),  # a server that answers everything with its first page
        (200, "kept 00", "closed"),
        (404, "", "closed"),
        (405, "", "closed"),
        (413, "", "large"),
        (415, "", "closed"),
        (429, "", "busy"),
        (502, "", "offline"),
        (503, "", "busy"),
        (507, "", "full"),
        (0, "", "offline"),
    ],
)
def test_only_a_drop_box_that_names_what_it_kept_has_it(tmp_path: Path, status: int, told: str, why: str) -> None:
    import lzma

    import pyrage

    (part,) = [part for part in real() if part.name == "drop.mjs"]
    key = pyrage.x25519.Identity.generate().to_public()
    answered = f"return new Response({told!r}, {{ status: {status} }})" if status else "throw new TypeError()"
    answer = f"async () => {{ {answered}; }}"
    ask = f'await all.drop(new Uint8Array(9), "{key}", "https://x/drop", {answer}).catch((trouble) => trouble.message)'
    assert json.loads(_run(lzma.decompress(part.data).decode(), ask, tmp_path)) == why
