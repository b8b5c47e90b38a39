"""What is counted for the person who runs the program: every metric by its name, and nothing of any visitor.

They are read at `/metrics` (serving/scrape.py). The rest of the program only says what happened. Gauges name how those of several processes at one
port make one number (serving/together.py); counters and histograms are added up.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics

from serving.reasons import REASONS

disable_created_metrics()  # when each began to be counted: as many lines again, of which nothing is made

REGISTRY = CollectorRegistry()
FAST = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10)  # seconds; 0.3 is what a change may take for 95 of 100
KINDS = ("sweep", "training")
ENDS = ("done", "left", "full", "refused", "lost", "failed")

SESSIONS = Gauge("descent_lab_sessions", "Open pages: connections of browsers.", multiprocess_mode="livesum", registry=REGISTRY)
VISITS = Counter(
    "descent_lab_visits",
    "Connections of browsers: of a page that was just opened, or of one that had lost its own.",
    ["how"],
    registry=REGISTRY,
)
CHANGES = Histogram(
    "descent_lab_change_seconds",
    "From the arrival of a browser's request for a change until the end of its answer is handed to the connection. A page's first is an opening.",
    ["page"],
    buckets=FAST,
    registry=REGISTRY,
)
OPENINGS = Histogram("descent_lab_opening_seconds", "The same of a connection's first request.", ["page"], buckets=FAST, registry=REGISTRY)
OVERTAKEN = Counter("descent_lab_changes_overtaken", "Requests for a change that a later one of the same browser overtook.", registry=REGISTRY)
ANSWERS = Counter("descent_lab_answers", "Answers over HTTP. 204: nothing new, or no time for it.", ["route", "status"], registry=REGISTRY)
ANSWER_SECONDS = Histogram(
    "descent_lab_answer_seconds",
    "From a request's head to the last byte of its answer, with all waiting.",
    ["route"],
    buckets=FAST,
    registry=REGISTRY,
)
RUNNING = Gauge("descent_lab_work_running", "Sweeps under way, people whose trainings are.", ["kind"], multiprocess_mode="livesum", registry=REGISTRY)
WAITING = Gauge("descent_lab_work_waiting", "The same that wait for their turn.", ["kind"], multiprocess_mode="livesum", registry=REGISTRY)
WORK_MEMORY = Gauge(
    "descent_lab_work_memory_bytes", "Resident memory of the processes that work at it.", ["kind"], multiprocess_mode="livesum", registry=REGISTRY
)
WORK = Counter("descent_lab_work_ended", "Sweeps and trainings that have ended, or were not begun.", ["kind", "end"], registry=REGISTRY)
WORK_SECONDS = Counter(
    "descent_lab_work_seconds",
    "Seconds that were worked at it beside the answering process: a sweep's by the clock, a training's of its processor.",
    ["kind"],
    registry=REGISTRY,
)
FAILURES = Counter("descent_lab_failures", "Changes that failed in the program; the log has the trace.", registry=REGISTRY)
REFUSED = Counter("descent_lab_refused", "Requests, messages and connections that were refused, by reason.", ["reason"], registry=REGISTRY)
ROOMS = Gauge("descent_lab_rooms", "Open rooms of lecture halls.", multiprocess_mode="livemostrecent", registry=REGISTRY)
STUDENTS = Gauge("descent_lab_room_students", "Students in them.", multiprocess_mode="livemostrecent", registry=REGISTRY)
LAG = Histogram(
    "descent_lab_loop_lag_seconds",
    "How much later than asked for the event loop wakes somebody, twice a second: what everybody waits before anything is done for them.",
    buckets=(0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2),
    registry=REGISTRY,
)

# From 0 on: a counter that begins with its first event hides that one from every rate.
for reason in REASONS:
    REFUSED.labels(reason)
for how in ("new", "again"):
    VISITS.labels(how)
for kind in KINDS:
    for metric in (RUNNING, WAITING, WORK_MEMORY, WORK_SECONDS):
        metric.labels(kind)
    for end in ENDS:
        WORK.labels(kind, end)
