"""Compares what the reader says of unseen files with what is known of them, fact by fact."""

from __future__ import annotations

import io
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.scan.unseen import ccda_files, dicom_files, disc_files, fhir_files, odd_papers, paper_files
from tests.scan.unseen.people import PEOPLE, Made, Who, plain
from workbook.case import Case
from workbook.scan.match import checking
from workbook.scan.values import Inventory, Source

BAR = 0.97
WAYS: tuple[tuple[Callable[[random.Random, Who], Made], int], ...] = (
    (dicom_files.image, 6), (dicom_files.by_dcmtk, 3), (dicom_files.text_report, 1),
    (fhir_files.bundle, 6), (fhir_files.attached, 2), (ccda_files.document, 6),
    (disc_files.disc, 4), (disc_files.beside, 3), (odd_papers.layout, 4), (odd_papers.table, 3), (odd_papers.named, 2),
    (odd_papers.fhir, 3), (odd_papers.ccda, 3), (paper_files.report, 6), (paper_files.table, 3), (paper_files.card, 1),
)  # fmt: skip


@dataclass(slots=True)
class Score:
    """How many facts were right, and what was wrong; `strangers` are errors about whose a file is."""

    facts: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    files: int = 0
    called_other: int = 0
    missed_other: int = 0

    @property
    def share(self) -> float:
        """The share of facts that were right."""
        return self.right.total() / max(self.facts.total(), 1)

    @property
    def holds(self) -> bool:
        """Whether the bar is met."""
        return self.share >= BAR and not self.called_other and not self.missed_other

    def told(self) -> str:
        """The result in a line."""
        kinds = ", ".join(f"{kind} {self.right[kind]}/{n}" for kind, n in sorted(self.facts.items()))
        return (
            f"{self.files} files, {self.right.total()} of {self.facts.total()} facts right ({self.share:.2%}); "
            f"false 'someone else': {self.called_other}; missed other persons: {self.missed_other}\n{kinds}"
        )


def made(chance: random.Random) -> Made:
    """Any unseen file."""
    ways, weights = zip(*WAYS, strict=True)
    way = chance.choices(ways, weights)[0]
    one = way(chance, chance.choice(PEOPLE))
    return paper_files.wrapped(chance, one) if chance.random() < 0.15 else one


def measured(count: int, seed: int) -> Score:
    """Makes and reads so many files, each alone, for a case of its own person or of another."""
    score = Score()
    for n in range(count):
        chance = random.Random(f"{seed}/{n}")
        one = made(chance)
        mine = chance.random() < 0.65
        of = one.person if mine or one.person is None else chance.choice([p for p in PEOPLE if p is not one.person])
        _judge(score, one, n, of or PEOPLE[0], is_mine=one.person is of)
    return score


def _judge(score: Score, one: Made, n: int, of: Who, *, is_mine: bool) -> None:
    case = Case.model_validate({"person": {"name": of.name, "birth_date": of.birth}})
    sources = [_source(name, data) for name, data in ({one.name: one.data} | one.more).items()]
    found = checking.look(sources, case, go_on=True)
    score.files += 1
    said = {person.verdict for person in found.patients}
    if one.person is not None:
        if is_mine and "other" in said:
            score.called_other += 1
            score.wrong.append(f"{n} {one.odd}: called someone else: {found.patients}")
        if not is_mine and ("same" in said or not (said - {"same"})):
            score.missed_other += 1
            score.wrong.append(f"{n} {one.odd}: another person is missed: {found.patients}, not {one.person}")
        _count(score, one, n, "whose", _verdict_is_right(said, one, is_mine=is_mine), said, is_mine)
    for name, wanted, got in _facts(one, found):
        _count(score, one, n, name, wanted == got, got, wanted)


def _source(name: str, data: bytes) -> Source:
    return Source(name, len(data), lambda: io.BytesIO(data))


