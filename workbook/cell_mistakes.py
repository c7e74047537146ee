"""Says in plain words what is wrong with the Python of a cell. Knows Python's errors; nothing of a case.

Only names from the cell's own code are repeated. Other texts of an error may quote answers, so they are left out.
"""

from __future__ import annotations

import ast
import difflib
import re
import warnings
from collections.abc import Collection, Iterator
from typing import NamedTuple

_CURLY = "“”„‟‘’‚‛«»"
_QUOTES = """This line has curly quotes (“ ”). Type them again as straight quotes: " or '."""
_UNCLEAR = "This line is not complete Python. Check its quotes, commas and brackets."
_SYNTAX: tuple[tuple[str, str], ...] = (
    (r"'(.)' was never closed", 'The bracket "{0}" that opens here is never closed. Add its partner at the end.'),
    (
        r"unterminated triple-quoted",
        "Three quotes open here and are not closed. Add three quotes at the end of the words.",
    ),
    (
        r"unterminated string|EOL while",
        "A quote opens here and is not closed. Add the same quote at the end of the words.",
    ),
    (r"unmatched '(.)'", 'There is one "{0}" too many here. Remove it, or add its partner before it.'),
    (
        r"closing parenthesis '(.)' does not match opening parenthesis '(.)'",
        'Here "{0}" closes what "{1}" opened. Use two brackets of one kind.',
    ),
    (
        r"unexpected indent|unindent does not match|inconsistent use of tabs",
        "This line does not begin where it should. Line it up with the line above.",
    ),
    (r"expected an indented block", "Under a line that ends with a colon, begin with four spaces."),
    (r"forgot a comma", "A comma is missing in this line, or at the end of the line above."),
    (
        r"positional argument follows keyword",
        'A question comes after an option such as pace="one". Put all questions first, then the options.',
    ),
    (r"keyword argument repeated: (\w+)", "The option {0} is given twice. Keep one."),
    (r"invalid non-printable", "This line has a hidden character, often from copying. Type the line again."),
    (r"invalid character '(.)'", "The sign “{0}” cannot be here. Type it again on your keyboard."),
    (r"too many nested|recursion|overflow", "This cell has too many brackets inside each other. Make it simpler."),
    (r"null bytes", "This cell has a hidden character, often from copying. Type the cell again."),
)
ELEMENTS = ("ask", "each", "group", "say", "when")
"""The verbs that belong inside a form."""
_SHOW_NOTHING = ("open_case", *ELEMENTS)
_OURS = ("wb", "case")
_START = "Its first cell must open the workbook: import workbook as wb, then case = wb.open_case()."


class Mistake(NamedTuple):
    """A line of the cell, counted from 1 (0: not known), and what is wrong there, in a sentence."""

    line: int
    sentence: str


def without_commands(source: str) -> str:
    """The cell with Jupyter's own commands (lines with % or !) as `pass`, so that Python can read the rest."""
    if source.lstrip().startswith("%%"):
        return ""
    return re.sub(r"^([ \t]*)[%!?][^\n]*", r"\1pass", source, flags=re.MULTILINE)


