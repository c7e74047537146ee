"""Makes a zip for the next clinician: unmodified files, an index and checksums. Knows the inventory and the disk.

Every file is read once and copied byte for byte. Programs are left out, and so are another person's files unless
confirmed. A disc finds its images by path (DICOMDIR), so paths are preserved.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ...errors import CannotExport
from ...locale import plural, tr
from ..errors import BadRecord
from ..match import checking
from ..phrases.names import on_file, words
from ..register import BY_NAME
from ..sources import take, unreadable_part
from ..values import File, Inventory, Patient, Source
from . import packet_index
from .packed import Packed, Packet

if TYPE_CHECKING:
    from ...case import Case
    from ..pictures.album import Album

CHUNK = 1 << 20
SMALL = 64 << 10  # bytes of a file that is copied at once
FAST = 1  # of the deflate levels: most of the compression for a third of the time
RUNS = re.compile(
    r"(?i)(?:(?:^|/)(?:autorun|desktop)\.(?:inf|ini|sh)"
    r"|\.(?:exe|com|scr|dll|sys|msi|bat|cmd|ps1|vbs|wsf|js|jar|jnlp|lnk|url|app|sh|command|pkg|dmg|apk|reg|cab|ocx))$"
)
Progress = Callable[[int, int], object]


def check_target(target: Path, root: Path, *, overwrite: bool = False) -> None:
    """Raises CannotExport if a packet cannot be written there: inside its source, or over a file.

    `overwrite` allows replacing a regular file, never a folder or a link.
    """
    goal, source = target.expanduser().absolute(), root.expanduser().resolve()
    goal = goal.parent.resolve() / goal.name
    if goal == source or (source.is_dir() and goal.is_relative_to(source)):
        raise CannotExport(
            tr("The packet cannot be saved in the folder it is made from. Choose another folder for it.")
        )
    if (goal.exists() or goal.is_symlink()) and not (overwrite and goal.is_file() and not goal.is_symlink()):
        there = tr("There is already a file with that name. Choose another name for the packet.")
        more = tr("Or add --overwrite to replace it.")
        raise CannotExport(f"{there} {more}" if goal.is_file() and not overwrite else there)
    if not goal.parent.is_dir():
        raise CannotExport(tr("That folder for the packet does not exist. Create it first, or choose another one."))


def make(
    found: Inventory,
    target: Path,
    root: Path,
    *,
    second_patient: bool = False,
    overwrite: bool = False,
    case: Case | None = None,
    progress: Progress | None = None,
) -> Packet:
    """Writes the packet atomically; readable by its owner only.

    Raises CannotExport if another person's files are included (unless `second_patient`), if nothing is left
    to pack, or if the disk refuses.
    With a case the index lists what is missing. `progress(done, of)` may return False to cancel.
    """
    check_target(target, root, overwrite=overwrite)
    made = Packet()
    wanted = chosen(found, made, second_patient=second_patient)
    target = target.expanduser()
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as out:
            for _ in steps(found, wanted, made, out, case, progress):
                pass
            out.flush()
            os.fsync(out.fileno())
        part.replace(target)
    except OSError as error:
        why = error.strerror or ""
        raise CannotExport(tr("The packet could not be written: {why}.").format(why=why)) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return made


def chosen(found: Inventory, made: Packet, *, second_patient: bool = False) -> list[File]:
    """The files for a packet; what is left out, and what to check, goes to `made`. Raises CannotExport as `make`."""
    if not second_patient and checking.several(found):
        alone = len(found.patients) == 1
        one = tr("These files belong to another person. No packet was made. Ask the office for the right ones.")
        many = tr("These files belong to more than one person. No packet was made. Ask the office for the right disc.")
        first = one if alone else many
        raise CannotExport(f"{first} {tr('If you may have them all, add --yes-second-patient')}")
    wanted = list(_wanted(found, made))
    if not wanted:
        raise CannotExport(tr("There is nothing here to put into a packet."))
    made.warnings = _warnings(wanted, found)
    return wanted


def steps(
    found: Inventory,
    wanted: list[File],
    made: Packet,
    out: BinaryIO,
    case: Case | None = None,
    progress: Progress | None = None,
    album: Album | None = None,
) -> Iterator[None]:
    """Writes the chosen files and the index into a stream that can be read again and cut, one file at each step.

    `album` has pictures that are drawn already; without it they are drawn now.
    """
    with zipfile.ZipFile(out, "w", strict_timestamps=False) as archive:
        yield from _fill(archive, wanted, made, progress)
        for name, data in packet_index.pages(made, found, {f.path.casefold() for f in wanted}, case, album):
            with archive.open(_info(name, zipfile.ZIP_DEFLATED), "w") as page:
                page.writelines(data)
            yield


def _wanted(found: Inventory, made: Packet) -> Iterator[File]:
    """The files to include; the others are noted with the reason."""
    programs = {f.path.rpartition("/")[0] for f in found.files if f.kind == "program"} - {""}
    for file in found.files:
        if file.kind == "program" or RUNS.search(file.path):
            made.left_out.append((file.path, tr("A program, or a part of one.")))
        elif file.kind == "archive":
            if file.status != "ok":
                made.left_out.append((file.path, file.why))
        elif file.status in ("refused", "skipped") or file.source is None:
            made.left_out.append((file.path, file.why or tr("It was not read.")))
        elif file.kind == "other" and any(_is_in(file.path, folder) for folder in programs):
            made.left_out.append((file.path, tr("A program, or a part of one.")))
        else:
            yield file


def _is_in(path: str, folder: str) -> bool:
    return path.startswith(folder + "/")


def _fill(archive: zipfile.ZipFile, wanted: list[File], made: Packet, progress: Progress | None) -> Iterator[None]:
    names: set[str] = set()
    room = memoryview(bytearray(CHUNK))
    for file in wanted:
        if progress is not None and progress(len(made.packed), len(wanted)) is False:
            raise CannotExport(tr("Stopped. No packet was made."))
        name = _name(file.path, names)
        assert file.source is not None
        try:
            size, checksum = _copy(archive, name, file.source, room, packed=BY_NAME[file.kind].packs)
        except BadRecord as error:
            made.left_out.append((file.path, str(error)))
        else:
            made.packed.append(Packed(len(made.packed) + 1, name, size, checksum, file))
        yield


def _copy(archive: zipfile.ZipFile, name: str, source: Source, room: memoryview, *, packed: bool) -> tuple[int, str]:
    """Copies a file in one pass and returns its size and checksum. A failed copy leaves no trace in the archive."""
    info = _info(name, zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED)
    info.file_size = source.size
    if source.size <= SMALL:
        return _copy_small(archive, info, source)
    start, hashed, size = archive.start_dir, hashlib.sha256(), 0
    try:
        with archive.open(info, "w", force_zip64=source.size >= 1 << 31) as out, source.open() as stream:
            for data in _pieces(stream, room):
                size += len(data)
                if size > source.size:
                    break
                hashed.update(data)
                out.write(data)
        if size == source.size and not source.changed():
            return size, hashed.hexdigest()
        raise BadRecord("refused", _changed())
    except BadRecord:
        _forget(archive, info, start)
        raise


def _copy_small(archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: Source) -> tuple[int, str]:
    """The same for a file that fits in memory: `ZipFile.open` takes twice the time of all else for a small file."""
    with source.open() as stream:
        data = take(stream, source.size + 1)
    if len(data) != source.size or source.changed():
        raise BadRecord("refused", _changed())
    info.CRC = zlib.crc32(data)
    held = data if info.compress_type == zipfile.ZIP_STORED else zlib.compress(data, FAST, -zlib.MAX_WBITS)
    info.compress_size, info.header_offset = len(held), archive.start_dir
    assert archive.fp is not None
    archive.fp.seek(archive.start_dir)
    archive.fp.write(info.FileHeader())
    archive.fp.write(held)
    archive.start_dir = archive.fp.tell()
    archive.filelist.append(info)
    archive.NameToInfo[info.filename] = info
    return source.size, hashlib.sha256(data).hexdigest()


def _changed() -> str:
    return tr("It changed while it was read. Look again when no program is changing it.")


def _pieces(stream: BinaryIO, room: memoryview) -> Iterator[memoryview]:
    """The bytes of a stream, in a reused buffer: allocating memory costs half as much as the copying."""
    if not isinstance(stream, io.RawIOBase):
        while data := take(stream, CHUNK):
            yield memoryview(data)
        return
    while count := _into(stream, room):
        yield room[:count]


def _into(stream: io.RawIOBase, room: memoryview) -> int:
    """Reads the next bytes. A part of a disc that cannot be read is a fault of that file, not of the packet."""
    try:
        return stream.readinto(room) or 0
    except OSError:
        raise BadRecord("damaged", unreadable_part()) from None


def _forget(archive: zipfile.ZipFile, info: zipfile.ZipInfo, start: int) -> None:
    """Removes the last written entry."""
    if info in archive.filelist:
        archive.filelist.remove(info)
        del archive.NameToInfo[info.filename]
    assert archive.fp is not None
    archive.fp.seek(start)
    archive.fp.truncate()
    archive.start_dir = start


def _info(name: str, method: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.compress_type, info.external_attr = method, 0o600 << 16
    info._compresslevel = FAST  # type: ignore[attr-defined]  # public as compress_level only from Python 3.13
    return info


def _name(path: str, names: set[str]) -> str:
    """The path in the packet: unchanged except for characters that are unsafe on another system."""
    name = re.sub(r"[\\:\x00-\x1f]", "_", path).lstrip("/")
    name = "/".join("_" if part in ("", ".", "..") else part for part in name.split("/"))
    while name in names:
        name += "_"
    names.add(name)
    return name


def _warnings(wanted: list[File], found: Inventory) -> list[str]:
    people = {w for p in found.patients for n in on_file(Patient(name=p.name)) for w in n.words if len(w) > 2}
    named = sum(bool(people & set(words(file.path))) for file in wanted)
    told = []
    if named:
        told.append(
            plural(
                "1 file name may contain the patient's name. It was not changed.",
                "{n} file names may contain the patient's name. They were not changed.",
                named,
            )
        )
    if any(BY_NAME[f.kind].is_picture for f in wanted):
        told.append(tr("Some images can show a name in the picture itself. A checksum or a list cannot show that."))
    return told


def report_lines(made: Packet) -> list[str]:
    """What to report about a finished packet."""
    ready = plural(
        "The packet is ready. It has 1 file and an index.",
        "The packet is ready. It has {n} files and an index.",
        len(made.packed),
    )
    lines = [ready, *made.warnings]
    if made.left_out:
        lines.append(tr("Left out:"))
        lines += [f"  {path}: {why}" for path, why in made.left_out]
    return lines
