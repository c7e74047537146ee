"""The pictures of an inventory: which series are shown, and those drawn so far. Knows the values and the drawing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import NamedTuple

from ...locale import tr
from .. import series
from ..values import Inventory, Series, Study
from .drawing import Picture, close, draw, told

EACH = 12  # series of one study that are shown at once,
ALL = 60  # and of all studies together
SECONDS = 60  # for all pictures that are drawn in one go


class Row(NamedTuple):
    """A series as people see it: its name, how much it holds, what is not here, and its picture or why there is none.

    `alt` tells of the picture to someone who does not see it. Before it is drawn, there is neither it nor a reason.
    """

    path: str
    name: str
    amount: str
    gap: str
    alt: str
    picture: Picture | None
    why: str


class Album:
    """The series with images of each study, in order, and their pictures."""

    def __init__(self, found: Inventory, each: int = EACH) -> None:
        """`each` is how many series of one study are shown until someone asks for more."""
        self.made: dict[str, Picture] = {}  # by the path of the file that is drawn
        self._files = {file.path: file for file in found.files if file.image}
        self._series = [series_of(study) for study in found.studies]
        self._shown: list[int] = []
        for mine in self._series:
            self._shown.append(min(each, len(mine), ALL - sum(self._shown)))

    def rows(self, study: int) -> list[Row]:
        """The series of a study that are shown."""
        return [self._row(one) for one in self._of(study)] if study < len(self._series) else []

    def hidden(self, study: int) -> int:
        """How many series of a study are not shown yet."""
        return len(self._series[study]) - self._shown[study]

    def more(self, study: int) -> None:
        """Shows the next series of a study."""
        if study < len(self._series):
            self._shown[study] = min(self._shown[study] + EACH, len(self._series[study]))

    @property
    def is_all(self) -> bool:
        """Whether every series is drawn."""
        return all(one.middle in self.made for mine in self._series for one in mine)

    def steps(self) -> Iterator[None]:
        """Draws what is shown and not drawn yet, one picture at each step."""
        until = time.monotonic() + SECONDS
        try:
            while path := next((one.middle for one in self._wanted() if one.middle not in self.made), ""):
                file = self._files.get(path)
                is_late = time.monotonic() > until
                self.made[path] = draw(file) if file and not is_late else Picture(why="slow" if file else "damaged")
                yield
        finally:
            close()  # nothing of these scans stays in a process that draws others

    def _of(self, study: int) -> list[Series]:
        return self._series[study][: self._shown[study]]

    def _wanted(self) -> Iterator[Series]:
        for study in range(len(self._series)):
            yield from self._of(study)

    def _row(self, one: Series) -> Row:
        made = self.made.get(one.middle)
        return Row(
            one.middle,
            f"{one.number}. {one.description}" if one.number and one.description else series.label(one),
            series.count_words(one.images, one.frames, one.clips),
            series.gap_line(one),
            _alt(one),
            made if made and made.png else None,
            told(made.why) if made and made.why else "",
        )


def series_of(study: Study) -> list[Series]:
    """The series of a study that hold images."""
    return [one for one in study.parts if one.holds == "images" and one.middle]


def _alt(one: Series) -> str:
    many = one.frames if one.images == 1 else one.images
    words = tr("{series}: picture of image {n} of {all}").format(series="{series}", n=many // 2 + 1, all=many)
    return words.replace("{series}", series.label(one))
