"""The series of a study: what each holds, which numbers are not here, and which may be a copy. Knows the values."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import get_args

from ..locale import plural, tr
from .values import File, Held, Image, Series

_CLASS = "1.2.840.10008.5.1.4.1.1."
_ORDER: tuple[Held, ...] = get_args(Held)
_NUMBERED = 3  # images from which the numbers of a series say anything
_RANGES = 4  # ranges of missing numbers that a line names
_MOVING = frozenset(("US", "XA", "RF", "ES", "XC", "GM", "IVUS", "IVOCT", "OP"))

# What an object without pictures is, by the start of its SOP class (PS3.4, table B.5-1).
_HELD: tuple[tuple[str, Held], ...] = (
    ("88.59", "key images"),
    ("88.67", "dose"),
    ("88.68", "dose"),
    ("88.73", "dose"),
    ("88.", "report"),
    ("104.1", "report"),
    ("104.2", "report"),
    ("104.", "model"),
    ("11.", "marks"),
    ("481.3", "drawing"),
    ("481.", "plan"),
    ("9.", "tracing"),
    ("66", "raw"),
)


def held_by(sop_class: str, *, is_picture: bool) -> Held:
    """What an object of a class holds: images, or one of the things that are stored beside them."""
    if is_picture:
        return "images"
    own = sop_class.removeprefix(_CLASS)
    return (
        next((held for start, held in _HELD if f"{own}.".startswith(start)), "other") if own != sop_class else "other"
    )


def is_clip(image: Image) -> bool:
    """Whether an image is a moving picture: several frames of a device that films."""
    return image.frames > 1 and image.modality in _MOVING


def series_of(parts: Iterable[tuple[File, Image]]) -> list[Series]:
    """The series of one study's files, by number and name."""
    grouped: defaultdict[tuple[str, Held], list[tuple[File, Image]]] = defaultdict(list)
    for file, image in parts:
        grouped[image.series_uid, image.holds].append((file, image))
    found = [_series(uid, holds, mine) for (uid, holds), mine in grouped.items()]
    return sorted(found, key=lambda one: (one.holds != "images", len(one.number), one.number, one.description))


