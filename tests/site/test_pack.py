"""What is packed for the browser: all that is needed, nothing else, the same bytes each time."""

from __future__ import annotations

import ast
import io
import lzma
import sys
import zipfile
from pathlib import Path

import pytest

from workbook.errors import CannotBuild
from workbook.site import byte_code, compiling, contents, pack, parts
from workbook.site.runtime import Runtime

ROOT = Path(__file__).parents[2]


def test_an_archive_is_the_same_whatever_the_order_of_its_files() -> None:
    files = {"b/x.py": b"1", "a/y.py": b"2", "a/z.dat": b"3"}
    assert pack.archive(files) == pack.archive(dict(reversed(files.items())))


def test_an_archive_holds_its_files_without_compression() -> None:
    with zipfile.ZipFile(io.BytesIO(pack.archive({"a/y.py": b"2" * 99}))) as made:
        (entry,) = made.infolist()
        assert (entry.filename, entry.compress_type, entry.date_time) == ("a/y.py", 0, (1980, 1, 1, 0, 0, 0))


def test_what_is_squeezed_comes_back_and_has_the_checksum_that_the_decoder_knows() -> None:
    squeezed = pack.squeeze(b"words " * 1000)
    assert lzma.decompress(squeezed) == b"words " * 1000
    assert lzma.LZMADecompressor().check == lzma.CHECK_UNKNOWN
    decoder = lzma.LZMADecompressor()
    decoder.decompress(squeezed)
    assert decoder.check == lzma.CHECK_CRC32


def test_of_ours_all_rooms_are_packed_but_those_of_a_computer() -> None:
    names = set(pack.our_files())
    rooms = {name.split("/")[1] for name in names if name.count("/") > 1}
    assert {"case", "law", "packs", "rules", "scan", "session", "store", "ui", "documents", "locale"} <= rooms
    assert not rooms & {"cli", "serve", "site", "notebooks"}
    assert "workbook/documents/wording.py" in names
    assert "workbook/packs/facts/records.toml" in names
    assert not [name for name in names if "__pycache__" in name or name.startswith("workbook/documents/render/word/")]


def test_nothing_of_ours_in_the_browser_rests_on_a_docstring_or_an_assert() -> None:
    """Both are left out there. An assert may only tell a type checker what is so."""
    for name, data in pack.our_files().items():
        if name.endswith(".py"):
            assert b"__doc__" not in data, name
            assert b"getdoc" not in data, name
            for node in ast.walk(ast.parse(data)):
                if isinstance(node, ast.Assert):
                    assert isinstance(node.test, ast.Compare | ast.Call), f"{name}: {ast.unparse(node)}"
                    assert ast.unparse(node.test).endswith("is not None") or "isinstance" in ast.unparse(node.test), (
                        name
                    )


def test_our_version_can_be_asked_for_in_the_browser() -> None:
    (about,) = [data for name, data in pack.our_files().items() if name.endswith(".dist-info/METADATA")]
    assert b"Name: second-opinion-workbook\n" in about


