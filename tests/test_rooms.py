"""A lecture hall's rooms, without HTTP and without waiting: how they begin and end, what they count, what they show to whom, and what is refused."""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Iterator
from typing import Any

import pytest

from core.rate import Rate
from rooms import Asked, CODE, Desk, LETTERS, Place, Refused, Register, Room, RoomsProcess, asking
from rooms.answers import MOST, gathered, taken
from rooms.apart import AT
from rooms.asking import Here
from rooms.letters import OWN, own_letters
from rooms.register import GUESSES, OPENED, ROOMS
from rooms.room import ANSWERS, AWAY, HERE, IDLE, KEPT, LONGEST, STUDENTS
from tests.elsewhere import finished

HALL, ELSEWHERE = "10.0.0.1", "10.0.0.2"
VALLEY, EDGE = Place("zigzag", "valley"), Place("zigzag", "edge")
THREE = Asked("choice", 3)
FIRST, SECOND = "1" * 32, "2" * 32


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def register(clock: Clock) -> Register:
    return Register(clock)


@pytest.fixture
def room(register: Register) -> Room:
    return register.open(HALL, VALLEY, THREE)


def why(act: Any, *given: Any) -> str:
    with pytest.raises(Refused) as caught:
        act(*given)
    assert str(caught.value)
    return caught.value.why


# Codes and secrets


def test_a_code_can_be_read_from_the_last_row_and_a_secret_is_of_128_bits(register: Register):
    rooms = [register.open(HALL, VALLEY, THREE) for _room in range(5)]
    assert len({room.code for room in rooms}) == 5
    assert all(len(room.code) == CODE and set(room.code) <= set(LETTERS) for room in rooms)
    assert all(re.fullmatch("[0-9a-f]{32}", room.secret) for room in rooms)
    assert len(set(LETTERS)) == len(LETTERS)
    assert not set(LETTERS) & set("01258OIQLZSBGUVAE")


def test_only_who_holds_the_secret_leads(register: Register, room: Room):
    assert register.led(room.code, room.secret, register.era, HALL) is room
    forged = ("", "0" * 32, room.secret[:-1], room.secret.upper() + "é")
    assert [why(register.led, room.code, secret, register.era, HALL) for secret in forged] == ["secret"] * 4


def test_the_teacher_is_let_in_whatever_others_at_the_same_address_typed(register: Register, room: Room):
    for _guess in range(GUESSES[0]):
        why(register.led, room.code, "0" * 32, "", HALL)
    assert why(register.led, room.code, "0" * 32, "", HALL) == "guessing"
    assert register.led(room.code, room.secret, "", HALL) is room


def test_a_class_behind_one_address_comes_in_though_some_type_the_code_wrong(register: Register, room: Room):
    for number in range(300):
        if number % 5 == 0:
            assert why(register.enter, "CCCC", f"{number:032x}", "", HALL) == "wrong"
        assert register.enter(room.code, f"{number:032x}", "", HALL) is room
    assert room.present(1000.0) == 300


def test_who_guesses_too_often_learns_nothing_more_and_who_is_in_stays_in(register: Register, room: Room, clock: Clock):
    register.enter(room.code, FIRST, "", HALL)
    assert [why(register.enter, "CCCC", SECOND, "", HALL) for _guess in range(GUESSES[0])] == ["wrong"] * GUESSES[0]
    assert [why(register.enter, code, SECOND, "", HALL) for code in ("CCCC", room.code)] == ["guessing"] * 2
    assert why(register.look, room.code, HALL) == "guessing"
    assert register.enter(room.code, FIRST, "", HALL) is room
    assert register.enter(room.code, SECOND, "", ELSEWHERE) is room
    clock.now += GUESSES[1]
    assert register.look(room.code, HALL) is room


def test_to_guess_one_of_all_rooms_from_one_address_takes_longer_than_a_room_is_open():
    assert len(LETTERS) ** CODE / ROOMS * GUESSES[1] > LONGEST


# Beginning and end


def test_a_room_that_nobody_leads_and_nobody_answers_in_is_over(register: Register, room: Room, clock: Clock):
    clock.now += IDLE - 1
    register.led(room.code, room.secret, "", HALL)
    clock.now += IDLE - 1
    assert register.enter(room.code, FIRST, "", HALL) is room
    clock.now += 2
    assert why(register.enter, room.code, FIRST, "", HALL) == "gone"
    assert register.rooms == {}