def _series(uid: str, holds: Held, parts: list[tuple[File, Image]]) -> Series:
    images = [image for _, image in parts]
    first = images[0]
    in_order = sorted(parts, key=lambda part: part[1].number)
    numbers = tuple(sorted({image.number for image in images if image.number}))
    return Series(
        uid,
        number=first.series_number,
        description=next((image.series_description for image in images if image.series_description), ""),
        modality=first.modality,
        holds=holds,
        images=len(images),
        frames=sum(image.frames for image in images),
        clips=sum(map(is_clip, images)),
        numbers=numbers,
        gaps=gaps(numbers) if holds == "images" and len(images) == len(numbers) else (),
        middle=in_order[len(in_order) // 2][0].path,
    )


def gaps(numbers: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """The ranges of numbers missing between the first and the last of a series, both ends included.

    None if too few numbers are there to tell, or if more are missing than there: such a series counts in steps.

    >>> gaps((1, 2, 3, 4, 5, 8, 9, 11)), gaps((1, 3, 5, 7))
    (((6, 7), (10, 10)), ())
    >>> gaps((1, 9))
    ()
    """
    if len(numbers) < _NUMBERED:
        return ()
    found = tuple((a + 1, b - 1) for a, b in pairwise(numbers) if b - a > 1)
    missing = sum(last - first + 1 for first, last in found)
    return () if missing * 2 > len(numbers) or len(found) * 3 > len(numbers) else found


def label(one: Series) -> str:
    """A series as people call it: its description, else its number."""
    return named(one.description, one.number)


def named(description: str, number: str) -> str:
    """The same, from the words and the number of a series."""
    if description:
        return description
    return tr("series {n}").format(n=number) if number else tr("a series without a name")


def line(one: Series) -> str:
    """A series as text: `AXIAL: 238 images. Missing numbers: 7, 8.`"""
    held = _counted(one.holds, one.images) or count_words(one.images, one.frames, one.clips)
    lacks = tr("Missing numbers: {numbers}.").format(numbers=in_words(one.gaps)) if one.gaps else ""
    return ". ".join(x for x in (f"{label(one)}: {held}", lacks) if x)


def count_words(images: int, frames: int, clips: int) -> str:
    """How many images there are, and how many pictures in them: `2 moving clips with 126 pictures`."""
    if frames <= images:
        return plural("1 image", "{n} images", images)
    if clips == images:
        held = plural("1 moving clip with {all} pictures", "{n} moving clips with {all} pictures", images)
    else:
        held = plural("1 image with {all} pictures", "{n} images with {all} pictures", images)
    return held.format(all=f"{frames:,}")


def gap_line(one: Series) -> str:
    """Which numbers of a series are not here; "" if none is known to be missing."""
    if not one.gaps:
        return ""
    missing = sum(last - first + 1 for first, last in one.gaps)
    words = plural(
        "In {series}, 1 image is not here: number {numbers}.",
        "In {series}, {n} images are not here: numbers {numbers}.",
        missing,
    )
    return words.replace("{numbers}", in_words(one.gaps)).replace("{series}", label(one))


def in_words(ranges: Sequence[tuple[int, int]]) -> str:
    """Ranges of numbers as text; the first few of many.

    >>> in_words([(7, 8), (12, 12), (20, 25)])
    '7, 8, 12, 20 to 25'
    """
    named = [
        ", ".join(map(str, range(a, b + 1))) if b - a < 2 else tr("{first} to {last}").format(first=a, last=b)
        for a, b in ranges[:_RANGES]
    ]
    return ", ".join(named) + (", …" if len(ranges) > _RANGES else "")


def as_ranges(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers as ranges, both ends included.

    >>> as_ranges([3, 1, 2, 7])
    [(1, 3), (7, 7)]
    """
    found: list[tuple[int, int]] = []
    for n in sorted(set(numbers)):
        if found and found[-1][1] == n - 1:
            found[-1] = (found[-1][0], n)
        else:
            found.append((n, n))
    return found


def alike(found: list[Series]) -> Iterator[list[Series]]:
    """Groups of series of the same name whose images have the same numbers: one may be a copy of another."""
    by_looks: defaultdict[tuple[str, str, tuple[int, ...], int], list[Series]] = defaultdict(list)
    for one in found:
        if one.holds == "images" and len(one.numbers) > 1:
            by_looks[one.modality, one.description.casefold(), one.numbers, one.frames].append(one)
    yield from (group for group in by_looks.values() if len(group) > 1)


def beside(found: list[Series]) -> list[str]:
    """What a study holds beside images, as words: `1 report`, `2 lists of key images`."""
    counts = Counter[Held]()
    for one in found:
        counts[one.holds] += one.images
    return [words for holds in _ORDER if counts[holds] and (words := _counted(holds, counts[holds]))]


def _counted(holds: Held, n: int) -> str:
    return {
        "images": "",
        "report": plural("1 report", "{n} reports", n),
        "key images": plural("1 list of key images", "{n} lists of key images", n),
        "marks": plural("1 set of marks on the images", "{n} sets of marks on the images", n),
        "drawing": plural("1 drawing for treatment", "{n} drawings for treatment", n),
        "plan": plural("1 part of a treatment plan", "{n} parts of a treatment plan", n),
        "dose": plural("1 X-ray dose report", "{n} X-ray dose reports", n),
        "tracing": plural("1 tracing, such as an ECG", "{n} tracings, such as ECGs", n),
        "model": plural("1 3D model", "{n} 3D models", n),
        "raw": plural("1 file of raw data for the scanner", "{n} files of raw data for the scanner", n),
        "other": plural("1 file that only a scanner program reads", "{n} files that only a scanner program reads", n),
    }[holds]
