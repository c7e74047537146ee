"""Whose file it is: this patient's, someone else's, or unknown; names are written in many ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scan import made
from workbook.case.people import Person
from workbook.scan.match.identity import (
    ANIMAL,
    FORMER,
    NO_BIRTH,
    SHORT_NAME,
    TWIN,
    compare_births,
    is_anothers,
    judge,
    verdict,
)
from workbook.scan.phrases.names import is_garbled
from workbook.scan.values import Patient

ME = Person.model_validate(
    {
        "name": "Marisol Quintero-Báthory",
        "birth_date": "1972-03-09",
        "preferred_name": "Mari",
        "aliases": [{"id": "old001", "name": "Marisol Ruiz"}, {"id": "old002", "name": "Salgado"}],
    }
)
BORN = "1972-03-09"


@pytest.mark.parametrize(
    ("family", "given", "birth", "expected"),
    [
        ("QUINTERO-BATHORY", "MARISOL", BORN, "same"),
        ("Quintero Bathory", "Dr Marisol", BORN, "same"),
        ("QUINTEROBATHORY", "MARISOL", BORN, "same"),
        ("Quintero", "Marisol", BORN, "same"),
        ("Quintero-Bathory", "Marisol Ana", BORN, "same"),
        ("Quintero-Bathory", "Mari", BORN, "same"),  # the preferred name
        ("Quintero-Bathory", "Marisol", "1972", "same"),
        ("Quintero-Bathory", "Marisol", "", "same"),
        ("Ruiz", "Marisol", BORN, "same"),  # a former name, complete
        ("Ruiz", "Marisol", "", "same"),
        ("Salgado", "Marisol", BORN, "same"),  # a former family name with the same birth date
        ("Salgado", "Marisol", "", "cannot tell"),
        ("Quintero-Bathory", "M", BORN, "cannot tell"),
        ("Quintero-Bathory", "M", "", "cannot tell"),
        ("Quintero", "Marisol", "", "cannot tell"),
        ("Lindgren", "Marisol", BORN, "cannot tell"),  # a new family name, or someone else
        ("Quintero-Bathory", "Marisol", "1972-09-03", "cannot tell"),  # day and month swapped
        ("Quintero-Bathory", "Marysol", BORN, "cannot tell"),  # one letter off: a typo, or a twin
        ("Quintero-Bathory", "Marysol", "", "other"),
        ("Кинтеро", "Марисоль", BORN, "cannot tell"),  # another script cannot be compared
        ("Кинтеро", "Марисоль", "", "cannot tell"),  # a disc's own list has no birth date
        ("Кинтеро", "Марисоль", "1951-01-01", "other"),
        ("山田", "太郎", BORN, "cannot tell"),
        ("Quintero-Bathory", "Marisol", "1900-01-01", "same"),  # a placeholder date of computers
        ("Okonkwo", "Waltrina", "1900-01-01", "other"),
        ("", "", BORN, "cannot tell"),
        ("", "", "1951-01-01", "cannot tell"),
        ("ANONYMIZED", "", "", "cannot tell"),
        ("Quintero-Bathory", "Marisol", "1973-03-09", "cannot tell"),  # one year off: a typo, or a namesake
        ("Quintero-Bathory", "Marisol", "1927-03-09", "cannot tell"),  # two digits swapped
        ("Quintero-Bathory", "Marisol", "1972-03-19", "cannot tell"),  # one digit
        ("Quintero-Bathory", "Marisol", "1970-01-01", "cannot tell"),  # a computer epoch
        ("Quintero-Bathory", "Marisol", "1964-11-30", "other"),
        ("Okonkwo", "Waltrina", "1973-03-09", "other"),  # a typo counts only if the name is the same
        ("DOE 1234", "TRAUMA", BORN, "cannot tell"),  # a placeholder name
        ("DOE", "TRAUMA", "1961-02-15", "other"),
        ("Quintero-Bathory", "Marisol", "1972-02-30", "cannot tell"),  # an impossible date
        ("Quintero-Bathory", "Marisol", "1972-13-45", "cannot tell"),
        ("Quintero-Bathory", "Marisol", "1111-11-11", "cannot tell"),
        ("Quintero-Bathory", "Marisol", "2999-01-01", "cannot tell"),
        ("Lindgren", "Marisol", "1972-02-30", "cannot tell"),
        ("Okonkwo", "Waltrina", "1972-02-30", "cannot tell"),  # never someone else by such a date
        ("Quintero-Bathory", "Marisol", "1800-01-01", "same"),  # no birth date was given
        ("Quintero-Bathory", "Marisol", "0001-01-01", "same"),
        ("ÕÅ", "Ð¡¶«", BORN, "cannot tell"),  # Chinese text decoded as Latin
        ("ÕÅ", "Ð¡¶«", "1951-01-01", "cannot tell"),
        ("Èâàíîâà", "Ìàðèÿ", "", "cannot tell"),  # Russian text
        ("????", "?????", "1951-01-01", "cannot tell"),
        ("Quintero-B\ufffdthory", "Marisol", BORN, "cannot tell"),
        ("Quintero-BÃ¡thory", "Marisol", "1951-01-01", "cannot tell"),
        ("Mu駉z", "Jos\x82", "1951-01-01", "cannot tell"),  # Latin text decoded as Chinese
        ("Ruiz", "Marisol", "1990-01-01", "other"),
        ("Quintero-Bathory", "Ulises", BORN, "other"),  # a twin or a mix-up
        ("Quintero-Bathory", "Ulises", "", "other"),
        ("Okonkwo", "Waltrina", "1951-06-21", "other"),
        ("Okonkwo", "Waltrina", "", "other"),
    ],
)
def test_by_name_former_names_and_birth_date(family: str, given: str, birth: str, expected: str) -> None:
    assert verdict(Patient(f"{given} {family}", birth, "any", family, given), ME) == expected


@pytest.mark.parametrize(
    "name",
    ["BATHORY QUINTERO MARISOL", "Quintero-Bathory, Marisol", "QUINTERO-BATHORY^MARISOL^^MRS", "Mrs marisol bathory"],
)  # fmt: skip
def test_a_name_that_is_not_split(name: str) -> None:
    assert verdict(Patient(name, BORN), ME) == "same"


def test_the_wrong_disc_of_the_spine_story() -> None:
    walter = Person(name="Walter Okonkwo-Lindqvist", birth_date="1953-06-21")
    assert verdict(Patient("Waltrina Okonkwo", "1951-06-21", "", "OKONKWO", "WALTRINA"), walter) == "other"
    assert verdict(Patient("Waltrina Okonkwo", "", "", "OKONKWO", "WALTRINA"), walter) == "other"
    assert judge(Patient("Wally Okonkwo", "1953-06-21", "", "Okonkwo", "Wally"), walter).note == SHORT_NAME


def test_symbols_and_escapes_in_the_name() -> None:
    taro = Person(name="Taro Yamada", birth_date="1960-01-02")
    assert verdict(Patient("", "1960-01-02", "", "Yamada=山田", "Tarou=太郎"), taro) != "other"
    assert verdict(Patient("", "1960-01-02", "", "\x1b$)AYamada", "Taro"), taro) == "same"
    assert verdict(Patient("山田 太郎", "1960-01-02"), Person(name="山田 太郎", birth_date="1960-01-02")) == "same"


def test_a_verdict_has_its_reason() -> None:
    assert judge(Patient("Marisol Ruiz", BORN), ME).note == FORMER
    assert judge(Patient("Marisol Quintero-Bathory"), ME).note == NO_BIRTH
    assert judge(Patient("Marisol Quintero-Bathory", BORN), ME).note == ""
    assert judge(Patient("Marisol Quintero-Bathory", "1980-01-01"), ME).why == "birth"
    assert judge(Patient("Ulises Salgado", BORN), ME).why == "name"


READABLE = [
    *("Walter Okonkwo", "Þórður Öçal", "Åse Øverås", "Éléonore Née", "Łukasz Żółć", "Nguyễn Văn Ậ", "Seán O’Brien"),
    *("José Núñez", "Zoë Dvořák", "Ana Mª López", "Jordan Otherperson", "Anne-Marie D'Angelo", "Ýr Ægisdóttir"),
    *(
        "山田 太郎",
        "やまだ タロウ",
        "ﾔﾏﾀﾞ ﾀﾛｳ",
        "김희중",
        "Ольга Иванова",
        "Ελένη Παππά",
        "محمد علي",
        "דוד כהן",
        "สมชาย ใจดี",
        "राम शर्मा",
    ),
    *(
        "John Smith Jr.",
        "SMITH^JOHN^Q^DR^MD",
        "Smith, John",
        "Test Teststein",
        "Maria de la O",
        "Çiğdem Şahin",
        "Ödön Öry",
    ),
]


@pytest.mark.parametrize("name", READABLE)
def test_a_readable_name_with_another_birth_date_is_another_person(name: str) -> None:
    assert not is_garbled(name)
    assert verdict(Patient(name, "1964-11-30"), ME) == "other"


LOST = {
    "cp1251": ["latin-1"], "koi8-r": ["latin-1"], "gb18030": ["latin-1", "cp1252"], "big5": ["latin-1"],
    "euc-kr": ["latin-1"], "shift-jis": ["latin-1"], "utf-8": ["latin-1", "cp1252", "cp437", "ascii"],
    "iso8859-7": ["latin-1"],
}  # fmt: skip
FOREIGN = ["Ольга Иванова", "张小东", "김희중", "山田太郎", "Ελένη Παππά", "José Núñez", "Zoë Dvořák", "Müller"]


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("wrote", LOST)
def test_a_wrong_character_set_is_never_another_person(name: str, wrote: str) -> None:
    try:
        raw = name.encode(wrote)
    except UnicodeEncodeError:
        return  # this character set cannot encode that name
    if wrote == "utf-8" or not raw.isascii():
        for read in LOST[wrote]:
            garbled = raw.decode(read, "replace")
            for birth in (BORN, "", "1964-11-30"):
                assert verdict(Patient(garbled, birth), ME) == "cannot tell", (garbled, birth)


@pytest.mark.parametrize("name", ["José Núñez", "Zoë Müller", "Marisol Quintero-Báthory", "Ödön Öry"])
@pytest.mark.parametrize("read", ["gb18030", "shift-jis", "cp1251", "iso8859-7", "euc-kr", "big5", "utf-8", "ascii"])
def test_misread_latin_letters_are_never_another_person(name: str, read: str) -> None:
    garbled = name.encode("latin-1").decode(read, "replace")
    for birth in (BORN, "", "1964-11-30"):
        assert verdict(Patient(garbled, birth), ME) == "cannot tell", (garbled, birth)


def test_a_garbled_representation_does_not_hide_a_readable_one() -> None:
    taro = Person(name="Taro Yamada", birth_date="1960-01-02")
    assert verdict(Patient("", "1960-01-02", "", "Yamada=????", "Taro=??"), taro) == "same"
    assert verdict(Patient("", "1971-05-06", "", "Okonkwo=????", "Walter=??"), taro) == "other"


@pytest.mark.parametrize(
    ("name", "birth", "expected"),
    [
        ("Jordan Otherperson", "1961-02-15", "other"),
        ("Jordan Otherperson", "", "cannot tell"),
        ("Jordan Otherperson", BORN, "cannot tell"),
        ("Marisol Quintero-Bathory", "1961-02-15", "cannot tell"),
        ("Marisol Quintero-Bathory", BORN, "same"),
    ],
)
def test_a_name_found_in_text_stops_only_with_another_birth_date(name: str, birth: str, expected: str) -> None:
    assert verdict(Patient(name, birth, worded=True), ME) == expected
    assert is_anothers(Patient(name, birth, worded=True), ME) == (expected != "same")


JURGEN = Person.model_validate(
    {"name": "Jürgen Björkström", "birth_date": "1958-05-17", "aliases": [{"id": "old001", "name": "Jürgen Åström"}]}
)
PLAIN = Person(name="Jurgen Bjorkstrom", birth_date="1958-05-17")
DAMAGED = [
    *(
        f"BJ{sign}RKSTR{sign}M^J{sign}RGEN"
        for sign in ("_", "#", "*", ".", "/", "|", "+", "~", "\\", "-", " ", "", "__")
    ),
    *("BJ&#246;RKSTR&#246;M^J&#252;RGEN", "Bj&ouml;rkstr&ouml;m^J&uuml;rgen", "Bj&#xF6;rkstr&#xF6;m^J&#xFC;rgen"),
    *("Bj%C3%B6rkstr%C3%B6m^J%C3%BCrgen", "BJ%F6RKSTR%F6M^J%FCRGEN", "BJ=F6RKSTR=F6M^J=FCRGEN"),
    *("Bj=C3=B6rkstr=C3=B6m^J=C3=BCrgen", "Bj\\u00f6rkstr\\u00f6m^J\\u00fcrgen", "Bj\\xf6rkstr\\xf6m^J\\xfcrgen"),
    *("BJRKSTRM^JRGEN", "BJ RKSTR M^J RGEN", "BJ RKSTR M", "Bj<F6>rkstr<F6>m^J<FC>rgen"),
    *("J_RGEN BJ_RKSTR_M", "BJ_RKSTR_M, J_RGEN", "BJ_RKSTR_M^J_RGEN^KARL", "Bj|rkstr|m^J~rgen", "BJ\\RKSTR\\M^J^RGEN"),
    *("Bj0rkstr0m^Jurgen", "Bj{o}rkstr{o}m^J{u}rgen"),
]


REPLACED = ["Bjšrkstršm^JŸrgen", "Bjvrkstrvm^J|rgen", "_STR_M^J_RGEN", "STRM^JRGEN"]  # the last two: a former name


def parted(name: str, birth: str) -> Patient:
    family, _, first = name.partition("^")
    return Patient(f"{first} {family}".strip(), birth, "", family if first else "", first)


@pytest.mark.parametrize("name", [*DAMAGED, *REPLACED])
def test_the_patients_damaged_name_is_never_someone_elses(name: str) -> None:
    for read in (parted(name, "1958-05-17"), Patient(name, "1958-05-17")):
        assert verdict(read, JURGEN) == "cannot tell"
        assert not is_anothers(read, JURGEN)
    if "^J" in name and "KARL" not in name:  # complete: enough without a birth date
        assert verdict(parted(name, ""), JURGEN) == "cannot tell"


@pytest.mark.parametrize("name", DAMAGED)
def test_a_case_without_accents_gets_the_same_verdict(name: str) -> None:
    assert verdict(parted(name, "1958-05-17"), PLAIN) == "cannot tell"


@pytest.mark.parametrize("birth", ["1953-06-21", "", "1964-11-30"])
@pytest.mark.parametrize("name", ["Wa1ter Ok0nkwo", "WALTER OKONKW0-L1NDQVIST", "Ok0nkwo-Lindqv1st^Walter"])
def test_digits_in_place_of_letters(name: str, birth: str) -> None:
    walter = Person(name="Walter Okonkwo-Lindqvist", birth_date="1953-06-21")
    assert verdict(parted(name, birth), walter) == "cannot tell"


@pytest.mark.parametrize("mine", [JURGEN, PLAIN])
@pytest.mark.parametrize(
    "name",
    [
        *("Bergstrom^Jorgen", "OTHERPERSON^JORDAN", "Bjork^Hanna", "Björkström^Hanna", "BJ_RKSTR_M^HANNA"),
        "Jorun Bjerke",
        *("OTHERPERSON_JORDAN", "J.Otherperson", "Otherperson/Jordan", "Stone|Ada", "O'Neil-Ash^Pat", "St.John^Ada"),
        *("Smith, Ada 3rd", "SMITH=ADAMS^ADA", "SMITH=EDER^ADA", "Quill-Stone, Ada B.", "Björkström-Ash^Görel"),
    ],
)  # fmt: skip
def test_other_readable_names_stay_different(name: str, mine: Person) -> None:
    assert not is_garbled(name.split("=")[0])
    for birth in ("1958-05-17", "", "1931-11-30"):
        assert verdict(parted(name, birth), mine) == "other"


def test_a_case_without_a_name_gives_no_verdict() -> None:
    assert verdict(Patient("Waltrina Okonkwo", "1951-06-21"), Person(birth_date="1953-06-21")) == "cannot tell"


def test_partial_birth_dates() -> None:
    assert compare_births("1972-03", BORN) == "partly"
    assert compare_births("1973", "1972~") == "partly"
    assert compare_births("1975", "1972~") == "differs"
    assert compare_births("", BORN) == "unknown"


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=12))
def test_any_text_gets_a_verdict_and_the_patients_name_is_never_anothers(family: str, given_: str, birth: str) -> None:
    assert verdict(Patient(f"{given_} {family}", birth, "", family, given_), ME) in ("same", "other", "cannot tell")
    mine = Person(name=f"{given_} {family}", birth_date=BORN)
    assert verdict(Patient("", BORN, "", family, given_), mine) != "other"


def test_a_twin_is_someone_else_and_the_note_asks() -> None:
    twin = judge(Patient("Elena Quintero-Bathory", BORN, family="Quintero-Bathory", given="Elena"), ME)
    assert (twin.verdict, twin.note) == ("other", TWIN)


@pytest.mark.parametrize(
    ("species", "animal"),
    [(None, False), ("", False), ("Homo sapiens", False), ("HUMAN", False), ("Canis lupus familiaris", True)],
)
def test_pictures_of_an_animal_are_nobodys(species: str | None, animal: bool) -> None:
    row = made.read(
        made.image(
            PatientSpeciesDescription=species, PatientName="Quintero-Bathory^Marisol", PatientBirthDate="19720309"
        )
    )
    assert row.patient.animal is animal
    judged = judge(row.patient, ME)
    assert (judged.verdict, judged.note == ANIMAL) == (("other", True) if animal else ("same", False))
