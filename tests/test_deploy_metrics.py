"""The dashboard and the alerts ask for metrics that the program has."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import Any

import pytest
import yaml

from serving import metrics
from serving.counted import ROUTES
from serving.reasons import REASONS
from serving.scrape import Processes, Version
from tests.conftest import ROOT

ENDINGS = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum"), "gauge": ("",), "info": ("_info",)}
ASKED = re.compile(r"\b(?:descent_lab|process)_\w+")
ALERTS, DASHBOARD, RULES_TEST = ROOT / "deploy/alerts.yml", ROOT / "deploy/dashboard.json", ROOT / "tests/alerts.yml"

has_promtool = pytest.mark.skipif(
    not shutil.which("promtool"), reason="promtool is not here (Debian's package prometheus has it); the other tests have read the files"
)


def alerts() -> list[dict[str, Any]]:
    return [rule for group in yaml.safe_load(ALERTS.read_text("utf-8"))["groups"] for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    return json.loads(DASHBOARD.read_text("utf-8"))["panels"]


def questions() -> list[str]:
    """What both ask Prometheus."""
    return [rule["expr"] for rule in alerts()] + [target["expr"] for panel in panels() for target in panel["targets"]]


@pytest.fixture(scope="module")
def there() -> set[str]:
    """The names that Prometheus knows of the program's metrics."""
    families = [*metrics.REGISTRY.collect(), *Processes().collect(), *Version().collect()]
    return {family.name + ending for family in families for ending in ENDINGS[family.type]}


@pytest.mark.parametrize("question", questions())
def test_what_is_asked_for_is_there(question: str, there: set[str]):
    names = set(ASKED.findall(question))
    assert names - there == set()
    assert names or question.startswith("label_replace(up")


@pytest.mark.parametrize("question", questions())
def test_routes_and_reasons_that_are_asked_for_are_there(question: str):
    known = {"route": set(ROUTES), "reason": set(REASONS)}
    for label, _like, values in re.findall(r'\b(route|reason)(=~?)"([^"]*)"', question):
        assert set(values.split("|")) <= known[label]


def test_there_are_three_alerts_each_with_what_to_do():
    rules = alerts()
    assert len(rules) == 3
    for rule in rules:
        assert rule["annotations"]["summary"]
        assert len(rule["annotations"]["description"]) > 60
        assert re.fullmatch(r"\d+m", rule["for"])


def test_every_metric_of_the_program_is_asked_for():
    shown = {re.sub("_(bucket|count|sum|total|info)$", "", name) for question in questions() for name in ASKED.findall(question)}
    assert {family.name for family in metrics.REGISTRY.collect()} - shown == set()


def test_every_panel_says_what_it_shows():
    assert len({panel["id"] for panel in panels()}) == len(panels())
    for panel in panels():
        assert panel["title"]
        assert panel["description"].endswith(".")
        assert panel["datasource"]["uid"] == "${datasource}"


@has_promtool
def test_prometheus_takes_the_alerts_and_they_come_when_they_should():
    subprocess.run(["promtool", "check", "rules", ALERTS], check=True, capture_output=True)
    result = subprocess.run(["promtool", "test", "rules", RULES_TEST], cwd=RULES_TEST.parent, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
