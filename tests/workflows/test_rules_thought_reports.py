"""Thought reports, where a local setting asks for one each quarter or half-year."""

from tests.workflows.builders import act, day, finding, road, warnings


def test_a_full_quarter_without_a_thought_report_is_warned_where_it_is_asked_for() -> None:
    quarterly = road("2026", "opinions_heard", settings={"thought_report.every": "quarter"})
    reports = [act("thought_report_received", on) for on in ("2025-07-01", "2025-12-31", "2026-02-10")]
    proposal = act("target_proposed", "2026-06-24")

    assert "thought_reports" in warnings(quarterly, proposal)
    assert "thought_reports" in warnings(quarterly.after(*reports[:2]), proposal)
    assert "thought_reports" not in warnings(quarterly.after(*reports), proposal)
    assert "thought_reports" not in warnings(road("2026", "opinions_heard"), proposal)


def test_a_quarter_that_is_not_over_asks_for_no_report_yet() -> None:
    quarterly = road("2026", "opinions_heard", settings={"thought_report.every": "half_year"})
    reported = quarterly.after(act("thought_report_received", "2025-08-01"))

    assert "thought_reports" not in warnings(reported, act("target_proposed", "2026-06-29"))
    assert "thought_reports" in warnings(reported, act("target_proposed", "2026-06-30"))


def test_how_many_periods_are_empty_is_said() -> None:
    quarterly = road("2026", "opinions_heard", settings={"thought_report.every": "quarter"})
    quarterly = quarterly.after(act("thought_report_received", "2025-07-01"))

    found = finding(quarterly, act("target_proposed", "2026-06-24"), "thought_reports")

    assert found is not None
    assert (found.found, found.needed, found.values["first"]) == (2, 3, day("2025-10-01"))
