"""Damaged, hostile or unusual XML becomes a row with a reason, without reading outside, in bounded time and memory."""

from __future__ import annotations

import gc
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.scan import papers
from workbook.scan.errors import BadRecord
from workbook.scan.formats import bounded_xml, dispatch, sniff
from workbook.scan.values import File

ROOT = Path(__file__).parents[2]
NAMED = b'<ClinicalDocument xmlns="urn:hl7-org:v3"><title>t</title></ClinicalDocument>'


def read(data: bytes) -> File:
    return dispatch.read(papers.source(data), sniff.kind(data[:8192]), data[:8192])


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        ("xml/xxe.xml", "refused", "entities"),
        ("xml/xxe_param.xml", "refused", "entities"),
        ("xml/billion_laughs.xml", "refused", "entities"),
        ("xml/quadratic.xml", "refused", "entities"),
        ("xml/deep.xml", "refused", "nested too deep"),
        ("truncated/summary.xml", "damaged", "cut short"),
        ("empty/report.pdf", "damaged", "empty"),
    ],
)
def test_a_broken_sample_is_a_row_with_its_reason(path: str, status: str, word: str) -> None:
    source = papers.sample(f"broken/{path}")
    file = dispatch.read(source, "ccda", b"<")
    assert file.status == status
    assert word in file.why
    assert file.document is None


@pytest.mark.parametrize("tag", ["<a b='%s'/>", "<un:declared><a b='%s'/></un:declared>", "<!--%s--><a/>"])
def test_a_tag_of_many_megabytes_is_a_damaged_file(tag: str) -> None:
    with pytest.raises(BadRecord, match="damaged or cut short"):
        bounded_xml.parse((tag % ("x" * 11 * 1024 * 1024)).encode())


def test_another_unicode_encoding_reads_the_same() -> None:
    there, here = papers.sample("broken/xml/utf16.xml"), papers.sample("broken/wrong_ext/summary.json")
    wide, plain = (dispatch.read(one, "ccda", b"<").document for one in (there, here))
    assert wide is not None
    assert plain is not None
    assert (wide.patient.family, len(wide.medications), wide.labs) == ("Núñez-Quill", 2, 5)
    assert (wide.patient, wide.medications, wide.labs) == (plain.patient, plain.medications, plain.labs)


def test_xml_of_another_kind_is_listed_as_such() -> None:
    file = read(b'<?xml version="1.0"?><rss><channel><title>x</title></channel></rss>')
    assert (file.kind, file.status) == ("other", "ok")


@pytest.mark.parametrize("code", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "latin-1"])
@pytest.mark.parametrize("case", [str, str.lower])
def test_entities_are_refused_in_every_encoding(code: str, case: type) -> None:
    entity = case("<!ENTITY") + ' x SYSTEM "file:///etc/hostname">'
    declared = code if code == "latin-1" else "utf-8" if code == "utf-8" else "utf-16"
    data = f'<?xml version="1.0" encoding="{declared}"?><!DOCTYPE a [{entity}]><a>&x;</a>'.encode(code)
    assert dispatch.read(papers.source(data), "ccda", b"<").status == "refused"


@pytest.mark.parametrize("code", ["utf-7", "cp037", "iso-2022-jp", "utf-32", "nonsense"])
def test_an_encoding_that_could_hide_entities_is_refused(code: str) -> None:
    data = f'<?xml version="1.0" encoding="{code}"?>'.encode() + NAMED
    assert dispatch.read(papers.source(data), "ccda", b"<").status == "refused"


def test_a_remote_document_type_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    data = b'<!DOCTYPE ClinicalDocument SYSTEM "http://127.0.0.1:9/x.dtd">' + NAMED
    assert dispatch.read(papers.source(data), "ccda", b"<").status == "ok"


def test_an_undeclared_prefix_and_stray_characters_are_harmless() -> None:
    data = NAMED.replace(b"<title>t", b"<sdtc:raceCode/><title>a\x0bb")
    file = read(data)
    assert file.document is not None
    assert (file.status, file.document.title) == ("ok", "ab")
    assert read(NAMED.replace(b"</title>", b"</sdtc:x>")).status == "damaged"