def test_no_room_is_open_longer_than_its_time(register: Register, room: Room, clock: Clock):
    for _hour in range(int(LONGEST / 3600)):
        clock.now += 3600
        register.led(room.code, room.secret, "", HALL)
    clock.now += 1
    assert why(register.led, room.code, room.secret, "", HALL) == "gone"


def test_whoever_was_in_a_room_that_is_over_is_told_so_and_it_is_no_guess(register: Register, room: Room):
    register.close(room)
    assert {why(register.enter, room.code, f"{number:032x}", register.era, HALL) for number in range(300)} == {"gone"}
    assert register.guesses.wait(HALL, 1000.0) == 0


def test_after_a_restart_whoever_was_in_a_room_is_told_so(room: Room, register: Register, clock: Clock):
    anew = Register(clock)
    assert {why(anew.enter, room.code, f"{number:032x}", register.era, HALL) for number in range(300)} == {"restarted"}
    assert why(anew.led, room.code, room.secret, register.era, HALL) == "restarted"


def test_only_so_many_rooms_are_open_and_so_many_from_one_address(register: Register, clock: Clock):
    for _room in range(OPENED[0]):
        register.open(HALL, VALLEY, THREE)
    assert why(register.open, HALL, VALLEY, THREE) == "often"
    for number in range(ROOMS - OPENED[0]):
        register.open(f"10.1.0.{number}", VALLEY, THREE)
    assert why(register.open, ELSEWHERE, VALLEY, THREE) == "many"
    clock.now += IDLE + 1
    assert register.open(ELSEWHERE, VALLEY, THREE)


# Predictions


def test_a_browser_counts_once_however_often_it_answers(room: Room):
    for option in (0, 1, 1, 2):
        room.tell(FIRST, VALLEY, option, 0.0)
    room.tell(SECOND, VALLEY, 2, 0.0)
    room.lead(VALLEY, THREE, True, 0.0)
    assert room.watched(0.0)["answers"] == 2
    assert room.watched(0.0)["counts"] == [0, 0, 2]


def test_what_was_answered_is_hidden_until_it_is_shown(room: Room):
    room.tell(FIRST, VALLEY, 1, 0.0)
    hidden = room.watched(0.0)
    assert set(hidden) == {"lesson", "step", "revealed", "students", "answers", "kind"}
    assert (hidden["answers"], hidden["revealed"]) == (1, False)
    room.lead(VALLEY, THREE, True, 0.0)
    assert room.watched(0.0)["counts"] == [0, 1, 0]


def test_students_are_told_the_step_and_nothing_of_each_other(room: Room):
    room.come(FIRST, 0.0)
    room.tell(FIRST, VALLEY, 1, 0.0)
    room.lead(VALLEY, THREE, True, 0.0)
    assert room.followed() == {"lesson": "zigzag", "step": "valley", "revealed": True}


def test_once_shown_no_answer_is_counted_until_they_are_hidden_again(room: Room):
    room.tell(FIRST, VALLEY, 1, 0.0)
    room.lead(VALLEY, THREE, True, 0.0)
    assert why(room.tell, FIRST, VALLEY, 0, 0.0) == "shown"
    room.lead(VALLEY, THREE, False, 0.0)
    room.tell(FIRST, VALLEY, 0, 0.0)  # after a talk with one's neighbour
    room.lead(VALLEY, THREE, True, 0.0)
    assert room.watched(0.0)["counts"] == [1, 0, 0]


def test_each_step_has_answers_of_its_own_and_the_last_few_are_kept(room: Room):
    room.tell(FIRST, VALLEY, 1, 0.0)
    room.lead(EDGE, Asked("slide", low=0.0, high=1.0), False, 0.0)
    assert why(room.tell, FIRST, VALLEY, 1, 0.0) == "elsewhere"
    room.tell(FIRST, EDGE, 0.25, 0.0)
    room.lead(EDGE, Asked("slide", low=0.0, high=1.0), True, 0.0)
    assert room.watched(0.0)["values"] == [0.25]
    room.lead(VALLEY, THREE, False, 0.0)
    assert room.watched(0.0)["answers"] == 1
    for number in range(3 * KEPT):
        room.lead(Place("zigzag", f"s{number}"), None, False, 0.0)
    assert len(room.answers) == len(room.asked) == KEPT
    assert room.watched(0.0) == {**room.followed(), "students": 0, "answers": 0, "kind": ""}
    assert why(room.tell, FIRST, room.place, 1, 0.0) == "elsewhere"


