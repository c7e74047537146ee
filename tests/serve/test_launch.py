"""Starting: one line with the address, one workbook a home, a clear message if it fails."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys

import pytest

from workbook.errors import CannotServe, StoreTrouble
from workbook.serve import folders, running
from workbook.serve.launch import run


def test_the_note_is_readable_by_its_owner_only(server):
    note = server.home / running.NOTE
    assert json.loads(note.read_text())["token"] == server.token
    if os.name == "posix":
        assert stat.S_IMODE(note.stat().st_mode) == 0o600


def test_a_second_start_prints_the_first_address(server, capsys):
    assert run(browser=False, notebooks=server.notebooks, home=server.home) == 0
    assert capsys.readouterr().out == server.address + "\n"
    assert server.process.poll() is None


def test_a_stale_note_is_ignored(tmp_path, server):
    port = int(server.base.rpartition(":")[2])
    running.write(tmp_path, running.Running(1, port, server.token))
    assert running.find(tmp_path) is None, "that server is of another home"
    running.write(tmp_path, running.Running(1, 1, "x"))
    assert running.find(tmp_path) is None, "nobody answers there"
    (tmp_path / running.NOTE).write_text("{broken")
    assert running.find(tmp_path) is None


def test_stopping_removes_note_and_kernels(server, start, tmp_path):
    process, address, _ = start(server.notebooks, tmp_path / "home")
    assert address.startswith("http://127.0.0.1:")
    process.terminate()
    rest = process.communicate(timeout=20)[0]
    assert rest == "", "one line and no more"
    assert process.returncode == 0
    assert not (tmp_path / "home" / running.NOTE).exists()


def test_a_taken_port_is_reported(server, tmp_path):
    port = int(server.base.rpartition(":")[2])
    with pytest.raises(CannotServe, match=f"Another program uses port {port}"):
        run(port=port, browser=False, notebooks=server.notebooks, home=tmp_path / "home")


def test_a_taken_default_port_is_skipped(server, start, tmp_path):
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # an earlier server may have left it a moment ago
        try:
            other.bind(("127.0.0.1", 8866))
            other.listen()
        except OSError:
            pass  # taken by another program: just as good
        process, address, _ = start(server.notebooks, tmp_path / "home", port=8866)
        assert address.startswith("http://127.0.0.1:88")
        assert ":8866/" not in address
        assert process.poll() is None


@pytest.mark.parametrize(("home", "notebooks"), [("n/home", "n"), ("h", "h/n"), ("same", "same")])
def test_the_home_must_not_be_in_the_served_folder(tmp_path, home, notebooks):
    (tmp_path / notebooks).mkdir(parents=True)
    with pytest.raises(CannotServe, match="WORKBOOK_HOME"):
        run(browser=False, notebooks=tmp_path / notebooks, home=tmp_path / home)


def test_a_symlink_to_the_served_folder_is_detected(tmp_path):
    (tmp_path / "n" / "inside").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "n" / "inside")
    with pytest.raises(CannotServe):
        folders.check(tmp_path / "link", tmp_path / "n")


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("Dropbox (Family)/wb", "Dropbox"), ("OneDrive - Clinic/wb", "OneDrive"), ("Box Sync/wb", "Box"),
        ("Library/Mobile Documents/wb", "iCloud Drive"), ("Google Drive/wb", "Google Drive"),
        ("Library/CloudStorage/Other/wb", "a cloud service"), ("Boxes/wb", ""), ("share/workbook", ""),
    ],
)  # fmt: skip
def test_a_cloud_synced_folder_is_detected(tmp_path, folder, service):
    (tmp_path / "notebooks").mkdir()
    told = folders.check(tmp_path / folder, tmp_path / "notebooks")
    assert service in told
    assert bool(told) == bool(service)


def test_a_read_only_home_is_reported(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotServe, match="cannot be written"):
        running.write(tmp_path / "file", running.Running(1, 1, "x"))


def test_starting_imports_no_server_early():
    code = "import sys, workbook.serve.launch; sys.exit('voila' in sys.modules or 'tornado' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="owners of files")
def test_no_key_is_written_to_another_users_folder(tmp_path, monkeypatch):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "home").mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: 4242)
    if os.getuid() == 0:  # folders owned by root are trusted
        os.chown(tmp_path / "home", 4243, -1)
    with pytest.raises(StoreTrouble, match="belongs to another user"):
        run(browser=False, notebooks=tmp_path / "notebooks", home=tmp_path / "home")
    assert list((tmp_path / "home").iterdir()) == []
