"""The township's own rules: those that always held, and those that the plan of 2016 brings."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from recruit.commands.law import SetSetting, set_setting
from recruit.commands.plans import SetPlan, set_plan
from web.demo.cast import read_packaged
from web.demo.stage import Stage
from workflows.acts import SHANGHAI

STANDING = ("thought_report.every", "league_recommendation.below_age")
STANDING_FROM, PLAN_FROM = date(2014, 1, 1), date(2016, 1, 11)
PLANNED = datetime(2016, 1, 11, 10, 0, tzinfo=SHANGHAI)


def read_plan() -> Mapping[str, object]:
    return read_packaged("township-2016.yaml")


def set_standing_rules(stage: Stage, now: datetime) -> None:
    """A thought report each quarter, and the League's recommendation of its younger members."""
    _set(stage, {name: value for name, value in _settings().items() if name in STANDING}, STANDING_FROM, now)


def adopt_plan(stage: Stage, now: datetime) -> None:
    """The plan, and what it asks beyond the standing rules: inspection, test, notice, papers."""
    organizer = stage.context(stage.officer("organizer").login, now)
    set_plan(organizer, SetPlan(committee=stage.places["township"], year=2016, document=read_plan()))
    asked = {name: value for name, value in _settings().items() if name not in STANDING}
    _set(stage, {**asked, "papers.required": _papers()}, PLAN_FROM, now)


def _set(stage: Stage, values: Mapping[str, object], valid_from: date, now: datetime) -> None:
    organizer = stage.context(stage.officer("organizer").login, now)
    for name, value in values.items():
        set_setting(
            organizer,
            SetSetting(organization=stage.places["township"], name=name, value=value, valid_from=valid_from),
        )


def _settings() -> Mapping[str, object]:
    settings = read_plan()["settings"]
    assert isinstance(settings, Mapping)
    return settings


def _papers() -> list[dict[str, object]]:
    """The plan's list of papers as the setting takes it."""
    papers = read_plan()["papers"]
    assert isinstance(papers, Sequence)
    found = []
    for paper in papers:
        condition = dict(paper.get("condition") or {})
        if "every" in paper:
            condition["every"] = paper["every"]
        found.append({"kind": paper["kind"], **({"condition": condition} if condition else {})})
    return found
