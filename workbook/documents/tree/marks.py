"""The marks of our pictures, as SVG. They differ by their shape, never by color alone. Knows no case and no page.

The time line has them on its line; a table and a track have them before their words. What a mark means is said in
words by whoever uses it, so a screen reader never needs the mark.
"""

from __future__ import annotations

from typing import Literal, get_args

from markupsafe import Markup

Mark = Literal["disc", "half", "core", "ring", "query", "dash", "diamond", "square", "today"]
MARKS: tuple[Mark, ...] = get_args(Mark)
SIDE = 22  # of the square that a mark fits in, with its center in the middle
_SQUARE = Markup('viewBox="{0} {0} {1} {1}" width="{1}" height="{1}"').format(-(SIDE // 2), SIDE)

_RING = Markup('<circle r="8" fill="{ground}" stroke="{ink}" stroke-width="2.5"/>')
_SHAPES: dict[str, Markup] = {
    "disc": Markup('<circle r="9"/>'),
    "square": Markup('<rect x="-9" y="-9" width="18" height="18" rx="3"/>'),
    "diamond": Markup('<rect x="-7" y="-7" width="14" height="14" rx="2" transform="rotate(45)"/>'),
    "ring": _RING,
    "half": _RING + Markup('<path d="M0 -8a8 8 0 0 0 0 16z"/>'),
    "core": _RING + Markup('<circle r="3.5"/>'),
    "dash": Markup('<path d="M-7 0h14" fill="none" stroke="{ink}" stroke-width="3" stroke-linecap="round"/>'),
    "query": Markup(
        '<path d="M-4 -4.5a4 4 0 1 1 5.6 3.7q-1.6 .8 -1.6 3.3" fill="none" stroke="{ink}" stroke-width="2.5" '
        'stroke-linecap="round"/><circle cy="7.5" r="1.8"/>'
    ),
    "today": Markup(
        '<circle class="wb-dot-today" r="9" fill="{ground}" stroke="{ink}" stroke-width="3"/>'
        '<circle class="wb-dot-core" r="4"/>'
    ),
}


def shape(
    mark: str, x: float = 0, y: float = 0, *, ink: str, ground: str = "none", edge: str = "", look: str = ""
) -> Markup:
    """The shapes of a mark around a point of a drawing: its color, the color inside a ring, and that of its edge.

    `look` are classes with which a page's style sheet can color it. KeyError for a mark that does not exist.
    """
    shapes = _SHAPES[mark].format(ink=ink, ground=ground)
    stroke = Markup(' stroke="{}" stroke-width="2"').format(edge) if edge else ""
    classes = Markup(' class="{}"').format(look) if look else ""
    return Markup('<g transform="translate({} {})"{} fill="{}"{}>{}</g>').format(x, y, classes, ink, stroke, shapes)


def svg(mark: str) -> Markup:
    """A mark alone, as a part of a line of text in the text's color; hidden from screen readers."""
    return Markup('<svg class="wb-mark-sign" {} aria-hidden="true" focusable="false">{}</svg>').format(
        _SQUARE, shape(mark, ink="currentColor")
    )


def file(mark: str, ink: str) -> str:
    """A mark alone, as a complete file."""
    made = Markup('<svg xmlns="http://www.w3.org/2000/svg" {}>{}</svg>').format(_SQUARE, shape(mark, ink=ink))
    return str(made)
