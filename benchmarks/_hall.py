"""A lesson in a lecture hall, over HTTP alone: its teacher's room and the students in it; and someone who goes through a lesson alone."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable
from random import Random
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from benchmarks._visitor import Seen, unpacked
from benchmarks._wire import Wire
from lessons import LESSONS

POLL = 1.0  # seconds between two questions of a browser, a quarter more or less
TURN = (15.0, 40.0)  # seconds that the teacher stays at a step, the last third of them with the answers shown
AWAY = (0.05, 3.0, 12.0)  # how often a student looks elsewhere after an answer, and for how many seconds
READ = (2.0, 6.0)  # seconds that someone alone reads a step
PAPERS = ("sheet", "handout", "file", "picture")


class Reader:
    """Someone whose choices are made by `Random(seed)`; what goes wrong is noted with it."""

    def __init__(self, address: str, seed: int, seen: Seen, who: str = "") -> None:
        self.seed, self.seen, self.who, self.random = seed, seen, who, Random(f"{seed} {who}")
        self.wire = Wire(address)

    async def noted(self, doing: Awaitable[None]) -> None:
        self.seen.present += 1
        try:
            await doing
        except TimeoutError:
            self.seen.unfinished.append(f"seed {self.seed} {self.who}: no answer")
        except (OSError, EOFError) as problem:
            self.seen.errors.append(f"seed {self.seed} {self.who}: {problem!r}")
        finally:
            self.seen.present -= 1
            self.wire.close()

    async def ask(self, path: str, *allowed: int, content: object = None, secret: str = "") -> tuple[int, dict[str, str], bytes]:
        asked = perf_counter()
        headers = {"Room-Secret": secret} if secret else {}
        status, told, body = await self.wire.ask(path, None if content is None else json.dumps(content).encode(), headers)
        self.seen.answers.append(perf_counter() - asked)
        if status != 200 and status not in allowed:
            self.seen.errors.append(f"seed {self.seed} {self.who}: {path} {status} {body[:200].decode(errors='replace')}")
        return status, told, body

    async def step(self, lesson: str, number: int, language: str) -> dict[str, Any]:
        """A step, as the lesson's page is sent it."""
        status, _headers, body = await self.ask(f"/lessons/step?{urlencode({'lesson': lesson, 'number': number, 'lang': language})}")
        return unpacked(body)["value"]["step"] if status == 200 else {}

    async def alone(self, seconds: float) -> None:
        """Through a lesson, and another one; sometimes in the other language, or as a paper."""
        end = perf_counter() + seconds
        while perf_counter() < end:
            lesson, language = self.random.choice(list(LESSONS)), self.random.choice(["en", "ko"])
            self.seen.tell(self.seed, f"lesson {lesson} {language}")
            await self.ask(f"/lessons?{urlencode({'lesson': lesson, 'lang': language})}")
            for number, step in enumerate(LESSONS[lesson].steps):
                if perf_counter() > end:
                    return
                if (there := (await self.step(lesson, number, language)).get("name")) != step.name:
                    self.seen.lost.append(f"seed {self.seed}: step {number} of {lesson} is {there}")
                self.seen.did["step"] += 1
                await asyncio.sleep(self.random.uniform(*READ))
            query = {"lesson": lesson, "lang": language, "number": self.random.randrange(len(LESSONS[lesson].steps))}
            # Pictures are there where a library is; a step may have none.
            await self.ask(f"/lessons/{self.random.choice(PAPERS)}?{urlencode(query)}", 404)
            self.seen.did["paper"] += 1


async def hall(address: str, seed: int, seen: Seen, seconds: float, students: int) -> None:
    """Lessons in a room with so many students, one after the other."""
    teacher, end, lesson = Reader(address, seed, seen, "teacher"), perf_counter() + seconds, 0
    while perf_counter() < end:
        lesson += 1
        await teacher.noted(taught(teacher, f"lesson {lesson}", end, students))


