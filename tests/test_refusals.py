"""What is refused is counted, and the log says so in few lines without anybody's address."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from serving import refused
from serving.metrics import REGISTRY
from serving.reasons import REASONS
from serving.refusals import Account, PERIOD, network_of
from tests.conftest import ROOT
from views.lessons.room import STATUS


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Log:
    """A log, and what writes it."""

    lines: list[str] = field(default_factory=list)
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.account = Account(self.lines.append, self.clock)


def counted(reason: str) -> float:
    return REGISTRY.get_sample_value("descent_lab_refused_total", {"reason": reason}) or 0.0


def test_a_refusal_is_counted_under_its_reason():
    before = {reason: counted(reason) for reason in REASONS}
    refused("method", "192.0.2.7")
    refused("method", "192.0.2.8")
    assert {reason: counted(reason) - n for reason, n in before.items() if counted(reason) != n} == {"method": 2}


def test_a_reason_that_is_not_in_the_table_cannot_be_given():
    with pytest.raises(KeyError):
        Log().account.take("because", "")


def test_every_refusal_of_a_room_has_its_reason():
    assert {f"room-{why}" for why in STATUS} == {reason for reason in REASONS if reason.startswith("room-")}


def test_every_other_reason_is_given_somewhere():
    text = "".join(path.read_text("utf-8") for path in (ROOT / "serving").glob("*.py") if path.name != "reasons.py")
    assert [reason for reason in REASONS if not reason.startswith("room-") and f'"{reason}"' not in text] == []


def test_the_log_says_what_was_refused_and_why_with_the_network_alone():
    log = Log()
    log.account.take("origin", "203.0.113.77")
    assert log.lines == ["Refused (origin): a connection of another site's page, or something that it sent, from 203.0.113.0/24."]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("127.0.0.1", "this machine"),
        ("::1", "this machine"),
        ("testclient", "an unknown network"),
        ("", "an unknown network"),
    ],
)
def test_of_an_address_the_log_has_the_network(address: str, network: str):
    assert network_of(address) == network


def test_a_flood_is_two_lines_a_minute():
    log = Log()
    for k in range(6000):  # 2 min of 50 a second
        log.clock.now = k * 0.02
        log.account.take("lanes", f"203.0.113.{k % 200}" if k % 3 else f"198.51.{k % 100}.1")
    assert len(log.lines) == 2
    assert log.lines[1].startswith("Refused (lanes): and 2999 more of these in the last 60 s, ")
    assert log.lines[1].endswith("from 203.0.113.0/24.")


def test_the_last_of_a_flood_are_told_too_and_then_nothing():
    log = Log()
    log.account.take("lanes", "203.0.113.1")
    log.account.take("lanes", "203.0.113.2")
    log.clock.now = PERIOD - 1
    log.account.due()
    assert len(log.lines) == 1
    for log.clock.now in (PERIOD, 2 * PERIOD, 3 * PERIOD):
        log.account.due()
    assert log.lines[1:] == ["Refused (lanes): and 1 more of these in the last 60 s, 1 of them from 203.0.113.0/24."]
    log.account.take("lanes", "203.0.113.3")
    assert len(log.lines) == 3


def test_a_flood_from_everywhere_takes_no_more_memory():
    log = Log()
    for k in range(5_000):
        log.account.take("files", f"10.{k // 256}.{k % 256}.1")
    assert len(log.account.more["files"]) <= 1001


def test_one_reason_does_not_hide_another():
    log = Log()
    for reason in ("lanes", "sweeps", "lanes"):
        log.account.take(reason, "")
    assert [line.split(":")[0] for line in log.lines] == ["Refused (lanes)", "Refused (sweeps)"]
