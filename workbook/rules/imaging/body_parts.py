"""Body parts in imaging: DICOM codes, words for them, and adjacent parts. Knows no case.

Two views of one table. Scanners code the part roughly (`CHEST` for a breast) and people use their own words, so a
search for a scan uses `regions_of`, which matches generously and by rough region. A report or a title is more
precise: `parts_of` distinguishes a lower back from a neck by words that mean exactly one part.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from ...locale import N_, language, tr


@dataclass(frozen=True, slots=True)
class BodyPart:
    """One part, by its DICOM code (Body Part Examined, PS3.16 annex L) or a scanner's variant of it.

    `region` is the rough region that `written` matches, generously. `reported` are words that mean this part only;
    a part that reports do not distinguish has none.
    """

    code: str
    label: str
    region: str = ""
    written: str = ""
    reported: str = ""


BODY_PARTS = (
    BodyPart("BREAST", N_("breast"), "breast", r"breasts?|mamm\w*|axilla\w*", r"breasts?|axill(?:a|ary)"),
    BodyPart("SPINE", N_("spine"), "spine", r"\w*spine|spinal|vertebra\w*|[ltc] ?spine|back", r"spine|spinal"),
    BodyPart("LSPINE", N_("lower back (lumbar spine)"), "spine", r"lumbar|lumbosacral",
             r"lumbar|lumbo-?sacral|l[ -]?s?[ -]?spine|low(?:er)? back(?! pain)"),
    BodyPart("LSSPINE", N_("lower back (lumbar spine and sacrum)")),
    BodyPart("TLSPINE", N_("middle and lower back (thoracic and lumbar spine)")),
    BodyPart("TSPINE", N_("middle back (thoracic spine)"), "spine", r"thoracic spine",
             r"thoracic spine|t[ -]?spine|(?:upper|middle|mid)[ -]?back(?! pain)"),
    BodyPart("CSPINE", N_("neck (cervical spine)"), "spine", r"cervical", r"cervical spine|c[ -]?spine|cervical"),
    BodyPart("SSPINE", N_("sacrum (end of the spine)"), "spine", r"sacr\w*"),
    BodyPart("HEAD", N_("head"), "head", r"head(?:neck)?|sinus\w*|orbit\w*|face|jaw|iac",
             r"brain|head|skull|cranial|orbits?|sinus(?:es)?|pituitary"),
    BodyPart("BRAIN", N_("brain"), "head", r"brain|cerebr\w*|neuro|pituitary"),
    BodyPart("SKULL", N_("skull"), "head", r"skull|cranial"),
    BodyPart("NECK", N_("neck"), "neck", r"(?:head)?neck|larynx|carotid\w*",
             r"neck|thyroid|carotids?|soft tissue neck"),
    BodyPart("HEADNECK", N_("head and neck")),
    BodyPart("THYROID", N_("thyroid"), "neck", r"thyroid"),
    BodyPart("CHEST", N_("chest"), "chest", r"chest(?:abd\w*)?|thorax|lungs?|pulmonary|ribs?|sternum|thoracic",
             r"chest|thora(?:x|cic)|lungs?|ribs?"),
    BodyPart("HEART", N_("heart"), "chest", r"heart|cardiac|coronary",
             r"heart|cardiac|coronary|echocardiogra(?:m|phy)"),
    BodyPart("ABDOMEN", N_("belly (abdomen)"), "belly", r"(?:chest)?abd\w*|belly|stomach|tummy|liver|"
             r"hepat\w*|pancrea\w*|kidneys?|renal|spleen|bowel|colon|gallbladder",
             r"abdom(?:en|inal)|liver|renal|kidneys?|pancreas|gall-?bladder|abd\b|belly|stomach|tummy"),
    BodyPart("ABDOMENPELVIS", N_("belly and pelvis")),
    BodyPart("CHESTABDOMEN", N_("chest and belly")),
    BodyPart("CHESTABDPELVIS", N_("chest, belly and pelvis")),
    BodyPart("PELVIS", N_("pelvis"), "pelvis", r"pelvi\w*|(?:chest)?abd\w*pelvis|prostate|uter\w*|ovar\w*|bladder|"
             r"rectum|rectal|transvaginal",
             r"pelvi(?:s|c)|transvaginal|prostate|uter(?:us|ine)|ovar(?:y|ies|ian)"),
    BodyPart("HIP", N_("hip"), "hip", r"hips?", r"hips?"),
    BodyPart("KNEE", N_("knee"), "knee", r"knees?", r"knees?"),
    BodyPart("LEG", N_("leg"), "leg", r"legs?|femur|tibia|fibula|thigh|calf|lower extremity",
             r"legs?|femur|tibia|thigh|calf|lower extremit(?:y|ies)"),
    BodyPart("ANKLE", N_("ankle"), "ankle", r"ankles?"),
    BodyPart("FOOT", N_("foot"), "foot", r"foot|feet|toes?|heel", r"foot|feet|ankles?|toes?"),
    BodyPart("SHOULDER", N_("shoulder"), "shoulder", r"shoulders?|scapula", r"shoulders?"),
    BodyPart("CLAVICLE", N_("collarbone"), "shoulder", r"clavicle|collar ?bone"),
    BodyPart("ARM", N_("arm"), "arm", r"arms?|humerus|forearm|radius|ulna|upper extremity",
             r"arms?|humerus|forearm|upper extremit(?:y|ies)"),
    BodyPart("ELBOW", N_("elbow"), "elbow", r"elbows?", r"elbows?"),
    BodyPart("WRIST", N_("wrist"), "wrist", r"wrists?"),
    BodyPart("HAND", N_("hand"), "hand", r"hands?|fingers?|thumb", r"hands?|wrists?|fingers?"),
    BodyPart("EXTREMITY", N_("arm or leg")),
    BodyPart("WHOLEBODY", N_("whole body"), "body", r"whole ?body|skeleton|bone scan",
             r"whole[ -]body|skull base to (?:mid-?)?thighs?|skeletal"),
)  # fmt: skip

# Adjacent parts: one scan may show both, and scanners use either code.
_NEIGHBORS = [{"HEAD", "NECK"}, {"ABDOMEN", "PELVIS"}, {"CHEST", "ABDOMEN"}, {"CHEST", "HEART"}, {"CHEST", "TSPINE"},
              {"ABDOMEN", "LSPINE"}, {"NECK", "CSPINE"}, {"PELVIS", "HIP"}, {"BREAST", "CHEST"}]  # fmt: skip
# Rough regions overlap more: the spine as a whole, and what a report does not distinguish.
_MORE_NEIGHBORS = [{"pelvis", "spine"}, {"hand", "wrist"}, {"foot", "ankle"}]
# A part that is more specific than another match: "lumbar spine" is not the whole spine.
_WITHIN = {"LSPINE": "SPINE", "CSPINE": "SPINE", "TSPINE": "SPINE"}

_BY_CODE = {one.code: one for one in BODY_PARTS}
_REGION_OF = {one.code: one.region for one in BODY_PARTS}
_NEXT_TO = [*({_REGION_OF[code] for code in pair} for pair in _NEIGHBORS), *_MORE_NEIGHBORS]
_WRITTEN = {
    region: re.compile(
        rf"(?<![a-z])(?:{'|'.join(one.written for one in BODY_PARTS if one.region == region)})(?![a-z])", re.IGNORECASE
    )
    for region in dict.fromkeys(one.region for one in BODY_PARTS if one.region)
}
_REPORTED = {
    one.code: re.compile(rf"\b(?:{one.reported})(?![a-z])", re.IGNORECASE) for one in BODY_PARTS if one.reported
}


def label(code: str) -> str:
    """The label of a body part; an unknown code in lower case; other text unchanged.

    >>> label("LSPINE"), label("L-SPINE"), label("UTERUS"), label("CHEST/NECK"), label("belly (abdomen)")
    ('lower back (lumbar spine)', 'lower back (lumbar spine)', 'uterus', 'chest, neck', 'belly (abdomen)')
    """
    return ", ".join(_label(one.strip()) for one in code.split("/") if one.strip())


def _label(code: str) -> str:
    if part := _worded(code) or _BY_CODE.get(re.sub(r"[\W_]", "", code).upper()):
        return tr(part.label)
    return code.lower() if code.isupper() else code  # a code is in capitals; text that a person typed stays


def _worded(text: str) -> BodyPart | None:
    """The part whose label is this text, in English or in the current language."""
    return _by_words(language()).get(text.strip().casefold())


@functools.cache
def _by_words(_language: str) -> dict[str, BodyPart]:
    return {words.casefold(): one for one in BODY_PARTS for words in (one.label, tr(one.label))}


def regions_of(text: str) -> frozenset[str]:
    """The rough regions that a text or a code names.

    >>> sorted(regions_of("Lumbar MRI")), sorted(regions_of("LSPINE AP/LAT"))
    (['spine'], ['spine'])
    """
    ours = _worded(text)
    plain = ours.label if ours else text.replace("_", " ")
    found = frozenset(region for region, written in _WRITTEN.items() if written.search(plain))
    return found - {"chest", "neck"} if "spine" in found else found


def may_be_one_scan(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two sets of regions can be of one scan; an empty set is compatible with any."""
    return not a or not b or bool(a & b) or any({x, y} in _NEXT_TO for x in a for y in b)


