"""Every text in the browser comes from `strings`, and every key there is used."""

from __future__ import annotations

import re

from workbook.page.assets import PARTS, SCRIPTS, script
from workbook.ui.forms import strings

FORM_SOURCE = script("form", *PARTS["form"])
FILES = "\n".join(script(name, "dom", "files") for name in ("panel", "download", "upload"))
# Keys that are composed in code.
MADE = {"unknown", "not_applicable", "month", "day", "year", "time"}
MADE |= {k for k in strings.FORM if k.startswith(("answer_", "form_", "source_"))}


def test_the_form_uses_existing_keys() -> None:
    asked = set(re.findall(r"\bt\(\"([a-z_]+)\"", FORM_SOURCE))
    assert asked
    assert asked <= set(strings.FORM)
    assert set(strings.FORM) - MADE <= asked | {k for k in strings.FORM if f'"{k}"' in FORM_SOURCE}


def test_the_early_keys_exist() -> None:
    asked = set(re.findall(r"\bearly\.([a-z_]+)", FORM_SOURCE + FILES))
    assert asked
    assert asked <= set(strings.EARLY)


def test_only_panels_set_markup() -> None:
    sources = {p.name: p.read_text(encoding="utf-8") for p in SCRIPTS.rglob("*.js")}
    markup = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "cssText")
    found = {name for name, text in sources.items() if any(m in text for m in markup)}
    # Panels, and pages as a whole: templates that escape make both. The other two read what is on a page already.
    assert found == {"panel.js", "host.js", "mount.js", "browser_home.js"}
    assert sources["panel.js"].count("innerHTML") == 1
    assert sources["host.js"].count("innerHTML") == 2
    assert not re.search(r"innerHTML\s*=", sources["mount.js"] + sources["browser_home.js"])


def test_sentences_follow_the_style() -> None:
    words = " ".join([*strings.EARLY.values(), *strings.FORM.values(), *strings.TROUBLE.values()]).lower()
    for word in ("invalid", "failed", "please", "simply", "user", "!"):
        assert word not in words


def test_no_text_promises_a_missing_export_choice() -> None:
    root = SCRIPTS.parents[2]
    files = [*(root / "notebooks").glob("*.ipynb"), *(root / "workbook").rglob("*.py"), root / "README.md"]
    told = " ".join(f.read_text("utf-8") for f in files)
    assert "It stays out of documents." in told
    for words in ("unless you choose it", "only if you choose it", "choose it one by one", "choose what leaves"):
        assert words not in told, words