@pytest.mark.parametrize(
    ("change", "status", "title"),
    [
        ((b"<title>t", b"<sdtc:a><n:b xmlns:n='x'/><n:b/></sdtc:a><title>t"), "ok", "t"),
        ((b"<title>t</title>", b"<sdtc:a/><h:title xmlns:h='urn:hl7-org:v3'>t</h:title>"), "ok", "t"),
        ((b"<title>t</title>", b"<sdtc:a xmlns='x'/><title>t</title>"), "ok", "t"),
        ((b"<title>t</title>", b"<sdtc:title>no</sdtc:title>"), "ok", "Health summary"),
        ((b"<title>t</title>", b"<sdtc:a><title>t</title></a>"), "damaged", ""),
        ((b"<title>t", b"<sdtc:a b='1' b='2'/><title>t"), "damaged", ""),
    ],
)
def test_namespaces_are_kept_beside_an_undeclared_prefix(change: tuple[bytes, bytes], status: str, title: str) -> None:
    file = read(NAMED.replace(b"<title>", b'<code code="34133-9"/><title>').replace(*change))
    assert file.status == status
    assert (file.document.title if file.document else "") == title


@pytest.mark.parametrize("at", range(0, len(NAMED) - 1, 7))
def test_a_text_cut_anywhere_is_damaged(at: int) -> None:
    for data in (NAMED[:at] or b" ", NAMED[:at] + b"\xff" + NAMED[at:]):
        assert dispatch.read(papers.source(data), "ccda", data).status == "damaged"


@pytest.mark.parametrize(
    "sign", [b"&#0;", b"&#x1;", b"&#xD800;", b"&nbsp;", b"\xc0\x80", b"\xed\xa0\x80", b"\xef\xbf\xbf"]
)
def test_a_character_that_xml_has_not_is_damage(sign: bytes) -> None:
    assert read(NAMED.replace(b">t<", b">" + sign + b"<")).status == "damaged"


def test_null_bytes_and_control_characters_are_removed() -> None:
    file = read(NAMED.replace(b">t<", b">\0a\x1fb\0<"))
    assert file.document is not None
    assert file.document.title == "ab"


def test_a_document_type_adds_no_values() -> None:
    """Each of many elements would otherwise hold its own long copy."""
    adds = b"<!DOCTYPE ClinicalDocument [<!ATTLIST title x CDATA '" + b"a" * 1_000_000 + b"'>]>"
    data = adds + NAMED.replace(b"<title>t", b"<title/>" * 20_000 + b"<title>t")
    begun = time.process_time()
    assert read(data).status == "ok"
    assert time.process_time() - begun < 4
    assert bounded_xml.parse(data)[0].attrib == {}


@pytest.mark.parametrize("make", [lambda n: b'<a b="' + b"x" * n + b'"/>', lambda n: b"<!--" + b"x" * n + b"-->"])
def test_a_tag_of_many_megabytes_is_damaged_in_linear_time(make: Callable[[int], bytes]) -> None:
    begun = time.process_time()
    for kind, size in (("ccda", 40_000_000), ("apple-health", 60_000_000)):
        data = (b"<HealthData>" if kind == "apple-health" else b"<ClinicalDocument>") + make(size)
        assert dispatch.read(papers.source(data), kind, data[:8192]).status == "damaged"  # type: ignore[arg-type]
    assert read(NAMED.replace(b"<title>", make(1_000_000) + b"<title>")).status == "ok"
    assert time.process_time() - begun < 6


def test_a_long_text_is_read_whole_and_kept_short() -> None:
    data = NAMED.replace(b">t<", b">" + b"word " * 5_000_000 + b"<")
    assert len(bounded_xml.words(bounded_xml.parse(data).find("{*}title"))) == 24_999_999
    file = read(data)
    assert file.document is not None
    assert (file.status, len(file.document.title)) == ("ok", 300)


