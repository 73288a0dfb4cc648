"""The township of the pages on 15 June 2016: 王秀兰 is examined, 马国强 has only just applied."""

from datetime import UTC, date, datetime

from recruit.commands.agenda import NewItem
from recruit.commands.confirming import ConfirmMeeting, confirm_meeting
from recruit.commands.handing import hand_over_meeting
from recruit.commands.sitting import SittingRow, find_sitting
from recruit.commands.sittings import OpenMeeting, SetAttendance, open_meeting, set_attendance
from tests.web.township import Township

FIFTEENTH = datetime(2016, 6, 15, 1, 0, tzinfo=UTC)
__all__ = ["FIFTEENTH", "confirmed", "examine", "opened", "sitting_of"]


def examine(town: Township, name: str = "王秀兰") -> None:
    """Everything up to the committee's meeting of the 15th."""
    members = [town.people["周海波"], town.people["赵敏"]]
    for source in ("group", "contacts", "members", "masses"):
        town.act(name, "opinions_heard", date(2016, 3, 1), from_whom=source)
    town.act(name, "review_recorded", date(2016, 3, 1))
    town.act(name, "target_proposed", date(2016, 3, 2), members=5, present=5, for_=5)
    town.act(name, "target_filed", date(2016, 3, 10), "liu")
    town.act(name, "sponsors_named", date(2016, 3, 11), sponsors=members)
    town.act(name, "political_review_concluded", date(2016, 4, 10), "liu", qualified=True)
    town.act(name, "training_completed", date(2016, 4, 20), "liu", days=3, hours=24)
    town.act(name, "branch_examined", date(2016, 6, 8), passed=True)
    town.clock.move_to(FIFTEENTH)


def opened(town: Township, *, ballot: str = "named", by: str = "liu", kind: str = "committee") -> str:
    """A committee with two on its agenda, one of whom cannot be decided on; or the branch with one."""
    place = town.places["township" if kind == "committee" else "willow"]
    item = NewItem(dossier=town.dossiers["王秀兰"], do="preexamined")
    barred = NewItem(dossier=town.dossiers["马国强"], do="preexamined")
    if kind == "general_meeting":
        item = NewItem(dossier=town.dossiers["王秀兰"], do="meeting_voted", purpose="admission")
    context = town.context(by)
    meeting = open_meeting(
        context,
        OpenMeeting(
            kind=kind, organization=place, on=context.on, ballot=ballot, key=f"open-{kind}-{ballot}",
            items=(item, barred) if kind == "committee" else (item,), place="镇二号会议室", time="09:00",
        ),
    )  # fmt: skip
    given = SetAttendance(
        meeting=meeting, seen_version=1, seats=frozenset((1, 2)) if kind == "committee" else None,
        whole_count=5, present_count=5,
    )  # fmt: skip
    set_attendance(context, given)
    return meeting


def sitting_of(town: Township, meeting: str) -> SittingRow:
    with town.record.reading() as connection:
        return find_sitting(connection, town.context("wu"), meeting)


def confirmed(town: Township, meeting: str) -> None:
    """Handed over by whoever keeps it, confirmed by the committee's secretary."""
    seen = sitting_of(town, meeting).version
    assert hand_over_meeting(town.context("liu"), meeting, seen_version=seen) == "handed"
    confirm_meeting(town.context("zhang"), ConfirmMeeting(meeting=meeting, seen_version=seen + 1))
