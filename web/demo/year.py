"""The years 2014 to 2016: what is set up, which scenes fall on which day, the stop on 17 June 2016."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from recruit.clock import MovedClock, civil_day
from recruit.commands.checkpoints import keep_checkpoint
from recruit.record import Record
from web.demo.cast import Cast
from web.demo.local_law import PLANNED, adopt_plan, set_standing_rules
from web.demo.outcomes import Told
from web.demo.owed import do_duties
from web.demo.paths import LAST_DAY, path_of
from web.demo.play import Play, days
from web.demo.scenes import Scene, Story, in_order, load_story, moment
from web.demo.sittings import held_here
from web.demo.stage import OPENED, penalize, set_stage
from workflows.acts import SHANGHAI
from workflows.calendar import china_calendar

_DAY = timedelta(days=1)
JUNE = datetime(2016, 6, 17, 8, 30, tzinfo=SHANGHAI)
PENALTY_AT = time(17, 30)
PLAN_ADOPTED = "镇党委 2016 年发展党员计划：9 人 [the plan of 2016: nine places]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who hears of it; `copied` copies the record and gives it back, opened again."""

    told: Callable[[Told], None]
    reminded: Callable[[date, int], None]
    noted: Callable[[date, str], None]
    copied: Callable[[Record], Record]


def play_year(record: Record, cast: Cast, *, password: str, audience: Audience) -> None:
    """Play everything; from 17 June on in the record that `copied` gives back.

    The log is signed at the end of each month: who serves a record signs every few seconds.
    """
    stage = set_stage(record, cast, password=password)
    set_standing_rules(stage, OPENED)
    story = load_story(cast)
    by_day = _by_day(cast, story)
    play = Play(
        stage,
        MovedClock(start=OPENED),
        {(one.kind, one.of, one.on): one for one in story.meetings},
        told=audience.told,
        reminded=audience.reminded,
        here=held_here(story.meetings),
    )
    _list_decisions(play, story)
    for day in days(OPENED.date(), LAST_DAY):
        play.morning(day)
        scenes = by_day[day]
        play.go_on([scene for scene in scenes if scene.at < JUNE])
        if day == JUNE.date():
            play.catch_up(JUNE)
            keep_checkpoint(stage.record, now=JUNE)
            stage.record = audience.copied(stage.record)
        play.go_on([scene for scene in scenes if scene.at >= JUNE])
        play.evening(day)
        _around(play, cast, day, audience)
        if day == LAST_DAY or (day + _DAY).day == 1:
            keep_checkpoint(stage.record, now=play.clock.now())


def _list_decisions(play: Play, story: Story) -> None:
    """Which decisions each meeting at the counter has on its agenda."""
    for scene in in_order(list(story.scenes)):
        held = play.held_here(scene)
        if held is not None:
            held.scenes.append(scene)


def _by_day(cast: Cast, story: Story) -> dict[date, list[Scene]]:
    """The paths and the story together, each scene on the day of its recording."""
    paths = [scene for branch, one in cast.applicants() for scene in path_of(branch, one, china_calendar())]
    by_day: dict[date, list[Scene]] = defaultdict(list)
    for scene in in_order([*paths, *story.scenes]):
        by_day[civil_day(scene.at)].append(scene)
    return by_day


def _around(play: Play, cast: Cast, day: date, audience: Audience) -> None:
    """What happens beside the dossiers: penalties, duties that are done, and the plan's adoption."""
    for branch in cast.branches:
        if branch.penalty is not None and branch.penalty.on == day:
            penalize(play.stage, branch, moment(day, PENALTY_AT))
            audience.noted(day, f"{branch.name}：{branch.penalty.who}受党纪处分 [a member is penalized]")
    do_duties(play.stage, moment(day, PENALTY_AT))
    if day == PLANNED.date():
        adopt_plan(play.stage, PLANNED)
        audience.noted(day, PLAN_ADOPTED)