async def taught(teacher: Reader, name: str, end: float, students: int) -> None:
    """One lesson. The teacher sees all answers that counted, and no others."""
    lesson = teacher.random.choice(list(LESSONS))
    teacher.seen.tell(teacher.seed, f"a room for {lesson}")
    steps = [step.name for step in LESSONS[lesson].steps]
    _status, _headers, body = await teacher.ask("/room/open", content={"lesson": lesson, "step": steps[0]})
    room = json.loads(body)
    code, own = room["code"], {name: room[name] for name in ("code", "secret", "era")}
    counted: dict[str, set[str]] = defaultdict(set)  # who answered, by the step
    over = asyncio.Event()
    class_ = [Reader(teacher.wire.address, teacher.seed, teacher.seen, f"{name}, student {number}") for number in range(students)]
    present = [asyncio.create_task(each.noted(attends(each, code, lesson, counted, over))) for each in class_]
    try:
        for step in steps:
            if perf_counter() > end:
                break
            turn = teacher.random.uniform(*TURN)
            at = {**own, "lesson": lesson, "step": step}
            await teacher.ask(f"/room/lead?code={code}", 204, content={**at, "revealed": False})
            await polled(teacher, room, turn * 2 / 3)
            await teacher.ask(f"/room/lead?code={code}", 204, content={**at, "revealed": True})
            told = await polled(teacher, room, turn / 3)
            if told.get("answers") != len(counted[step]) or told.get("students", 0) > students:
                teacher.seen.lost.append(f"seed {teacher.seed}: {lesson} {step}: {len(counted[step])} answered, and the teacher is told {told}")
            teacher.seen.did["turn"] += 1
    finally:
        over.set()
        await teacher.ask(f"/room/lead?code={code}", 204, content={**own, "close": True})
        await asyncio.gather(*present)
    await teacher.ask(f"/lessons?room={code}", 410)


async def polled(teacher: Reader, room: dict[str, str], seconds: float) -> dict[str, Any]:
    """What the teacher is told last in so many seconds."""
    told, since, end = {}, "", perf_counter() + seconds
    while perf_counter() < end:
        await asyncio.sleep(POLL)
        query = urlencode({"code": room["code"], "era": room["era"], "since": since})
        status, _headers, body = await teacher.ask(f"/room/state?{query}", 204, secret=room["secret"])
        if status == 200:
            told = json.loads(body)
            since = told["since"]
    return told


async def attends(student: Reader, code: str, lesson: str, counted: dict[str, set[str]], over: asyncio.Event) -> None:
    """Come by the code, follow, answer what is asked, look elsewhere now and then, load the page anew, until the room is over."""
    random, who = student.random, f"{student.random.getrandbits(128):032x}"
    language = random.choice(["en", "ko"])
    await asyncio.sleep(random.uniform(0, 5))
    _status, headers, _body = await student.ask(f"/lessons?room={code}&lang={language}", 303)
    await student.ask("/" + headers.get("location", f"lessons?lesson={lesson}"))
    since, era, at, asked = "", "", {}, None
    names = [step.name for step in LESSONS[lesson].steps]
    while not over.is_set():
        query = urlencode({"code": code, "who": who, "era": era, "since": since})
        status, _headers, body = await student.ask(f"/room/state?{query}", 204, *([410] if over.is_set() else []))
        if status == 410:
            return
        if status == 200:
            news = json.loads(body)
            since, era, at = news["since"], news["era"], {"lesson": news["lesson"], "step": news["step"]}
            asked = None if news["revealed"] else (await student.step(lesson, names.index(news["step"]), language)).get("question")
        if asked and random.random() < 0.3:
            told = {"code": code, "who": who, "era": era, **at, "answer": answer_to(asked, random)}
            status, _headers, _body = await student.ask(f"/room/tell?code={code}", 204, 409, *([410] if over.is_set() else []), content=told)
            if status == 204:
                counted[at["step"]].add(who)
                student.seen.did["answer"] += 1
            asked = None if random.random() < 0.7 else asked  # another one is put in its place
            if random.random() < AWAY[0]:
                await asyncio.sleep(random.uniform(*AWAY[1:]))
            if random.random() < AWAY[0]:
                since = ""
                await student.ask(f"/lessons?{urlencode({**at, 'lang': language, 'room': code})}")
        await asyncio.sleep(POLL * random.uniform(0.75, 1.25))


def answer_to(question: dict[str, Any], random: Random) -> object:
    match question["kind"]:
        case "choice":
            return random.randrange(len(question["options"]))
        case "slide":
            return random.uniform(question["low"], question["high"])
        case "place":
            return [[random.gauss(0, 1), random.gauss(0, 1)] for _lane in question["lanes"]]
        case _:
            return [random.gauss(0, 1) for _height in range(8)]
