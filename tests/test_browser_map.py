"""Which maps of runs the page asks for while a hand moves."""

from __future__ import annotations

from tests.blank_page import Call

# Every request waits until it is answered with a map of n × n cells; ended ones say so.
ASKED = """async ({ showSweep, ranges, leaveSweep, sweep }) => {
    const asked = [];
    const plain = window.fetch;
    window.fetch = (address, { signal }) => new Promise((resolve, reject) => {
        const { pathname, searchParams } = new URL(address);
        const request = { kind: pathname.split("/").pop(), low: searchParams.get("ax.low"), ended: false };
        request.answer = (n) => resolve(new Response(packed({ map: { n } })));
        signal.addEventListener("abort", () => { request.ended = true; reject(new DOMException("", "AbortError")); });
        asked.push(request);
    });
    const packed = (value) => {
        const header = new TextEncoder().encode(JSON.stringify({ value, arrays: [] }));
        const message = new Uint8Array(8 + header.length);
        new DataView(message.buffer).setUint32(0, header.length, true);
        message.set(header, 8);
        return message;
    };
    const due = () => new Promise((resolve) => setTimeout(resolve)); // whatever can be done without an answer is done
    const axis = (key, range) => ({ key, range, home: range, limits: range, finest: 1e-12 });
    const axes = [axis("1.lr", [1, 9]), axis("1.momentum", [0, 1])];
    ranges.keep = () => {};
    const look = async (low) => { ranges.zoom([[low, 9], [0, 1]]); await due(); };
    const answer = async (n) => {
        const before = sweep.map;
        asked.at(-1).answer(n);
        while (sweep.map === before) await due();
        await due();
    };
    const seen = [];
    try {
        showSweep({ link: { surface: "bowl" }, axes });
        await answer(40);
        seen.push(["a coarse map has come", sweep.map.n]);
        await look(2);
        await answer(200);
        seen.push(["a fine one has come", sweep.map.n]);
        await look(3); await look(4); await look(5);
        await answer(200);
        await answer(200);
    } finally {
        leaveSweep();
        window.fetch = plain;
    }
    return [seen, asked.map(({ kind, low, ended }) => [kind, low, ended])];
}"""


def test_a_fine_map_is_asked_for_only_where_the_first_was_coarse_and_ends_with_another_wish(call: Call):
    seen, asked = call("stage/sweeps.js", ASKED)
    assert seen == [["a coarse map has come", 40], ["a fine one has come", 200]]
    assert asked == [
        ["first", "1", False],
        ["200", "1", True],  # the hand has gone on
        ["first", "2", False],
        ["first", "3", False],  # one at a time, and what was wanted meanwhile is passed over
        ["first", "5", False],
    ]
