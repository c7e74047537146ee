"""The name of a record in a sentence. A ready-made line, such as "Images", is a kind: which scan it is comes with it.

Knows the case and the packs.
"""

from __future__ import annotations

from ..case.records import RecordItem
from ..content import called, is_ready_made
from ..locale.dates import show_day

LIST = "records.items"


def ready_name(item: RecordItem) -> str:
    """The name of a ready-made record, with the scan it is of as far as that is noted; "" for one with its own name.

    >>> ready_name(RecordItem(id="rec-images", title="The images themselves, as files or on a disc", modality="MRI"))
    'Images (MRI)'
    """
    short = called(LIST, item)
    of = scan_of(item)
    return f"{short} ({of})" if short and of else short


def own_name(item: RecordItem) -> str:
    """The name that says which record it is: a person's own, else the scan that it is of; "" if neither is noted."""
    return scan_of(item) if not item.title or is_ready_made(LIST, item) else item.title


def scan_of(item: RecordItem) -> str:
    """The scan that a record is of: its kind, the part of the body and the day, as far as they are noted."""
    return ", ".join(part for part in (item.modality, item.body_part, show_day(item.service_date)) if part)
