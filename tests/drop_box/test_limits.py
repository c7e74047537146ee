"""How much a drop box takes from one address and in all."""

from __future__ import annotations

from workbook.drop_box.limits import HOUR, Gate, Limits, one


def test_an_address_has_so_many_files_an_hour() -> None:
    gate = Gate(Limits(of_one=3, of_all=100))
    taken = []
    for second in range(5):
        taken.append(gate.enter("a", second))
        if taken[-1]:
            gate.leave("a")
    assert taken == [True, True, True, False, False]
    assert gate.enter("b", 5), "somebody else is not held up"
    assert not gate.enter("a", HOUR - 1)
    assert gate.enter("a", HOUR + 1)


def test_all_together_have_so_many_files_an_hour() -> None:
    gate = Gate(Limits(of_all=10))
    taken = 0
    for number in range(1000):
        if gate.enter(f"a{number}", 0):
            taken += 1
            gate.leave(f"a{number}")
    assert taken == 10
    assert gate.enter("late", HOUR + 1)


def test_few_files_are_on_their_way_at_once() -> None:
    gate = Gate(Limits(at_once=3, at_once_of_one=2))
    assert [gate.enter(who, 0) for who in "aaabb"] == [True, True, False, True, False]
    gate.leave("a")
    assert gate.enter("b", 0)


def test_addresses_are_forgotten() -> None:
    gate = Gate(Limits(of_all=10**9), remembered=50)
    for number in range(500):
        gate.enter(f"a{number}", number)
        gate.leave(f"a{number}")
    assert len(gate._times) <= 51
    assert gate._here == {}
    gate.enter("z", 10 * HOUR)
    assert [*gate._times] == ["z"]


def test_a_network_is_one_address() -> None:
    assert one("2001:db8::1") == one("2001:db8::ffff") != one("2001:db8:1::1")
    assert one("::ffff:192.0.2.1") == one("192.0.2.1")
