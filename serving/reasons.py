"""Why something is refused: a word for metrics and the log, and what the log says of it. A reason stands here or it cannot be given."""

from __future__ import annotations

REASONS = {
    "method": "a request that is not for reading",
    "origin": "a connection of another site's page, or something that it sent",
    "size": "something longer than what its address takes",
    "version": "a request of a page of another version of the program",
    "slow": "a request that did not arrive in time; its connection was closed",
    "metrics": "a look at the metrics from outside the networks that may",
    # more than one address is given
    "lanes": "more lanes than one address is worked out at once",
    "sweeps": "more maps and sweeps than one address is worked out at once",
    "trainings": "more trainings than one address is worked out at once",
    "rooms": "more requests to rooms than one address has at once",
    "files": "more files and pages than one address is sent at once",
    "connections": "more new connections than one address has at once",
    # what a room of a lecture hall does not do: `why` of rooms.Refused
    "room-wrong": "the code of a room that does not exist",
    "room-guessing": "a room's code from an address that tried too many",
    "room-gone": "a look for a room that is over",
    "room-away": "a look for a room of another server",
    "room-restarted": "a look for a room from before the last start",
    "room-secret": "the lead of a room without its secret",
    "room-often": "a new room for an address that opened too many",
    "room-many": "a new room where as many are open as fit",
    "room-full": "a place in a room that is full",
    "room-elsewhere": "an answer to what a room does not ask",
    "room-shown": "an answer after the answers were shown",
    "room-fast": "more answers than one browser may give at once",
    "room-unreadable": "something that no room takes",
}
