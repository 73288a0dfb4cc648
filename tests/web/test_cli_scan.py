"""`recruit audit scan`: the gravest first for a reader, a list for a machine, and an exit code for both."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from recruit.commands.acts import RecordAct, record_act
from recruit.commands.dossiers import OpenDossier, open_dossier
from recruit.commands.people import NewPerson, add_person
from recruit.identity import check_digit
from tests.web.township import Township
from web.cli import main


def scanned(folder: Path, *arguments: object) -> Result:
    command = ["--data", str(folder), "audit", "scan", *map(str, arguments)]
    return CliRunner().invoke(main, command, env={"LANG": "zh_CN.UTF-8", "LC_ALL": "", "LC_MESSAGES": ""})


def a_late_talk(town: Township) -> str:
    """Two months after the application; medium."""
    now = town.clock.now()
    branch, born = town.places["willow"], date(1990, 5, 18)
    digits = "99999919880518001"
    new = NewPerson(name="演示丙", organization=branch, born=born, id_number=digits + check_digit(digits))
    person = add_person(town.context("li"), new)
    begun = open_dossier(
        town.context("li", now), OpenDossier(branch=branch, person=person, on="2016-04-01", key="begun")
    )
    record_act(
        town.context("li", now),
        RecordAct(dossier=begun.dossier, do="talk_held", on="2016-06-06", seen_version=1, key="talk"),
    )
    return begun.dossier


def test_a_record_in_order_ends_with_0(town: Township) -> None:
    done = scanned(town.record.folder, "--json")

    assert (done.exit_code, json.loads(done.stdout)) == (0, [])


@pytest.fixture
def dossier(town: Township) -> str:
    return a_late_talk(town)


def test_a_finding_of_severity_high_ends_with_1(town: Township, dossier: str) -> None:
    """The day of birth differs from the identity number."""
    done = scanned(town.record.folder, "--json")

    answer = json.loads(done.stdout)
    assert done.exit_code == 1
    assert {(one["rule"], one["severity"]) for one in answer} == {
        ("differing_identity", "high"),
        ("talk_in_time", "medium"),
        ("recorded_late", "medium"),
    }
    assert {one["dossier"] for one in answer} == {dossier}
    assert answer[0]["message"].endswith("请核对是不是改过年龄。")
    assert (answer[0]["found"], answer[0]["needed"]) == ("1990-05-18", "1988-05-18")


def test_a_reader_sees_the_gravest_first_and_what_was_not_checked(town: Township, dossier: str) -> None:
    done = scanned(town.record.folder)

    lines = done.stdout.splitlines()
    assert done.exit_code == 1
    assert lines[0] == "高"
    assert lines.index("高") < lines.index("中")
    assert any(line.startswith(f"    {dossier}/2  第七条：") for line in lines)
    assert "亲属没有经手：没有核对，没有提供亲属关系" in lines


def test_what_was_not_checked_goes_to_stderr_where_a_machine_reads(town: Township) -> None:
    done = scanned(town.record.folder, "--json")

    assert "亲属没有经手：没有核对，没有提供亲属关系" in done.stderr


def test_what_is_handed_in_wrongly_ends_with_2_and_one_line(town: Township, tmp_path: Path) -> None:
    known = tmp_path / "known.yaml"
    known.write_text("kinship:\n  - [无此人, 也无此人]\n", "utf-8")

    done = scanned(town.record.folder, "--known", known)

    assert (done.exit_code, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert f"{known}:2" in done.stderr


@pytest.mark.parametrize("wrong", [("--known", "nothing.yaml"), ("--on", "someday"), ("--yaml",)])
def test_wrong_use_ends_with_2(town: Township, wrong: tuple[str, ...]) -> None:
    assert scanned(town.record.folder, *wrong).exit_code == 2


def test_a_folder_without_a_record_ends_with_2(tmp_path: Path) -> None:
    assert scanned(tmp_path / "nothing").exit_code == 2
