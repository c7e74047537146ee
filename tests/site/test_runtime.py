"""Fetching the pinned parts: once, checked to the byte, and a clear sentence for whatever goes wrong."""

from __future__ import annotations

import errno
import hashlib
import io
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest

from workbook.errors import CannotBuild
from workbook.site import clients, pins, runtime
from workbook.site.pins import Pin

WHEEL = Pin("wheel", "typst", "1", "typst-1-cp39-abi3-pyemscripten_2026_0_wasm32.whl", 4, "", "typst")
NPM = Pin("npm", "pyodide", "1", "pyodide-1.tgz", 4, "", "core")


def _pin(file: str, data: bytes, source: str = "wheel") -> Pin:
    name = file.split("-", maxsplit=1)[0]
    return Pin(source, name, "1", file, len(data), hashlib.sha256(data).hexdigest(), "python")


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Two pinned files, and what a registry has for them."""
    files = {"one-1-py3-none-any.whl": b"first", "two-1-py3-none-any.whl": b"second one"}
    pinned = tuple(_pin(file, data) for file, data in files.items())
    monkeypatch.setattr(runtime, "pins", lambda: pinned)
    return files


class Registry:
    """Answers from a table and counts."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.asked: list[str] = []

    def __call__(self, pin: Pin, into: Path) -> None:
        self.asked.append(pin.name)
        (into / pin.file).write_bytes(self.files[pin.file])


def test_missing_parts_are_fetched_once(two: dict[str, bytes], tmp_path: Path) -> None:
    registry = Registry(two)
    runtime.find(tmp_path / "new", fetch=registry)
    runtime.find(tmp_path / "new", fetch=registry)
    assert registry.asked == ["one", "two"]
    assert {file.name: file.read_bytes() for file in (tmp_path / "new").iterdir()} == two


def test_progress_counts_bytes_of_all_bytes(two: dict[str, bytes], tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    runtime.find(tmp_path, lambda *at: seen.append(at), Registry(two))
    assert seen == [(0, 15), (5, 15), (15, 15)]


def test_a_changed_download_is_refused_and_not_kept(two: dict[str, bytes], tmp_path: Path) -> None:
    registry = Registry({**two, "two-1-py3-none-any.whl": b"second_one"})
    with pytest.raises(CannotBuild, match="not the one that was tested"):
        runtime.find(tmp_path, fetch=registry)
    assert [file.name for file in tmp_path.iterdir()] == ["one-1-py3-none-any.whl"]


def test_a_damaged_part_in_the_cache_is_fetched_again(two: dict[str, bytes], tmp_path: Path) -> None:
    runtime.find(tmp_path, fetch=Registry(two))
    (tmp_path / "one-1-py3-none-any.whl").write_bytes(b"fi_st")
    again = Registry(two)
    runtime.find(tmp_path, fetch=again)
    assert again.asked == ["one"]


def test_a_full_disk_is_one_sentence_with_the_room_it_wants(two: dict[str, bytes], tmp_path: Path) -> None:
    def full(_pin: Pin, _into: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(CannotBuild, match=r"disk is full\. Free about 100 MB"):
        runtime.find(tmp_path, fetch=full)


def test_a_folder_that_cannot_be_written_is_one_sentence(two: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CannotBuild, match="cannot be written"):
        runtime.find(tmp_path / "file" / "new", fetch=Registry(two))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("npm error code ENOTFOUND", clients.NO_NETWORK),
        ("npm error code EAI_AGAIN", clients.NO_NETWORK),
        ("Failed to establish: NewConnectionError ... ERROR: No matching distribution found", clients.NO_NETWORK),
        ("error: Failed to fetch\n  Caused by: dns error", clients.NO_NETWORK),
        ("npm error code ENOSPC", clients.NO_DISK),
        ("ERROR: Could not install: [Errno 28] No space left on device", clients.NO_DISK),
        ("npm error code ETARGET", clients.NOT_THERE),
        ("ERROR: No matching distribution found for typst==1", clients.NOT_THERE),
        ("Segmentation fault", clients.STOPPED),
        ("", clients.STOPPED),
    ],
)
@pytest.mark.parametrize("pin", [WHEEL, NPM])
def test_what_a_client_prints_becomes_one_sentence(
    said: str, sentence: str, pin: Pin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 1, "", said)

    with pytest.raises(CannotBuild) as caught:
        clients.fetch(pin, tmp_path, run)
    assert str(caught.value) == sentence.format(name=pin.name, version="1")


def test_a_client_that_hangs_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        raise subprocess.TimeoutExpired(command, 900)

    with pytest.raises(CannotBuild, match="could not be downloaded"):
        clients.fetch(NPM, tmp_path, run)


@pytest.mark.parametrize(("pin", "words"), [(NPM, "needs npm once"), (WHEEL, "needs uv or pip once")])
def test_a_missing_client_is_named(pin: Pin, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(CannotBuild, match=words):
        clients.fetch(pin, tmp_path)


def test_pip_is_asked_for_the_wheel_of_the_browser_not_of_this_computer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    asked: list[list[str]] = []

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        (tmp_path / WHEEL.file).write_bytes(b"good")
        return subprocess.CompletedProcess(command, 0, "", "")

    clients.fetch(WHEEL, tmp_path, run)
    assert asked[0][:4] == ["/bin/uv", "tool", "run", "pip"]
    assert "pyemscripten_2026_0_wasm32" in asked[0]
    assert asked[0][-5:] == ["--python-version", "3.14", "--abi", "abi3", "typst==1"]


def test_a_package_is_unpacked_without_names_that_leave_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name in ("package/package.json", "package/dist/a.js", "package/../../out.js", "other/b.js"):
            entry = tarfile.TarInfo(name)
            entry.size = 2
            archive.addfile(entry, io.BytesIO(b"{}"))
    npm = _pin("pkg-1.tgz", packed.getvalue(), "npm")
    (tmp_path / npm.file).write_bytes(packed.getvalue())
    monkeypatch.setattr(runtime, "pin", lambda _name: npm)
    folder = runtime.Runtime(tmp_path).package("pkg")
    assert sorted(str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file()) == ["dist/a.js", "package.json"]
    assert not (tmp_path / "out.js").exists()


def test_every_pin_is_exact_and_no_registry_has_an_address_here() -> None:
    for each in pins.pins():
        assert each.source in ("npm", "wheel")
        assert len(each.sha256) == 64
        assert each.version in each.file
        assert each.use in ("core", "python", "typst", "pypdfium2")
    for file in Path(pins.FILE).parent.glob("*.*"):
        assert "registry.npm" not in file.read_text("utf-8")
        assert "pypi.org" not in file.read_text("utf-8")


def test_the_versions_in_the_browser_are_those_of_a_computer() -> None:
    import tomllib

    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    exact = {line.split("==")[0]: line.split("==")[1].split()[0] for line in _constraints(project)}
    differing = {p.name: p.version for p in pins.pins() if p.source == "wheel" and exact[p.name] != p.version}
    assert differing == {}


def _constraints(project: dict[str, Any]) -> list[str]:
    found: list[str] = project["tool"]["uv"]["constraint-dependencies"]
    return found
