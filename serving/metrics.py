"""What is counted for the person who runs the program: every metric by its name, and nothing of any visitor.

They are read at `/metrics` (serving/scrape.py). The rest of the program only says what happened.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter

from serving.reasons import REASONS

REGISTRY = CollectorRegistry()

REFUSED = Counter("descent_lab_refused", "Requests, messages and connections that were refused, by reason.", ["reason"], registry=REGISTRY)

for reason in REASONS:
    REFUSED.labels(reason)  # from 0 on: a counter that begins with its first event hides that one from every rate