def parts_of(text: str) -> frozenset[str]:
    """The part codes that a text names; a thoracic spine is not a chest.

    >>> sorted(parts_of("MRI of the lower back")), sorted(parts_of("L SPINE AP/LAT"))
    (['LSPINE'], ['LSPINE'])
    """
    return parts_in(re.sub(r"thoracic spine", "t-spine", text.replace("_", " "), flags=re.IGNORECASE))


def parts_in(text: str) -> frozenset[str]:
    """The part codes that the words of a report name, each word on its own."""
    found = {part for part, words in _REPORTED.items() if words.search(text)}
    return frozenset(found - {_WITHIN[part] for part in found if part in _WITHIN})


def as_part(code: str) -> frozenset[str]:
    """The part for a scanner's code, if reports distinguish it."""
    return frozenset({code.upper()} & _REPORTED.keys())


def is_same_part(a: str, b: str) -> bool:
    """Whether two parts are equivalent: equal, one within the other, or a neck, which people say for its spine."""
    return a == b or _WITHIN.get(a) == b or _WITHIN.get(b) == a or {a, b} == {"NECK", "CSPINE"}


def agree(a: str, b: str) -> bool:
    """Whether two parts can be of one scan: equal or adjacent."""
    return is_same_part(a, b) or {a, b} in _NEIGHBORS or "WHOLEBODY" in (a, b)