def tree_of(source: str) -> ast.Module | Mistake:
    """The parsed cell, or what keeps Python from reading it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as a backslash in a text: not a mistake of this kind
            try:
                return ast.parse(source)
            except SyntaxError:
                return ast.parse(without_commands(source))
    except SyntaxError as error:
        return _said(error.msg, error.lineno or 0, source)
    except (ValueError, RecursionError, MemoryError) as error:
        return _said(str(error) or "recursion", 0, source)


def _said(words: str, line: int, source: str) -> Mistake:
    lines = source.splitlines()
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    if any(sign in here for sign in _CURLY) and re.search(
        r"invalid character|unterminated|comma|invalid syntax", words
    ):
        return Mistake(line, _QUOTES)
    for pattern, sentence in _SYNTAX:
        if found := re.search(pattern, words):
            return Mistake(line, sentence.format(*found.groups()))
    return Mistake(line, _UNCLEAR)


def of_error(source: str, name: str, text: str) -> Mistake | None:
    """What a cell's error means, given the error's name and its text; None for one that is not about its words."""
    if name in ("SyntaxError", "IndentationError", "TabError"):
        found = tree_of(source)
        return found if isinstance(found, Mistake) else None
    if name == "NameError" and (said := re.match(r"name '(\w+)' is not defined", text)):
        return unknown_name(source, said[1])
    if name == "AttributeError" and (
        said := re.match(r"(?:module ')?workbook'? has no (?:verb called|attribute) '?(\w+)", text)
    ):
        return Mistake(_line(source, said[1]), unknown_verb(said[1]))
    if name == "TypeError" and (
        said := re.match(r"(?:\w+\.)*(\w+)\(\) got an unexpected keyword argument '(\w+)'", text)
    ):
        return Mistake(_line(source, said[2]), unknown_option(said[1], said[2]))
    return None


def verb_of(call: ast.AST, names: Collection[str] = ("wb",)) -> str:
    """The verb of ours that is called; "" for another call. `names` are those of this package."""
    func = call.func if isinstance(call, ast.Call) else None
    ours = isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id in names
    return func.attr if ours and isinstance(func, ast.Attribute) else ""


def not_shown(tree: ast.Module, names: Collection[str] = ("wb",)) -> Iterator[Mistake]:
    """Forms that a page never shows: a cell shows the value of its last line only."""
    last = tree.body[-1] if tree.body else None
    for node in ast.walk(tree):
        verb = verb_of(node.value, names) if isinstance(node, ast.Expr) else ""
        if not isinstance(node, ast.Expr) or not verb:
            continue
        if verb in ELEMENTS:
            if node in tree.body:
                said = f"wb.{verb} alone shows no question. Put it in a form: wb.form(case, wb.{verb}(…))."
                yield Mistake(node.lineno, said)
        elif verb in _SHOW_NOTHING or node is last:
            continue
        elif node in tree.body:
            said = f"A cell shows only its last line, so this wb.{verb} is not shown. Give it a cell of its own."
            yield Mistake(node.lineno, said)
        else:
            said = f"This wb.{verb} is inside a loop or a block, so no page shows it. Give each a cell of its own."
            yield Mistake(node.lineno, said)


def said_of_unshown(source: str) -> list[str]:
    """What a cell that ran does not show, in sentences for the page; a lone element says so itself."""
    tree = tree_of(source)
    if isinstance(tree, Mistake):
        return []
    found = [mistake for mistake in not_shown(tree) if "alone" not in mistake.sentence or mistake.line != _end(tree)]
    return [f"In this cell, line {mistake.line}: {mistake.sentence}" for mistake in found]


def _end(tree: ast.Module) -> int:
    """The line where the last statement begins."""
    return tree.body[-1].lineno if tree.body else 0


def unknown_name(source: str, name: str) -> Mistake | None:
    """A name that no cell above has made."""
    if name not in source:
        return None
    if name in _OURS:
        return Mistake(_line(source, name), f"{name} is not known here. {_START}")
    return Mistake(
        _line(source, name),
        f"{name} is not known here. Put words in quotes, or move the cell that makes it above this.",
    )


def unknown_verb(name: str) -> str:
    """A verb that this package does not have."""
    import workbook

    near = difflib.get_close_matches(name, dir(workbook), 1, 0.5)
    return f"There is no wb.{name}." + (f" Did you mean wb.{near[0]}?" if near else "")


def unknown_option(verb: str, option: str) -> str:
    """An option that a verb does not have, with the nearest one that it has."""
    names = options(verb)
    near = difflib.get_close_matches(option, names, 1, 0.5)
    known = f" Did you mean {near[0]}?" if near else f" Its options are: {', '.join(names)}." if names else ""
    return f"wb.{verb} has no option called {option}.{known}"


def options(verb: str) -> list[str]:
    """The names that a verb knows, without the case."""
    import inspect

    import workbook

    if verb not in dir(workbook):
        return []
    found = inspect.signature(getattr(workbook, verb)).parameters.values()
    return [one.name for one in found if one.kind is not one.VAR_POSITIONAL and one.name != "case"]


def _line(source: str, word: str) -> int:
    """The first line with the word; 0 if none has it."""
    whole = re.compile(rf"\b{re.escape(word)}\b")
    return next((n for n, line in enumerate(source.splitlines(), 1) if whole.search(line)), 0)
