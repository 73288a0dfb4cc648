"""The year's plan beside the vote: now, if all pass, required, in people; shown, never choosing."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.queries.meeting_quota import Quota, QuotaLine
from web.language import language
from web.meetings.names import people


@dataclass(frozen=True, slots=True)
class Tile:
    """`level`: okc reached, nowc short, empty where nothing is required or known."""

    title: str
    count: str
    now: str
    need: str
    level: str


@dataclass(frozen=True, slots=True)
class Panel:
    title: str
    tiles: list[Tile]
    arithmetic: list[str]


def panel_of(quota: Quota | None) -> Panel | None:
    if quota is None:
        return None
    added = quota.if_all - quota.now
    title = ngettext(
        "If %(num)s person passes: places of %(year)s",
        "If all %(num)s pass: places of %(year)s",
        added, year=quota.year,
    )  # fmt: skip
    left = quota.total - quota.if_all
    rest = _("%(n)s places left", n=left) if left >= 0 else _("%(n)s more than the plan has", n=-left)
    total = Tile(
        _("In all"),
        _("%(n)s of %(total)s", n=quota.if_all, total=quota.total),
        _("now %(n)s", n=quota.now),
        rest,
        "" if left >= 0 else "nowc",
    )
    groups = [
        Tile(label, _("%(n)s of %(total)s", n=count, total=places), "", "", "" if count <= places else "nowc")
        for label, count, places in quota.places
    ]
    return Panel(title, [total, *map(_tile, quota.lines), *groups], [_sum(one) for one in quota.lines])


def _tile(line: QuotaLine) -> Tile:
    share = line.share
    if line.unknown and share.missing:
        need = _("required %(n)s; of %(u)s not known", n=share.required, u=line.unknown)
        return Tile(line.label, people(share.if_all_pass), _("now %(n)s", n=share.now), need, "")
    need = _("required %(n)s", n=share.required)
    if share.missing:
        need = _("required %(n)s, short by %(short)s", n=share.required, short=share.missing)
    else:
        need = f"✓ {need}"
    level = "nowc" if share.missing else "okc"
    return Tile(line.label, people(share.if_all_pass), _("now %(n)s", n=share.now), need, level)


def _sum(line: QuotaLine) -> str:
    """9 人的 45% = 4.05，取 5 人."""
    share = line.share
    whole, rest = divmod(share.exact_hundredths, 100)
    exact = f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
    if language() == "zh":
        return f"{line.label}：{share.total} 人的 {share.percent}% = {exact}，取 {share.required} 人"
    return f"{line.label}: {share.percent} % of {share.total} = {exact}, so {share.required}"
