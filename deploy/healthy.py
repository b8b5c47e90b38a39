"""Wait until a server answers: `python deploy/healthy.py http://127.0.0.1:8601 60`. Ends with 1 where it has not after so many seconds (5)."""

from __future__ import annotations

import sys
import time
from contextlib import closing
from http.client import HTTPException
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

STRAIGHT = build_opener(ProxyHandler({}))  # past any proxy that the environment names


def healthy(address: str) -> bool:
    try:
        with closing(STRAIGHT.open(f"{address.rstrip('/')}/_stcore/health", timeout=5)) as answer:
            return answer.status == 200
    except (URLError, HTTPException, OSError):
        return False


def main(address: str, seconds: str = "5") -> int:
    end = time.monotonic() + float(seconds)
    while not (well := healthy(address)) and time.monotonic() < end:
        time.sleep(0.2)
    return 0 if well else 1


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