def test_those_who_left_are_not_counted_as_here_and_their_answers_are(room: Room):
    room.come(FIRST, 0.0)
    room.tell(FIRST, VALLEY, 1, 0.0)
    room.come(SECOND, HERE)
    assert room.present(HERE) == 2
    assert (room.watched(HERE + 1)["students"], room.watched(HERE + 1)["answers"]) == (1, 1)


def test_a_room_has_so_many_places_and_one_that_was_left_is_given_away(room: Room):
    for number in range(STUDENTS):
        room.come(f"{number:032x}", float(number) / STUDENTS)
    assert why(room.come, "f" * 32, AWAY - 1) == "full"
    room.come("f" * 32, AWAY)
    assert len(room.seen) == STUDENTS
    assert f"{0:032x}" not in room.seen


def test_a_browser_that_answers_without_end_is_asked_to_wait(room: Room):
    for number in range(ANSWERS[0]):
        room.tell(FIRST, VALLEY, number % 3, 0.0)
    assert why(room.tell, FIRST, VALLEY, 1, 0.0) == "fast"
    room.tell(SECOND, VALLEY, 1, 0.0)
    room.tell(FIRST, VALLEY, 1, ANSWERS[1])


def test_a_turn_is_counted_where_something_changes_for_the_students(room: Room):
    turns = [room.turn]
    for place, revealed in ((VALLEY, False), (VALLEY, True), (EDGE, False)):
        room.lead(place, THREE, revealed, 0.0)
        turns.append(room.turn)
    assert turns == [0, 0, 1, 2]


# Answers


@pytest.mark.parametrize(
    ("asked", "given", "answer"),
    [
        (THREE, 2, (2,)),
        (Asked("slide", low=0.005, high=0.5), 0.0123456, (0.01235,)),
        (Asked("place", 2), [[1.23456, -2], None], (1.235, -2, None, None)),
        (Asked("sketch"), [1, 0.5, None], (1, 0.5, None)),
    ],
)
def test_an_answer_is_numbers_with_as_many_digits_as_a_hand_has(asked: Asked, given: Any, answer: tuple[float, ...]):
    assert taken(asked, given) == answer
    json.dumps(gathered(asked, [answer]))


NOT = [True, None, "1", 3, -1, 1.0, [1], {}, float("nan"), float("inf")]


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        *((THREE, each) for each in NOT),
        *((Asked("slide", low=0.0, high=1.0), each) for each in (True, None, "0.5", -1, 1.1, float("nan"), [0.5])),
        *((Asked("place", 1), each) for each in (None, [], [None], [[1, 2], [3, 4]], [[1]], [[1, 2, 3]], ["ab"], [[1, "2"]], [[1, 2 * MOST]], [{}])),
        *((Asked("sketch"), each) for each in (None, [], [1], [0] * 33, [1, None], [float("nan"), 1], [[1], [2]], "123")),
        (Asked("essay"), "I think that"),
    ],
)
def test_what_is_no_answer_is_refused(asked: Asked, given: Any):
    assert why(taken, asked, given) == "unreadable"


def test_answers_are_gathered_without_an_order_that_says_whose_they_are():
    points = [(1.0, 2.0, None, None), (0.0, 0.0, 3.0, 4.0)]
    both = [gathered(Asked("place", 2), order) for order in (points, points[::-1])]
    assert both == [{"points": [[[0.0, 0.0], [1.0, 2.0]], [[3.0, 4.0]]]}] * 2
    assert gathered(Asked("sketch"), [(1.0, 0.0)]) == {"curves": [[1.0, 0.0]]}


# Rates


