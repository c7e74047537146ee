"""List entries that mean "nothing": none known, no information, withdrawn. Knows words, codes and values.

A list with "no known allergies" does not list an allergy of that name, and one entered in error never existed.
Such entries stay in the lists as in the file; they are neither counted nor suggested.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from ..values import Listed

NONE = "none"  # the status of an entry whose code means "none"
# Statuses in FHIR (also of old versions) and C-CDA for negated or retracted entries.
WITHDRAWN = frozenset(
    (
        *("negated", "entered-in-error", "refuted", "cancelled", "canceled", "not-taken", "not-done", "not-given"),
        *("nullified", "declined", "withdrawn", "rejected", "ruled-out", NONE),
        *("disproved", "disproven", "voided", "void", "retracted", "never-taken"),
    )
)
_STATES = frozenset(state.replace("-", "") for state in WITHDRAWN)  # files write them with any separator
# SNOMED CT: no known allergy (to anything, drugs, food, surroundings, latex, animals, insects), no current problems,
# drug treatment unknown, not taking any medicine, past history unknown, unknown.
CODES = frozenset(
    (
        *("716186003", "160244002", "409137002", "429625007", "428607008", "1003774007", "716184000", "716220001"),
        *("428197003", "160245001", "182904002", "787481004", "1631000175102", "396782006", "261665006"),
    )
)
_ABSENT_SYSTEMS = ("absent-unknown", "data-absent-reason", "nullflavor")
_IPS = re.compile(r"no-known-[a-z-]+|no-[a-z]+-info")

_WORD = re.compile(r"[^\W\d_]+")

# Words that mean "nothing"; in English and in Spanish, without accents.
_NOT = frozenset(
    _WORD.findall("""
no none nil not nothing free nka nkda nkfa nkma nkaa nkea nk na doesn
doesnt don dont isn isnt unknown unk deny denies denied without negative absent
unavailable unable unobtainable undocumented unrecorded ninguno ninguna ningun nada sin niega negativo negativa
desconocido desconocida desconocidos desconocidas
""")
)
# Of these and similar ones, those that mean "unknown" or "not asked".
_NOT_ASKED = frozenset(
    _WORD.findall("""
unknown unk unavailable unable unobtainable undocumented unrecorded na information info data file asked
available obtain assess determined documented recorded entered reviewed specified provided stated desconocido
desconocida desconocidos desconocidas informacion datos registro registrado registrada registrados registradas
disponible disponibles archivo expediente especificado especificada consta sabe
""")
)
# Words that may accompany them without naming anything.
_BESIDE = frozenset(
    _WORD.findall("""
