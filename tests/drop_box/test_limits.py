"""How much a drop box takes from one address and in all."""

from __future__ import annotations

from workbook.drop_box.limits import HOUR, MOMENT, Gate, Limits, Wait, one


def bring(gate: Gate, address: str, now: float, *, kept: bool = True) -> Wait | None:
    """A file comes and is kept, or it is nonsense."""
    wait = gate.enter(address, now)
    if wait is None:
        if kept:
            gate.kept(now)
        gate.leave(address)
    return wait


def test_an_address_has_so_many_files_an_hour() -> None:
    gate = Gate(Limits(of_one=3, of_all=100))
    waits = [bring(gate, "a", second) for second in range(5)]
    assert waits == [None, None, None, Wait(3597), Wait(3596)]
    assert bring(gate, "b", 5) is None, "somebody else is not held up"
    assert gate.enter("a", HOUR - 1) == Wait(1)
    assert bring(gate, "a", HOUR) is None
    assert gate.enter("a", HOUR) == Wait(1), "the second one is not yet an hour old"


def test_all_together_have_so_many_files_an_hour() -> None:
    gate = Gate(Limits(of_all=10))
    waits = [bring(gate, f"a{number}", number) for number in range(100)]
    assert waits[:10] == [None] * 10
    assert waits[10] == Wait(3590, of_all=True)
    assert waits[99] == Wait(3501, of_all=True)
    assert bring(gate, "late", HOUR) is None


def test_nonsense_takes_nobodys_turn_but_that_of_its_own_address() -> None:
    gate = Gate(Limits(of_one=3, of_all=10))
    assert [bring(gate, "a", 0, kept=False) for _ in range(4)] == [None, None, None, Wait(3600)]
    for number in range(1000):
        assert bring(gate, f"b{number}", 0, kept=False) is None
    assert bring(gate, "c", 1) is None


def test_few_files_are_on_their_way_at_once() -> None:
    gate = Gate(Limits(at_once=3, at_once_of_one=2))
    waits = [gate.enter(who, 0) for who in "aaabb"]
    assert waits == [None, None, Wait(MOMENT), None, Wait(MOMENT, of_all=True)]
    gate.leave("a")
    assert gate.enter("b", 0) is None


def test_addresses_are_forgotten() -> None:
    gate = Gate(Limits(of_all=10**9), remembered=50)
    for number in range(500):
        bring(gate, f"a{number}", number)
    assert len(gate._times) <= 51
    assert gate._here == {}
    gate.forget(500 + HOUR)
    assert [*gate._times] == [*gate._all] == [], "also when nobody comes any more"


def test_a_network_is_one_address() -> None:
    assert one("2001:db8::1") == one("2001:db8:0:ff::ffff") != one("2001:db8:0:100::1")
    assert one("::ffff:192.0.2.1") == one("192.0.2.1")