def test_a_rate_forgets_and_stays_bounded():
    rate = Rate(burst=2, every=10.0, keys=100)
    assert [rate.spend("a", 0.0) for _time in range(3)] == [0, 0, 10]
    assert [rate.wait("a", at) for at in (4.0, 10.0)] == [6, 0]
    assert rate.spend("b", 0.0) == 0
    for number in range(1000):
        rate.spend(number, 0.0)
    assert len(rate.full) <= 100


# Of several processes, and of several servers


def test_a_refusal_arrives_whole_from_another_process():
    refused = Refused("many", "{most} rooms are open.", after=600, most=30)
    arrived = pickle.loads(pickle.dumps(refused))
    assert (type(arrived), arrived.why, arrived.after, str(arrived)) == (Refused, "many", 600, "30 rooms are open.")


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> Iterator[RoomsProcess]:
    monkeypatch.setenv(AT, "")
    process = RoomsProcess()
    yield process
    process.end()


def test_rooms_in_a_process_of_their_own_are_asked_in_the_same_words(apart: RoomsProcess):
    async def lesson(register: Register | None = None) -> list[Any]:
        ask = Here(Desk(register)) if register else asking()
        room = await ask(Desk.open, HALL, VALLEY, THREE)
        code, secret, era = room["code"], room["secret"], room["era"]
        told: list[Any] = [await ask(Desk.follow, code, FIRST, "", HALL, "")]
        told += [await ask(Desk.tell, code, FIRST, era, HALL, VALLEY, 1), await ask(Desk.look, code, HALL)]
        await ask(Desk.lead, code, secret, era, HALL, VALLEY, THREE, True)
        told.append(await ask(Desk.watch, code, secret, era, HALL, ""))
        told += [await ask(Desk.watch, code, secret, era, HALL, told[-1]["since"]), await ask(Desk.follow, code, FIRST, era, HALL, "1")]
        await ask(Desk.close, code, secret, era, HALL)
        with pytest.raises(Refused) as caught:
            await ask(Desk.look, code, HALL)
        return [*(each | {"era": ""} if isinstance(each, dict) else each for each in told), caught.value.why]

    assert finished(lesson()) == finished(lesson(Register()))


def test_where_the_rooms_process_dies_its_pages_are_told_and_another_takes_new_rooms(apart: RoomsProcess, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(asking.__globals__, "PAUSES", [0.5] * 200)  # however long a busy machine takes to begin a process

    async def lesson() -> str:
        ask = asking()
        room = await ask(Desk.open, HALL, VALLEY, THREE)
        apart.process.kill()
        apart.process.join()
        apart.begin()
        with pytest.raises(Refused) as caught:
            await ask(Desk.follow, room["code"], FIRST, room["era"], HALL, "")
        new = await ask(Desk.open, HALL, VALLEY, THREE)
        assert await ask(Desk.look, new["code"], HALL) == VALLEY
        return caught.value.why

    assert finished(lesson()) == "restarted"


def test_behind_a_proxy_a_code_says_whose_its_room_is(clock: Clock):
    register = Register(clock, own="CD")
    rooms = [register.open(HALL, VALLEY, THREE) for _room in range(OPENED[0])]
    assert {room.code[0] for room in rooms} <= set("CD")
    assert [why(register.look, code, HALL) for code in ("HCCC", "XCCC", "CCCC", "BCCC")] == ["away", "away", "wrong", "wrong"]
    assert why(register.enter, "HCCC", FIRST, "0" * 16, HALL) == "away"
    assert why(register.led, "HCCC", "", "0" * 16, HALL) == "away"


@pytest.mark.parametrize(
    ("given", "used", "said"),
    [
        ("", LETTERS, ""),
        ("CDF", "CDF", ""),
        ("f, c, f", "FC", ""),
        ("CDB1", "CD", "'B1' is in no code; a code's letters are CDFHJKMNPRTWXY34679. Until that is corrected CD are used."),
        ("AEB", LETTERS, "'AEB' is in no code; a code's letters are CDFHJKMNPRTWXY34679. Until that is corrected codes begin with any of them"),
    ],
)
def test_a_servers_own_letters_are_letters_of_codes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], given: str, used: str, said: str
):
    monkeypatch.setenv(OWN, given)
    assert own_letters() == used
    assert capsys.readouterr().err.startswith(f"{OWN}: {said}" if said else "")
