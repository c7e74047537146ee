"""The commands that hand a workbook to another advocate, and take one over. Knows the case, the store and the rules."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import BadFile, CannotExport
from .common import TAKEN, Command, open_home, put_out, read_case, read_file, warn, write_new

if TYPE_CHECKING:
    from ..case.hand_over import HandOver
    from ..session.hand_over import Offered
    from ..store import Store


def add(command: Command) -> None:
    """`hand-over`, `accept` and `refuse`."""
    give = command("hand-over", _hand_over, "Offer a workbook to another advocate: write a locked file for them.")
    give.add_argument("case", metavar="CASE")
    give.add_argument("--to", required=True, metavar="NAME", help="the advocate who is to take it over")
    give.add_argument("--from", dest="giver", default="", metavar="NAME", help="your name (that of the workbook)")
    give.add_argument("--note", default="", metavar="TEXT", help="what they should know first")
    give.add_argument("--with-private", action="store_true", help="also what is private or sensitive")
    give.add_argument("--folder", type=Path, default=Path(), metavar="DIR", help="the folder to write to (this one)")
    _options(give)
    take = command("accept", _accept, "Take over a workbook from the file of another advocate; write the answer.")
    leave = command("refuse", _refuse, "Do not take over a workbook; write the answer. Nothing of it is kept here.")
    for made in (take, leave):
        made.add_argument("file", type=Path, metavar="FILE")
        made.add_argument("--name", default="", metavar="NAME", help="your name (the one in the hand-over)")
        made.add_argument("--answer", type=Path, metavar="FILE", help="where the answer goes (beside the file)")
        _options(made)
    leave.add_argument("--reason", default="", metavar="TEXT", help="why; the answer is not locked, so name nobody")


def _options(made: argparse.ArgumentParser) -> None:
    made.add_argument("--passphrase-file", type=Path, metavar="FILE", help="read the passphrase from here")
    made.add_argument("--overwrite", action="store_true", help="replace the file if it is there")


def _hand_over(args: argparse.Namespace) -> None:
    from ..case import caller, new_id
    from ..case.hand_over import HandOver
    from ..documents import encryption
    from ..rules import hand_over as words
    from ..session import hand_over

    store = open_home()
    case = read_case(store, args.case)
    if not args.to.strip():
        raise CannotExport('Say who is to take it over: --to "Name"')
    file = args.folder / f"workbook-{case.id}-hand-over.json.age"
    if file.exists() and not args.overwrite:
        raise CannotExport(TAKEN)  # before a passphrase is asked for
    told = {"offered_by": args.giver or caller(case), "offered_to": args.to, "note": args.note}
    offer = HandOver.model_validate(
        {"id": new_id(), **told, "offered_on": _today().isoformat(), "with_private": args.with_private}
    )
    data = encryption.close(hand_over.offer_of(case, offer), encryption.ask(args.passphrase_file, twice=True))
    write_new(file, data, overwrite=args.overwrite)
    hand_over.note(store, case.id, offer)
    put_out(str(file))
    left = 0 if offer.with_private else hand_over.left_behind(case)
    warn(" ".join(filter(None, (words.told(offer), words.left_behind(left) if left else ""))))
    warn("Send the file. Say the passphrase by phone. When their answer comes, load it: workbook load ANSWER")


def _accept(args: argparse.Namespace) -> int | None:
    from ..rules import hand_over as words
    from ..session import hand_over

    store = open_home()
    offered = opened(args.file, args.passphrase_file)
    answer = _answer_file(args, offered)
    if known := hand_over.known_here(store, offered):
        warn(words.told_again(known))
        return 1
    name = _name(args, offered)
    if answer.exists() and not args.overwrite:
        raise CannotExport(TAKEN)
    offer = hand_over.accept(store, offered, name, _today())
    put_out(offered.case.id)
    _write_answer(args, answer, offered, offer)
    say(offered)
    return None


def _refuse(args: argparse.Namespace) -> int | None:
    from ..rules import hand_over as words
    from ..session import hand_over

    offered = opened(args.file, args.passphrase_file)
    if known := hand_over.known_here(open_home(), offered):
        warn(words.told_again(known))
        return 1
    offer = hand_over.refused(offered, _name(args, offered), _today(), args.reason.strip())
    _write_answer(args, _answer_file(args, offered), offered, offer)
    return None


def opened(file: Path, passphrase_file: Path | None) -> Offered:
    """The hand-over in a file. BadFile for any other file, and for a wrong passphrase."""
    from ..documents import encryption
    from ..session import hand_over

    data = read_file(file)
    if encryption.is_sealed(data):
        encryption.check(data)
        data = encryption.open_(data, encryption.ask(passphrase_file, twice=False))
    if hand_over.kind_of(data) != "offer":
        raise BadFile("This file is not a hand-over. Open other files with: workbook load FILE")
    return hand_over.read_offer(data)


def look(data: bytes) -> int:
    """Says what a hand-over is, and how to answer it; nothing is loaded."""
    from ..session import hand_over

    offered = hand_over.read_offer(data)
    say(offered)
    warn("Nothing was loaded yet. To take it over: workbook accept FILE. To say no: workbook refuse FILE")
    return 1


def say(offered: Offered) -> None:
    """Prints from whom it is, their note, what stayed behind and what is due."""
    from .. import law
    from ..documents.summary.parts import own_today
    from ..rules import hand_over as words

    offer = offered.offer
    warn(f"From {offer.offered_by or 'another advocate'}. {words.not_here(offer, offered.left)}")
    if offer.note:
        warn(offer.note)
    for line in words.lines(words.what_is_due(offered.case, law.load(), own_today(offered.case))):
        warn(f"  {line}")


def load_answer(store: Store, data: bytes) -> int | None:
    """Writes an answer in its workbook, and says what came of it."""
    from ..case.hand_over import Outcome
    from ..rules import hand_over as words
    from ..session import hand_over

    done = hand_over.load_answer(store, data)
    warn(words.told_answer(done.offer, done.outcome))
    if done.outcome not in (Outcome.RECORDED, Outcome.KNOWN):
        return 1
    put_out(done.key)
    return None


def _name(args: argparse.Namespace, offered: Offered) -> str:
    from ..case.hand_over import HandOver

    name = HandOver.model_validate({"id": "h", "answered_by": args.name or offered.offer.offered_to}).answered_by
    if not name:
        raise CannotExport('Say who answers: --name "Name"')
    return name


def _answer_file(args: argparse.Namespace, offered: Offered) -> Path:
    return Path(args.answer or args.file.with_name(f"workbook-{offered.case.id}-answer.json"))


def _write_answer(args: argparse.Namespace, file: Path, offered: Offered, offer: HandOver) -> None:
    from ..session import hand_over

    write_new(file, hand_over.answer_of(offered.case.id, offer), overwrite=args.overwrite)
    put_out(str(file))
    warn(f"Send the answer to {offer.offered_by or 'the other advocate'}. It has nothing of the workbook in it.")


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()