def _verdict_is_right(said: set[Any], one: Made, *, is_mine: bool) -> bool:
    if is_mine:
        # A name in the patient's own letters can only be compared by a person.
        return said == {"same"} or (said == {"cannot tell"} and "name in" in one.odd)
    return (
        said == {"other"}
        or (one.worded and said == {"cannot tell"})
        or (said == {"cannot tell"} and "name in" in one.odd)
    )


def _count(score: Score, one: Made, n: int, name: str, is_right: bool, got: Any, wanted: Any) -> None:
    score.facts[name] += 1
    score.right[name] += is_right
    if not is_right:
        score.wrong.append(f"{n} {one.name} {one.odd}: {name} is {got!r}, not {wanted!r}")


def _facts(one: Made, found: Inventory) -> Iterator[tuple[str, Any, Any]]:
    """Each fact: its name, what is right, what the reader says."""
    files = [file for file in found.files if file.kind != "archive"]
    first = next((file for file in files if file.kind != "dicomdir"), None)
    document = found.documents[0] if found.documents else None
    study = found.studies[0] if found.studies else None
    if one.person is not None:
        person = found.patients[0] if found.patients else None
        mine = plain(one.person.given) | plain(one.person.family)
        native = plain(one.person.native.replace("^", " "))
        got = plain(person.name) if person else frozenset()
        ok = bool(got) and (mine <= got or bool(native and native <= got) or _only_first(one.person, got))
        yield "name", True, ok or (person and person.name)
        yield "birth", one.person.birth, person and person.birth
        yield "one person", 1, len(found.patients)
    for name, wanted in one.facts.items():
        if name == "kind":
            yield name, wanted, first and first.kind
        elif name in ("pages", "is_scan", "status"):
            yield name, wanted, first and getattr(first, name)
        elif name == "disc":
            yield name, wanted, [(d.references, d.present) for d in found.dicomdir]
        elif name == "gaps":
            yield name, wanted, study and [gap for part in study.parts for gap in part.gaps]
        elif name == "holds":
            yield name, wanted, study and sorted({part.holds for part in study.parts})
        elif name in ("labs", "encounters"):
            yield name, wanted, document and getattr(document, name)
        elif name.startswith("scan."):
            yield name, wanted, _of_study(name, study)
        elif name == "named":
            named = document.studies if document else first.image.named if first and first.image else ()
            yield from _listed(name, wanted, [(s.modality, s.body_part, s.date) for s in named])
        elif name == "results":
            got = [(r.name, r.value, r.unit, r.date) for r in document.results] if document else []
            yield from _listed(name, wanted, got)
        elif name in ("medicines", "allergies", "diagnoses"):
            from workbook.scan.phrases.no_data import counted

            field_of = {"medicines": "medications"}.get(name, name)
            yield from _listed(name, wanted, [x.name for x in counted(getattr(document, field_of))] if document else [])
        elif name == "title":
            yield name, wanted, document and document.title
        elif name == "day":
            yield name, wanted, document and document.date


def _only_first(person: Who, got: frozenset[str]) -> bool:
    """C-CDA: the second given name may be a nickname; the reader shows the first."""
    first = plain(person.given.split()[0])
    return (first | plain(person.family)) <= got


def _of_study(name: str, study: Any) -> Any:
    if study is None:
        return None
    fields = {"scan.modality": "modality", "scan.part": "body_part", "scan.images": "images", "scan.day": "date",
              "scan.accession": "accession", "scan.frames": "frames", "scan.series": "series"}  # fmt: skip
    return len(study.reports) if name == "scan.reports" else getattr(study, fields[name])


def _listed(name: str, wanted: Iterable[Any], got: list[Any]) -> Iterator[tuple[str, Any, Any]]:
    """Each item that should be there, and whether more are there than should be."""
    for one in (wanted := list(wanted)):
        yield name, True, (one in got) or (one, got)
    yield f"number of {name}", len(wanted), len(got)