@pytest.mark.parametrize("depth", [250, 255, 300, 100_000])
def test_only_a_deep_text_is_refused(depth: int) -> None:
    data = NAMED.replace(b"<title>t", b"<b>" * depth + b"</b>" * depth + b"<title>t")
    assert read(data).status == ("ok" if depth < 256 else "refused")
    assert read(data.replace(b"<title>t", b"<x:y/><title>t")).status == ("ok" if depth < 256 else "refused")


def test_many_namespaces_take_linear_time() -> None:
    many = b"".join(b' xmlns:n%d="u"' % n for n in range(100_000))
    begun = time.process_time()
    read(b"<ClinicalDocument" + many + b">" + b'<a xmlns:n1="v" x:y=""/>' * 100_000 + b"</ClinicalDocument>")
    assert time.process_time() - begun < 8


def test_reading_leaves_the_garbage_collector_as_it_was() -> None:
    for data in (NAMED, NAMED[:-3], b"<b>" * 300):
        read(data)
        assert gc.isenabled()


def slow(value: str) -> Any:
    return pytest.param(value, marks=pytest.mark.slow)


@pytest.mark.parametrize(
    "make", ["b'<b>' * 4_000_000", *map(slow, ("b'<b/>' * 12_000_000", "b'<b ' + b'x=\"\" ' * 9_000_000 + b'/>'"))]
)
def test_a_file_that_would_exhaust_memory_is_refused(make: str) -> None:
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20))\n"
        "from tests.scan import papers; from workbook.scan.formats import dispatch\n"
        f"data = b'<ClinicalDocument>' + {make}\n"
        "print(dispatch.read(papers.source(data), 'ccda', data[:30]).status)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=30)
    assert done.stdout.strip() == "refused", done.stderr


def _mutated(count: int) -> None:
    allergy = b"<entry><act><entryRelationship><observation><participant><participantRole><playingEntity><code/>"
    close = b"</playingEntity></participantRole></participant></observation></entryRelationship></act></entry>"
    section = b'<section><code code="48765-2"/>' + allergy + close + b"</section>"
    person = b'<recordTarget><patientRole><id extension="7"/><patient><birthTime value="1980"/></patient></patientRole>'
    text = NAMED.replace(b"<title>", person + b"</recordTarget>" + section + b"<title>")
    pieces = [b"<a>", b"</a>", b"<", b">", b'"', b"&x;", b"&#0;", b"<![CDATA[", b"\xff", b"<!DOCTYPE", b""]

    @settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, 40), st.sampled_from(pieces)), max_size=4))
    def check(changes: list[tuple[int, int, bytes]]) -> None:
        data = text
        for place, length, piece in changes:
            data = data[:place] + piece + data[place + length :]
        for kind in ("ccda", "apple-health"):
            file = dispatch.read(papers.source(data), kind, data[:8192])  # type: ignore[arg-type]
            assert "make sense" not in file.why, "an error that nobody foresaw"

    check()


def test_a_few_mutated_files_do_not_end_the_scan() -> None:
    _mutated(150)


@pytest.mark.long
def test_many_mutated_files_do_not_end_the_scan() -> None:
    _mutated(20_000)


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b'<Bundle xmlns="http://hl7.org/fhir">' + b"<a><b/></a>" * 200_000 + b"</Bundle>", "ok"),
        (b'<ClinicalDocument xmlns="urn:hl7-org:v3">' + b"<entry/>" * 60_000 + b"</ClinicalDocument>", "refused"),
        (b'<ClinicalDocument xmlns="urn:hl7-org:v3">' + b'<a b="1"/>' * 700_000 + b"</ClinicalDocument>", "refused"),
    ],
)
def test_parsing_many_entries_of_one_name_is_linear(data: bytes, status: str) -> None:
    begun = time.process_time()
    assert dispatch.read(papers.source(data), "ccda", data[:8192]).status == status
    assert time.process_time() - begun < 8
