"""Bad input: each kind has its own error in both languages, and the dossier stands as it stood."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from recruit.commands.acts import RecordAct, Recorded, record_act
from recruit.errors import (
    BadInput,
    KeyReused,
    Locked,
    NotAllowed,
    NotFound,
    NotWritable,
    RecordError,
    Refused,
    StaleDossier,
)
from recruit.record import Record
from tests.recruit.builders import Township, at

Change = Callable[[RecordAct], RecordAct]
CASES: list[tuple[str, str, type[RecordError], Change]] = [
    ("an unknown act", "secretary", BadInput, lambda c: replace(c, do="promoted")),
    ("an unreadable date", "secretary", BadInput, lambda c: replace(c, on="2014-02-30")),
    ("an unknown field", "secretary", BadInput, lambda c: replace(c, details={"mood": "good"})),
    (
        "an unreadable count",
        "organizer",
        BadInput,
        lambda c: replace(c, do="form_issued", details={"number": "??"}),
    ),
    ("an unknown dossier", "secretary", NotFound, lambda c: replace(c, dossier="0" * 26)),
    ("somebody else's branch", "neighbour", NotFound, lambda c: c),
    (
        "an act of another role",
        "secretary",
        NotAllowed,
        lambda c: replace(c, do="activist_filed", details={}),
    ),
    ("a reader's log-in", "auditor", NotAllowed, lambda c: c),
    ("a stale page", "secretary", StaleDossier, lambda c: replace(c, seen_version=0)),
    (
        "an act not open in this stage",
        "secretary",
        Refused,
        lambda c: replace(c, do="oath_taken", details={}),
    ),
    ("a date in the future", "secretary", Refused, lambda c: replace(c, on="2014-07-25")),
    ("a missing key", "secretary", BadInput, lambda c: replace(c, key="")),
    ("an unknown meeting", "secretary", NotFound, lambda c: replace(c, meeting="0" * 26)),
]


@pytest.mark.parametrize(("what", "login", "error", "change"), CASES, ids=[case[0] for case in CASES])
def test_bad_input_is_named_and_changes_nothing(
    township: Township, what: str, login: str, error: type[RecordError], change: Change
) -> None:
    dossier = township.open()
    before = township.snapshot(dossier)
    command = change(township.command(dossier, "talk_held", "2014-07-20", talker="演示"))

    with pytest.raises(error) as raised:
        record_act(township.context(login, at("2014-07-20")), command)

    assert township.snapshot(dossier) == before
    chinese, english = raised.value.message("zh"), raised.value.message("en")
    assert chinese != english
    assert chinese.isascii() is False
    assert "{" not in chinese + english


def test_the_rules_that_refuse_are_those_of_the_mistake(township: Township) -> None:
    dossier = township.open()

    assert "stage_allows" in township.refused(dossier, "oath_taken", "2014-07-20")
    with pytest.raises(Refused) as refusal:
        record_act(
            township.context("secretary", at("2014-07-20")),
            township.command(dossier, "talk_held", "2014-07-21"),
        )
    assert "not_in_future" in [finding.rule for finding in refusal.value.findings]


def test_the_same_key_with_another_body_is_refused(township: Township) -> None:
    dossier = township.open()
    command = township.command(dossier, "talk_held", "2014-07-20", talker="演示")
    context = township.context("secretary", at("2014-07-20"))
    record_act(context, command)
    before = township.snapshot(dossier)

    with pytest.raises(KeyReused):
        record_act(context, replace(command, details={"talker": "另一人"}))

    assert township.snapshot(dossier) == before


def test_a_dry_run_answers_the_same_and_writes_nothing(township: Township) -> None:
    dossier = township.open()
    before = township.snapshot(dossier)
    context = township.context("secretary", at("2014-07-20"))
    command = township.command(dossier, "talk_held", "2014-07-20", dry_run=True)

    dry = record_act(context, command)
    after = township.snapshot(dossier)
    wet = record_act(context, replace(command, dry_run=False))

    assert after == before
    assert isinstance(wet, Recorded)
    assert dry == replace(wet, hash="")


def test_a_second_process_is_told_that_the_folder_is_in_use(township: Township, folder: Path) -> None:
    with pytest.raises(Locked, match="Another process"):
        Record.open(folder)

    Record.open(folder, write=False).close()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")

    with pytest.raises(NotWritable, match="file"):
        Record.create(tmp_path / "file" / "data")


def test_a_record_opened_for_reading_refuses_to_write(township: Township, folder: Path) -> None:
    dossier = township.open()
    township.record.close()

    with Record.open(folder, write=False) as record, pytest.raises(NotWritable):
        record_act(
            Township(record).context("secretary", at("2014-07-20")),
            RecordAct(dossier=dossier, do="talk_held", on="2014-07-20", seen_version=1, key="k"),
        )
