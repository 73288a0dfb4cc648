"""What the plan linter finds, and the reserve's lead time, as sentences in both languages."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from workflows.edition import EDITIONS, Words, load_edition
from workflows.plans.findings import PlanFinding, PlanValue
from workflows.plans.funnel import Funnel
from workflows.shapes import validated
from workflows.texts import read_yaml_located
from workflows.words.days import WEEKDAYS_ZH, day_in_sentence, joined
from workflows.words.labels import label
from workflows.words.shelf import one

_NAME = "words/plans.yaml"
_PROVISIONAL = Words(
    zh="（该年放假安排尚未公布，暂按周末计算。）",
    en=" (Provisional: the calendar of that year is not published.)",
)


class PlanWords(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Words
    says: Mapping[str, Words]


class _All(BaseModel):
    rules: Mapping[str, PlanWords]


@lru_cache(maxsize=1)
def plan_words() -> Mapping[str, PlanWords]:
    text = files("workflows").joinpath("words", "plans.yaml").read_bytes()
    plain, where = read_yaml_located(text, name=_NAME)
    return validated(_All, {"rules": plain}, name=_NAME, where=where).rules


def render_plan_finding(finding: PlanFinding, language: str) -> str:
    """The whole sentence; days, steps and weekdays in the reader's language."""
    words = plan_words()[finding.rule].says[finding.variant or ""]
    sentence = one(words, language).format_map(_shown(finding.values, language))
    return sentence + one(_PROVISIONAL, language) if finding.values.get("provisional") else sentence


def render_funnel(funnel: Funnel, language: str) -> str | None:
    """The reserve with its lead time in one sentence; None where the plan names no reserve or no day."""
    if funnel.least is None or funnel.most is None or funnel.proposal_on is None:
        return None
    applied = day_in_sentence(funnel.applied_by, language) if funnel.applied_by else ""
    is_asked = funnel.applied_by is not None and funnel.applied_by != funnel.activist_by
    values: dict[str, PlanValue] = {
        "places": funnel.places,
        "least": funnel.least,
        "most": funnel.most,
        "proposal_on": funnel.proposal_on,
        "activist_by": funnel.activist_by,
        "applied_zh": f"，最晚 {applied} 递交申请" if is_asked else "",
        "applied_en": f", and who applied by {applied}" if is_asked else "",
    }
    return one(plan_words()["funnel"].says[""], language).format_map(_shown(values, language))


def _shown(values: Mapping[str, PlanValue], language: str) -> Mapping[str, object]:
    shown: dict[str, object] = {name: _one(value, language) for name, value in values.items()}
    for name in ("step", "after"):
        if name in values:
            shown[name] = _act(str(values[name]), language)
    steps = values.get("steps")
    if isinstance(steps, tuple):
        shown["steps"] = joined([_act(str(step), language) for step in steps], language)
    if "unit" in values:
        shown["unit"] = {"working": "工作日", "calendar": "自然日"}[str(values["unit"])]
        shown["unit"] = shown["unit"] if language != "en" else values["unit"]
    days = joined([day_in_sentence(day, language) for day in _days(values)], language)
    shown["days_zh"], shown["days_en"] = (f"（{days}）", f" ({days})") if days else ("", "")
    on, holiday = values.get("on"), values.get("holiday")
    shown["weekday_zh"] = f"周{WEEKDAYS_ZH[on.weekday()]}" if isinstance(on, date) else ""
    shown["holiday_zh"] = f"（{holiday}）" if holiday else ""
    return shown


def _days(values: Mapping[str, PlanValue]) -> list[date]:
    days = values.get("days")
    return [day for day in days if isinstance(day, date)] if isinstance(days, tuple) else []


def _one(value: PlanValue, language: str) -> object:
    return day_in_sentence(value, language) if isinstance(value, date) else value


def _act(step: str, language: str) -> str:
    edition = load_edition(EDITIONS[-1])
    known = step.split(" ", maxsplit=1)[0] in edition.acts
    return label("act", step, language, edition=edition if known else load_edition(EDITIONS[0]))
