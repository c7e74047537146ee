"""The files inside an archive, one by one, without unpacking to a folder: zip, gzip, a copy of a disc.

Knows the sources and the limits. An archive in an archive is opened too, one level deep.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...locale import tr
from .. import limits
from ..errors import BadRecord
from ..values import File, Source
from . import disc_image, gzip_file, zip_file
from .seekable import seekable


def members(archive: Source, head: bytes) -> Iterator[Source | File]:
    """The members as `archive.zip!/member`, sorted by name; unreadable ones as refused rows.

    `head` are the first bytes. Raises BadRecord if the archive is unreadable, a bomb, or of a kind that is not opened.
    """
    depth = archive.path.count("!/")
    if depth >= limits.ARCHIVES:
        raise BadRecord("refused", tr("It is packed inside two other archives. Unpack it and choose the folder."))
    read = next((kind.members for kind in (zip_file, gzip_file, disc_image) if kind.is_it(head)), None)
    if read is None:
        raise BadRecord("refused", tr("We cannot open this kind of archive. Unpack it and choose the folder."))
    yield from read(seekable(archive) if depth else archive)
