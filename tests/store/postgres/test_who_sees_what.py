"""Who may see what, attacked with SQL as a signed-in person could: each refusal beside the owner's success."""

from __future__ import annotations

import pytest

from tests.builders import case
from tests.practice_database import one_practice
from workbook.errors import NoSuchCase, StoreTrouble
from workbook.practice import board
from workbook.session import Change, Session
from workbook.store.postgres.connection import connect
from workbook.store.postgres.people import leave, log

SECRET = "PLANTED-SECRET"
BODIES = "select body from workbook.open_case('knee')"
TABLES = ("people", "members", "cases", "own_parts", "history", "derived", "assignments", "shares", "covers", "offers")


@pytest.fixture(scope="module")
def attacked(cluster, tmp_path_factory):
    """One practice for all attacks, which change nothing."""
    with one_practice(cluster, tmp_path_factory.mktemp("attacked")) as practice:
        yield _plant(practice)


@pytest.fixture
def planted(practice):
    """A practice with the same case for one test, which may change it."""
    return _plant(practice)


def _plant(practice):
    """Ada's case, with a shared answer, a private note, a history and an offer to a colleague."""
    place = practice.store("ada")
    place.create(case(goal__own_words=f"{SECRET} story"))
    page = Session(place, "knee", "advocate")
    page.apply([Change("add", "notes", {"id": "n1", "text": f"{SECRET} note", "visibility": "advocate_private"})])
    page.apply([Change("put", "goal.own_words", f"{SECRET} new story")])
    place.keep_derived("today", [("knee", place.version("knee"), f"{SECRET} row")])
    practice.team("ada").offer("knee", "cleo", f"{SECRET} of the offer")
    return practice


def _try(practice, role: str, *statements: str) -> str:
    """Everything that a role reads with these statements, or why it was refused."""
    import psycopg

    with connect(practice.address(role)) as db:
        try:
            found = [db.execute(s.encode()) for s in statements]
            return str([c.fetchall() for c in found if c.description])
        except psycopg.Error as error:
            return f"refused {error.sqlstate}: {error.diag.message_primary}"


ATTACKS = {
    "reads the list": ["select id, nickname from workbook.cases"],
    "reads the case": [BODIES],
    "reads all cases": ["select * from workbook.list_cases(array['knee'])"],
    "reads bodies directly": ["select body from workbook.cases"],
    "reads own parts": ["select * from workbook.own_parts"],
    "reads the history": ["select * from workbook.history"],
    "reads what was worked out": ["select * from workbook.derived"],
    "reads offers": ["select * from workbook.offers", "select * from workbook.offers_here()"],
    "forges settings": [
        "set workbook.role = 'ada'", "select set_config('session_user', 'ada', false)", "set app.org = 'north'", BODIES,
    ],
    "becomes the other": ["set role ada", BODIES],
    "becomes the owner": ["set role workbook_owner", BODIES],
    "becomes the group": ["set role workbook_person", BODIES],
    "takes another session": ["set session authorization ada", BODIES],
    "turns the policies off": ["set row_security = off", "select id from workbook.cases"],
    "drops the policies": ["alter table workbook.cases disable row level security", BODIES],
    "assigns it to itself": ["insert into workbook.assignments (case_key, role) select 1, session_user", BODIES],
    "shares it with its team": ["select workbook.share('knee', 'south')", BODIES],
    "answers the offer": ["select workbook.answer(1, 'accepted')", BODIES],
    "covers for its owner": ["insert into workbook.covers values ('ada', user, '2020-01-01', '2099-01-01')", BODIES],
    "invites itself": ["select workbook.invite('knee', 'ben')", BODIES],
    "joins the team": ["insert into workbook.members values ('north', session_user, true)", BODIES],
    "shadows a table": [
        "create temp table assignments (case_key bigint, role name)",
        "insert into pg_temp.assignments values (1, session_user)",
        "set search_path = pg_temp, workbook", BODIES,
    ],
    "peeks with a function of its own": [
        "create function pg_temp.peek(text) returns boolean language plpgsql cost 1e-7 as $$begin raise '%', $1; end$$",
        "select nickname from workbook.cases where pg_temp.peek(nickname)",
    ],
    "writes over it": ["update workbook.cases set nickname = 'mine' returning nickname"],
    "deletes it": ["delete from workbook.cases returning id"],
    "plants history": ["insert into workbook.history overriding system value values (99, 1, '', '', '', 0, 0, '[]')"],
    "keeps a note in it": ["insert into workbook.own_parts values (1, session_user, '{}') returning case_key"],
    "keeps a note as the other": ["insert into workbook.own_parts values (1, 'ada', '{}') returning case_key"],
    "copies a table out": ["copy workbook.cases to stdout"],
    "looks at statistics": ["select most_common_vals::text from pg_stats where schemaname = 'workbook'"],
    "looks at what runs": ["select query from pg_stat_activity where usename = 'ada'"],
    "reads a file": ["select pg_read_file('postgresql.conf')"],
    "reads passwords": ["select rolpassword from pg_authid"],
}  # fmt: skip