known current currently active documented recorded reported reportable any other significant relevant pertinent
chronic past prior medical surgical clinical history drug drugs medication medications medicine medicines med
meds medicinal medicament prescription prescriptions prescribed otc home food foods environmental environment
seasonal latex contrast insect animal allergy allergies allergic allergen allergens reaction reactions
intolerance intolerances intolerant adverse sensitivity sensitivities sensitive hypersensitivity
hypersensitivities propensity problem problems condition conditions diagnosis diagnoses disease diseases illness
illnesses disorder disorders disability disabilities issue issues concern concerns health information info data
on file of about at this that time available asked entry entries entered found listed list lists to for or and
the a an patient pt has have had is are was were been be being do does did taking taken take takes present
presently exist exists in chart record records noted specified stated identified provided given yet substance
substances product products agent agents reviewed treatment therapy obtain assess determine determined status as
per by verified confirmed self family provider clinic clinician nurse rn md staff since updated last date today
there it all type regarding with from conocida conocidas conocido conocidos alergia alergias alergico alergica
alergicos alergicas medicamento medicamentos medicamentosa medicamentosas medicacion medicaciones medicina
medicinas farmaco farmacos farmacologica farmacologicas droga drogas alimentaria alimentarias alimento alimentos
ambiental ambientales actual actuales actualmente toma tomando tiene hay se ha han registro registrado
registrada registrados registradas dato datos informacion disponible disponibles conoce conocen refiere reporta
reportan reportado reportada reportadas documentado documentada documentadas problema problemas diagnostico
diagnosticos enfermedad enfermedades condicion condiciones activo activa activos activas al de del la las el los
lo en este esta momento paciente archivo expediente consta constan antecedente antecedentes cronico cronica
cronicas reaccion reacciones adversa adversas intolerancia intolerancias aplica especificado especificada sabe
sobre y o ni facility administered outpatient inpatient visit encounter states stated hx pmh verify answer
assessed obtained ever use using uses t reports reporting contact provide applicable vitamin vitamins supplement
supplements
""")
)
# Of these, what can be an allergen itself.
_THINGS = frozenset(_WORD.findall("latex contrast food foods insect animal seasonal alimento alimentos"))
_ALLERGIC = re.compile(r"allerg|alerg|intoleran|sensitiv")
_REACTION = re.compile(r"reac[tc]i")
_KNOWN = re.compile(r"known|conoc|report|documented|noted|reaction|reaccion")
_FOR_IT = re.compile(r"medic|drug|treat|therap|farmac")
_TO_UNKNOWN = re.compile(r"\b(?:to|a|al) (?:an? |the )?(?:unknown|unspecified) \w")
_LETTERS = re.compile(r"\b([a-z])[./\s](?=[a-z]\b)")  # n/a, N.K.D.A.


def counts(entry: Listed) -> bool:
    """Whether an entry lists something: its status does not retract it, and its name names something."""
    return not is_withdrawn(entry.status) and not says_nothing(entry.name)


def is_withdrawn(status: str) -> bool:
    """Whether a status retracts an entry, in any spelling.

    >>> is_withdrawn("Entered in error"), is_withdrawn("active")
    (True, False)
    """
    return re.sub(r"[\W\d_]+", "", status.casefold()) in _STATES


def counted(entries: list[Listed]) -> list[Listed]:
    """The entries that list something."""
    return [entry for entry in entries if counts(entry)]


def says_nothing(name: str) -> bool:
    """Whether a name says that there is none, or that nothing is known.

    >>> [says_nothing(name) for name in ("No known drug allergies", "Not on file", "N/A", "Sin alergias conocidas")]
    [True, True, True, True]
    >>> [says_nothing(name) for name in ("No-Doz", "Unknown nut", "Allergy to unknown drug", "Latex, reaction unknown")]
    [False, False, False, False]
    """
    found = _words(name)
    if not found:
        return bool(name.strip()) and not any(c.isalnum() for c in name)
    if not _NOT & set(found):
        return False
    if _TO_UNKNOWN.search(" ".join(found)) and (_ALLERGIC.search(found[0]) or _REACTION.match(found[0])):
        return False
    if all(word in _NOT or word in _BESIDE for word in found):
        return not _names_first(found)
    # "No known allergy to penicillin" lists no allergy.
    before = next((n for n, word in enumerate(found) if _ALLERGIC.match(word)), 0)
    return before > 0 and found[0] in _NOT - _NOT_ASKED and all(w in _NOT or w in _BESIDE for w in found[:before])


def _names_first(found: list[str]) -> bool:
    """Whether an allergen precedes the unknown part: `Latex, reaction unknown`."""
    thing = next((n for n, word in enumerate(found) if word in _THINGS), len(found))
    if thing == len(found):
        return False
    if not any(_ALLERGIC.match(word) or _KNOWN.match(word) for word in found):
        return found[0] in ("no", "sin")  # "No latex": something to avoid, not a "none"
    if found[-1] == "allergic" and found[0] == "no":
        return True  # "No contrast, allergic"
    nothing = next(n for n, word in enumerate(found) if word in _NOT)
    if thing > nothing:
        return found[0] in _NOT_ASKED or bool(_REACTION.match(found[0]))
    behind = found[thing + 1] if thing + 1 < len(found) else ""
    treated = not any(_KNOWN.match(word) for word in found) and any(_FOR_IT.match(word) for word in found[nothing:])
    return not _ALLERGIC.match(behind) or treated or any(_REACTION.match(word) for word in found)


def says_none(name: str) -> bool:
    """Whether a name says that there is none, rather than unknown or not asked.

    >>> says_none("No Known Drug Allergies"), says_none("NKDA"), says_none("No information"), says_none("Nuts")
    (True, True, False, False)
    """
    return says_nothing(name) and bool(_words(name)) and not _NOT_ASKED & set(_words(name))


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name[:400]).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _WORD.findall(_LETTERS.sub(r"\1", plain))


def is_none_code(code: Any, system: Any = "") -> bool:
    """Whether a code means "none": SNOMED CT, IPS absent codes, or null flavors."""
    if not isinstance(code, str):
        return False
    known = isinstance(system, str) and any(mark in system.casefold() for mark in _ABSENT_SYSTEMS)
    return known or code in CODES or bool(_IPS.fullmatch(code))
