"""The base of all letters: sender, recipient, date, and layout.

Knows the case and the authorizations; the text of each letter comes from the packs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ...case import Case, Mode, first_name, helper_of
from ...case.people import Authority, Paper, Party
from ...locale import tr
from ...locale.dates import show_day
from ...rules.wording import capital
from ..audience.redact import HOME
from ..catalog import NOTES, Wanted
from ..missing_answer import MissingAnswer
from ..tree import blocks as B  # noqa: N812
from ..wording import joined, words
from ..wording import watermark as printed_across
from .text import BLANK, Wording

if TYPE_CHECKING:
    from ...rules import View


SIZE = 10.5
"""The text size of a letter in points."""

_LINE = 110  # letters in a line, more than any page holds


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes and signs: the patient, or someone authorized to write for them.

    `sender` are the lines at the top, `signer` those under the signature. `reach` is how to reply, for the last
    sentence; "" if unknown. `address` is the mailing address among the sender's lines. `paper` is the helper's
    authorization for this office; `lacks` says what to fill in or settle before the letter is sent.
    """

    mine: bool
    name: str
    sender: tuple[str, ...]
    signer: tuple[str, ...]
    reach: str = ""
    address: tuple[str, ...] = ()
    paper: Authority | None = None
    lacks: tuple[str, ...] = ()


def with_home(wanted: Wanted) -> Wanted:
    """The same with the sender's own mailing address, which a letter has at its top; a note says so before."""
    return replace(wanted, include=wanted.include | {HOME})


def spoken_of(case: Case) -> str:
    """How a note to the writer speaks of the patient: by name, as far as one is known."""
    return case.person.name.strip() or first_name(case) or tr("the patient")


def patient(case: Case) -> Writer:
    """The patient as writer, whoever prepared the letter."""
    person = case.person
    name = person.name.strip()
    address = address_lines(person.address)
    ways = [way.strip() for way in (person.phone, person.email) if way.strip()]
    lacks = (
        "" if name else _no_name(case),
        "" if ways or address else MissingAnswer(tr("A phone number or an address for the reply."), "person.phone"),
        tr("This letter shows the home address. To leave it out, download it as Word and delete the line.")
        if address
        else "",
    )
    sender = (name or tr("Name: {blank}").format(blank=BLANK), *address, joined(ways) or _phone(bool(address)))
    return Writer(
        mine=True,
        name=name,
        sender=tuple(filter(None, sender)),
        signer=(name or BLANK,),
        reach=_reach(ways, address),
        address=address,
        lacks=tuple(filter(None, lacks)),
    )


def _no_name(case: Case) -> MissingAnswer:
    return MissingAnswer(
        tr("Your full name.") if case.mode is Mode.SELF else tr("The patient's full name."), "person.name"
    )


def stand_in(case: Case, party: Party | None, paper: Authority | None = None) -> Writer:
    """Someone who writes on behalf of the patient, with the authorizing paper."""
    name = joined([party.name, party.credential]) if party else ""
    ways = [way.strip() for way in (party.phone, party.email) if way.strip()] if party else []
    behalf = tr("On behalf of {patient}").format(patient=case.person.name or BLANK)
    part = capital(party.relationship or words(party.role)) if party and not party.credential else ""
    address = address_lines(party.address) if party else ()
    lacks = (
        "" if name else MissingAnswer(tr("The name of the person writing."), "parties"),
        ""
        if ways or address
        else MissingAnswer(
            tr("A phone number or an email address for the reply. Add it in step 1, under the people who help."),
            "parties",
        ),
        "" if case.person.name else _no_name(case),
        tr("This letter shows your address. To leave it out, download it as Word and delete the line.")
        if address
        else "",
    )
    sender = (
        name or tr("Name: {blank}").format(blank=BLANK),
        part,
        behalf,
        *address,
        joined(ways) or _phone(bool(address)),
    )
    signer = (name or BLANK, behalf)
    told = tuple(filter(None, lacks))
    return Writer(False, name, tuple(filter(None, sender)), signer, _reach(ways, address), address, paper, told)


def address_lines(written: str) -> tuple[str, ...]:
    """The lines of an address or a list as typed, without empty ones."""
    return tuple(line.strip() for line in written.splitlines() if line.strip())


def _reach(ways: Sequence[str], address: Sequence[str]) -> str:
    return joined(ways, tr(" or ")) or (tr("the address above") if address else "")


def _phone(known: bool = False) -> str:
    """Blank space for a phone number, unless there is another way to reply."""
    return "" if known else tr("Phone: {blank}").format(blank=BLANK)


def writer(view: View, office: str) -> Writer:
    """The writer to this office: a helper with a signed authorization valid today, else the patient.

    Without such a paper an office need not answer a helper (A-20, H-12, H-19), so the patient signs instead.
    """
    helper = helper_of(view.case)
    paper = permission(view, helper, office)
    return stand_in(view.case, helper, paper) if paper else patient(view.case)


def permission(view: View, party: Party | None, office: str) -> Authority | None:
    """The signed authorization that lets this person get records of this office today; None if there is none."""
    from ...rules.alerts.people import is_for, is_good

    papers = (a for a in view.case.authorities.values() if party and a.party == party.id and a.kind is Paper.HIPAA)
    return next((a for a in papers if is_good(view, a) and is_for(a.holder, office)), None)


def _kept(body: list[B.Block]) -> list[B.Block]:
    """The text whose last sentences, two lines at least, stay with the signature."""
    kept, n = 0, len(body)
    while n and kept < 2 and body[n - 1]["k"] == "para":
        n -= 1
        kept += 1 + len(B.as_text(body[n]["c"])) // _LINE
        body[n] = {**body[n], "keep": True}
    return body


def letter(
    case: Case,
    wanted: Wanted,
    who: Writer,
    to: Sequence[str],
    wording: Wording,
    *,
    title: str,
    subject: str = "",
    enclosed: Iterable[str] = (),
    lacks: Iterable[str] = (),
    size: float = SIZE,
) -> dict[str, Any]:
    """The letter as a document tree. Its last sentence, its signature and what follows stay on one page.

    `to` are the recipient's lines, `title` names the document (never a person), `subject` overrides the pack's
    subject line. What the writer should know before sending is in its `notes`, which no renderer prints.
    """
    notes = [lack for lack in (*who.lacks, *wording.notes(spoken_of(case)), *lacks) if lack]
    papers = [p for p in (*map(B.as_text, wording.all("enclosed")), *enclosed) if p]
    copies = "; ".join(filter(None, map(B.as_text, wording.all("cc"))))
    line = subject or B.as_text(wording.one("subject")) or title
    after = [
        *([tr("Enclosed: {papers}").format(papers="; ".join(papers))] if papers else []),
        *([tr("cc: {names}").format(names=copies)] if copies else []),
    ]
    body = _kept(wording.blocks())
    blocks = [
        B.para(wording.one("greeting") or tr("To whom it may concern,")),
        *body,
        B.para(wording.one("closing") or tr("Thank you,"), keep=True),
        B.lines(1, tr("Signature")),
        B.para("\n".join(who.signer), lines=True, keep=bool(after)),
        *(B.para(words, keep=words is not after[-1]) for words in after),
        *wording.blocks("behind"),
    ]
    day = show_day(wanted.today.isoformat())
    head = B.letter(
        who.sender,
        day,
        [line for line in to if line] or [tr("Office: {blank}").format(blank=BLANK)],
    )
    watermark = printed_across(case)
    made = B.document(
        title, blocks, subject=line, lang=case.language, paper=wanted.paper, watermark=watermark, size=size, letter=head
    )
    return {**made, NOTES: notes}
