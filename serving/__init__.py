"""How the program answers over HTTP: what it refuses, the headers of every answer, document and files from memory, and how long it waits."""

from serving.counted import Counted
from serving.document import Document
from serving.files import Files
from serving.guard import Guard
from serving.headers import SecurityHeaders
from serving.limits import Limits
from serving.pages import Pages
from serving.preload import Preload
from serving.refusals import refused
from serving.scrape import Metrics
from serving.startup import while_running
from serving.versions import Versions

__all__ = [
    "Counted",
    "Document",
    "Files",
    "Guard",
    "Limits",
    "Metrics",
    "Pages",
    "Preload",
    "SecurityHeaders",
    "Versions",
    "refused",
    "while_running",
]