@pytest.mark.parametrize("who", ["ben", "pat", "rex"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_nobody_else_gets_a_word_of_it(attacked, attack: str, who: str) -> None:
    planted = attacked
    found = _try(planted, who, *ATTACKS[attack])
    assert SECRET not in found
    assert "Knee" not in found
    assert planted.sql("select count(*) from workbook.cases where nickname = 'Knee'") == [(1,)], "nor changes it"
    assert planted.sql("select count(*) from workbook.own_parts") == [(1,)]
    assert SECRET in _try(planted, "ada", BODIES), "and its owner has it"


def test_the_owner_reads_each_of_these(planted) -> None:
    for attack in ("reads the list", "reads the case", "reads all cases", "reads own parts", "reads the history"):
        assert "refused" not in (found := _try(planted, "ada", *ATTACKS[attack])), attack
        assert SECRET in found or "Knee" in found, attack


def test_even_the_owner_reads_a_body_only_where_it_is_logged(planted) -> None:
    assert _try(planted, "ada", "select body from workbook.cases").startswith("refused 42501")
    before = planted.sql("select count(*) from workbook.audit where who = 'ben'")
    assert _try(planted, "ben", BODIES) == "[[]]"
    assert planted.sql("select count(*) from workbook.audit where who = 'ben'") == before


@pytest.mark.parametrize("who", ["ada", "ben", "pat", "rex"])
@pytest.mark.parametrize(
    "change",
    [
        "update workbook.audit set who = 'ben'",
        "delete from workbook.audit",
        "truncate workbook.audit",
        "drop table workbook.audit",
        "insert into workbook.audit (action) values ('forged')",
        "select workbook.note('forged', 1, 'knee')",
        "alter table workbook.audit disable trigger all",
    ],
)
def test_nobody_writes_to_the_log(planted, who: str, change: str) -> None:
    before = planted.sql("select * from workbook.audit order by number")
    assert _try(planted, who, change).startswith("refused 42501")
    assert planted.sql("select * from workbook.audit order by number") == before != []


@pytest.mark.parametrize(
    "change", ["update workbook.audit set who = 'x'", "delete from workbook.audit", "truncate workbook.audit"]
)
def test_not_even_the_administrator_changes_the_log_by_mistake(planted, change: str) -> None:
    assert "The log cannot be changed" in _try(planted, "postgres", change)


def test_only_the_auditor_reads_the_log_and_no_answer_is_in_it(planted) -> None:
    for who in ("ada", "ben", "pat"):
        assert _try(planted, who, "select * from workbook.audit").startswith("refused 42501"), who
    with connect(planted.address("rex")) as db:
        found = log(db, case_id="knee")
    assert {(e.who, e.action) for e in found} >= {("ada", "created"), ("ada", "opened"), ("ada", "changed")}
    assert "goal.own_words" in {place for e in found for place in e.places}
    assert SECRET not in str(found)
    for table in TABLES:
        if table != "people":
            assert _try(planted, "rex", f"select * from workbook.{table}").startswith("refused 42501"), table


def test_a_list_is_noted_by_workbook_and_is_no_opening(planted) -> None:
    def noted() -> list[tuple[object, ...]]:
        return planted.sql("select action, case_id from workbook.audit where who = 'ada' and case_id <> 'knee'")

    place = planted.store("ada")
    for key in ("hip", "toe"):
        place.create(case(key))
    before = noted()
    assert len(board.lines(place)) == 3
    assert len(board.lines(place)) == 3
    assert noted() == [*before, ("listed", "hip"), ("listed", "toe")]
    place.read("toe")
    assert noted()[-1] == ("opened", "toe")


def test_a_client_sees_the_one_workbook_without_the_advocates_own_notes(planted) -> None:
    planted.store("ada").create(case("hip"))
    planted.team("ada").invite("knee", "pat")
    place = planted.store("pat")
    assert [row.id for row in place.cases()] == ["knee"]
    assert SECRET in str(place.read("knee")), "the shared answers"
    assert f"{SECRET} note" not in str(place.read("knee"))
    assert f"{SECRET} note" not in str(place.history("knee"))
    with pytest.raises(NoSuchCase):
        place.read("hip")
    Session(place, "knee").apply([Change("put", "visit.note_taker", "My son")])
    assert Session(planted.store("ada"), "knee").case.visit.note_taker == "My son"
    assert "n1" in Session(planted.store("ada"), "knee").case.notes, "and they are still there"
    with pytest.raises(StoreTrouble, match="Only the advocate"):
        place.erase("knee")
    with pytest.raises(StoreTrouble, match="has a workbook already"):
        planted.team("ada").invite("hip", "pat")
    for refused in ("offer('knee', 'ben')", "share('knee', 'north')", "cover('ben', '2026-01-01', '2027-01-01')"):
        assert "refused" in _try(planted, "pat", f"select workbook.{refused}")
    assert "ben" not in _try(planted, "pat", "select * from workbook.colleagues()")


def test_ids_that_others_use_are_not_given_away(planted) -> None:
    own = planted.store("ben")
    own.create(case(goal__own_words="Another knee"))
    assert Session(own, "knee").case.goal.own_words == "Another knee"
    own.erase("knee")
    assert SECRET in str(planted.store("ada").read("knee"))


def test_an_auditor_or_a_client_starts_no_workbook(practice) -> None:
    for who in ("pat", "rex"):
        with pytest.raises(StoreTrouble):
            practice.store(who).create(case())
    assert practice.sql("select count(*) from workbook.cases") == [(0,)]


def test_somebody_who_leaves_is_out_at_once_also_where_they_are_signed_in(planted) -> None:
    import secrets

    from workbook.store.postgres.people import add

    planted.cluster.secrets["dee"] = secrets.token_urlsafe(12)
    with connect(planted.address("postgres")) as db:
        add(db, "dee", "advocate", password=planted.cluster.secrets["dee"])
        place = planted.store("dee")
        place.create(case("hers"))
        with pytest.raises(StoreTrouble, match="still has 1 workbook"):
            leave(db, "dee")
        assert leave(db, "dee", "ada") == 1
    with pytest.raises(StoreTrouble) as refused:
        place.cases()
    assert str(refused.value).startswith("The practice's database does not let you in")
    assert {row.id for row in planted.store("ada").cases()} == {"knee", "hers"}


def test_a_role_that_is_dropped_behind_our_back_sees_nothing(planted) -> None:
    planted.sql("create role eve login password 'eve-made-up' in role workbook_person")
    planted.cluster.secrets["eve"] = "eve-made-up"
    planted.sql("insert into workbook.people values ('eve', 'advocate')")
    key = planted.sql("select key from workbook.cases")[0][0]
    planted.sql("insert into workbook.assignments (case_key, role) values (%s, 'eve')", key)
    with connect(planted.address("eve")) as db:
        assert SECRET in str(db.execute(BODIES.encode()).fetchall())
        planted.sql("delete from workbook.people where role = 'eve'")
        assert db.execute(BODIES.encode()).fetchall() == []
        planted.sql("drop role eve")
    assert SECRET not in _try(planted, "ada", "select workbook.colleagues()")