def test_no_module_of_python_that_ours_import_is_left_out() -> None:
    wanted = set()
    for name, data in pack.our_files().items():
        if name.endswith(".py"):
            for node in ast.walk(ast.parse(data)):
                if isinstance(node, ast.Import):
                    wanted |= {alias.name for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    wanted |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    library = {name for name in wanted if name.split(".")[0] in sys.stdlib_module_names}
    files = {f"{name.replace('.', '/')}{ending}" for name in library for ending in (".py", "/__init__.py")}
    assert files - set(contents.of_library(sorted(files))) == set()


@pytest.mark.parametrize(
    ("wheel", "kept", "left"),
    [
        ("babel", "babel/locale-data/es.dat", "babel/locale-data/fr.dat"),
        ("babel", "babel/messages/pofile.py", "babel/messages/frontend.py"),
        ("holidays", "holidays/countries/united_states.py", "holidays/countries/france.py"),
        ("holidays", "holidays/__init__.py", "holidays/locale/en_US/LC_MESSAGES/US.mo"),
        ("icalendar", "icalendar/prop/__init__.py", "icalendar/tests/test_enums.py"),
        ("tzdata", "tzdata/zoneinfo/America/Indiana/Knox", "tzdata/zoneinfo/right/Zulu"),
        ("markupsafe", "markupsafe/_native.py", "markupsafe/_speedups.cp314-win32.pyd"),
        ("pydantic-core", "pydantic_core/_pydantic_core.cpython-314-wasm32-emscripten.so", "pydantic_core/x.pyi"),
        ("pydantic-core", "pydantic_core-2.dist-info/METADATA", "pydantic_core-2.dist-info/sboms/x.json"),
        ("jinja2", "jinja2-3.1.6.dist-info/entry_points.txt", "jinja2-3.1.6.dist-info/RECORD"),
        ("six", "six.py", "six/__pycache__/six.pyc"),
    ],
)
def test_a_wheel_is_pruned_of_what_the_browser_does_not_need(wheel: str, kept: str, left: str) -> None:
    assert list(contents.of_wheel(wheel, [kept, left])) == [kept]


def test_python_is_pruned_by_a_list_of_names_not_by_their_beginnings() -> None:
    names = ["pdb.py", "pdbish.py", "unittest/mock.py", "tty.py", "email/message.py", "encodings/cp037.py"]
    names += ["encodings/cp1252.py", "site.py", "site-packages/README.txt", "test_support.py"]
    kept = ["pdbish.py", "email/message.py", "encodings/cp1252.py", "site.py", "test_support.py"]
    assert list(contents.of_library(names)) == kept


def test_code_is_compiled_with_the_name_of_its_source_and_without_docs_where_wanted() -> None:
    import marshal

    source = b'"""Words."""\nassert False\n'
    plain, brief = (byte_code.code_file(source, "a/b.py", level) for level in (0, 2))
    assert marshal.loads(plain[16:]).co_filename == "a/b.py"
    assert len(brief) < len(plain)
    exec(marshal.loads(brief[16:]), {})


def test_sources_are_packed_where_nothing_can_compile_and_it_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setattr("importlib.util.MAGIC_NUMBER", b"other")
    made = compiling.compiled({"g/a.py": (0, b"1")}, lambda: pytest.fail("the runtime is not needed for sources"))
    assert made == {"g/a.py": b"1"}
    said: list[str] = []
    monkeypatch.setattr(parts, "_packages", lambda _here: [])
    monkeypatch.setattr(pack, "our_files", lambda: {"workbook/a.py": b"1"})
    parts.prepare(tmp_path, say=said.append, bundled=tmp_path / "no", find=lambda at, _progress: Runtime(at))
    assert said[0] == compiling.SOURCES


def test_prepared_parts_are_made_once_and_a_damaged_one_is_made_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made: list[str] = []
    monkeypatch.setattr(parts, "_packages", lambda _here: made.append("packages") or [_part("packages.zip")])
    monkeypatch.setattr(pack, "our_files", lambda: {"workbook/a.py": b"1"})
    monkeypatch.setattr(pack, "compile_all", lambda groups, _here: made.append("code") or groups)

    def prepare() -> list[str]:
        return [p.name for p in parts.prepare(tmp_path, bundled=tmp_path / "no", find=lambda at, _p: Runtime(at))]

    assert prepare() == prepare() == ["packages.zip", "workbook.zip", "packet.zip"]
    assert made == ["packages", "code"]
    (tmp_path / "prepared" / "packages" / "packages.zip").write_bytes(b"other")
    prepare()
    assert made == ["packages", "code", "packages"]


def test_a_release_brings_its_parts_and_needs_no_network_no_node_and_no_python(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(parts, "_packages", lambda _here: [_part("packages.zip")])
    monkeypatch.setattr(pack, "compile_all", lambda groups, _here: groups)
    monkeypatch.setattr(compiling, "can_compile", lambda: True)
    assert parts.bundle(tmp_path / "bundled", tmp_path / "cache", find=lambda at, _progress: Runtime(at)) > 0
    monkeypatch.setattr(compiling, "can_compile", lambda: False)

    def find(*_: object) -> Runtime:
        pytest.fail("nothing is fetched")

    found = parts.prepare(tmp_path / "other", bundled=tmp_path / "bundled", find=find)
    assert [part.name for part in found] == ["packages.zip", "workbook.zip", "packet.zip"]


def test_a_release_is_not_made_of_sources(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(compiling, "can_compile", lambda: False)
    with pytest.raises(CannotBuild, match="needs compiled parts"):
        parts.bundle(tmp_path)


def _part(name: str) -> parts.Part:
    return parts.Part(name, "first", "application/zip", b"data", packed=True, raw=4)
