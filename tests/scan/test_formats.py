"""Record formats are registered once: missing, duplicate or unknown ones are errors, never an empty "ok"."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from importlib import import_module
from inspect import signature
from typing import get_args

import pytest

from tests.scan import papers
from workbook.scan.formats import dispatch, sniff
from workbook.scan.register import BY_NAME, FORMATS, WALKED, Format, Kind, by_name
from workbook.scan.values import File, Source


def test_every_format_is_registered_and_has_a_label() -> None:
    assert set(BY_NAME) == set(get_args(Kind))
    assert all(one.label for one in FORMATS)


@pytest.mark.parametrize("name", [one.name for one in FORMATS if one.name not in WALKED])
def test_every_reader_exists(name: Kind) -> None:
    for module, arguments in ((BY_NAME[name].reader, 1), (BY_NAME[name].xml_reader, 2)):
        if module:
            read = import_module(f"workbook.scan.formats.{module}").read
            assert len(signature(read).parameters) == arguments


@pytest.mark.parametrize(
    ("formats", "sentence"),
    [
        ([one for one in FORMATS if one.name != "pdf"], '"pdf" is not registered'),
        ([*FORMATS, BY_NAME["fhir"]], '"fhir" is registered twice'),
        ([*FORMATS, replace(BY_NAME["fhir"], name="hl7v9")], '"hl7v9" is not among the kinds'),
        ([replace(one, signs=()) for one in FORMATS], "has no sign"),
        ([replace(one, reader="", xml_reader="") for one in FORMATS], "Nothing reads"),
        ([replace(one, root=None) for one in FORMATS], "Nothing reads"),
        ([replace(one, reader="text") for one in FORMATS], "Nothing reads"),
    ],
)
def test_an_invalid_registry_is_an_error(formats: list[Format], sentence: str) -> None:
    with pytest.raises(LookupError, match=sentence):
        by_name(formats)


@pytest.mark.parametrize(
    "row",
    [File("a.txt", "text"), File("a.txt", "hl7v9", why="Lab results.")],  # type: ignore[arg-type]
    ids=["nothing in it", "unknown kind"],
)
def test_a_reader_without_results_is_not_ok(row: File, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(source: Source) -> File:
        return row

    monkeypatch.setattr(dispatch, "_reader", lambda module: read)
    made = dispatch.read(papers.source(b"words"), "text", b"words")
    assert (made.status, bool(made.why)) == ("damaged", True)


def test_a_more_confident_sign_wins_whatever_the_order() -> None:
    assert [one.name for one in FORMATS].index("image") < [one.name for one in FORMATS].index("dicom")
    assert sniff.kind(b"II*\0" + bytes(124) + b"DICM") == "dicom", "a TIFF may also be DICOM"


def test_the_registry_imports_no_reader() -> None:
    ask = "import sys, workbook.scan.values; print([n for n in sys.modules if n in ('lxml', 'pydicom', 'pypdf')])"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
