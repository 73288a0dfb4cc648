"""The command line answers in words, in JSON and by its exit code."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.web.township import Township
from web.cli import main

GOOD = """
- case: a talk closes its deadline
  acts:
    - {on: 2015-01-10, do: application_received}
    - {on: 2015-02-01, do: talk_held}
  expect:
    - {on: 2015-02-02, stage: applicant, deadlines: {talk: {due: 2015-02-10, status: met}}}
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def case(tmp_path: Path) -> Path:
    file = tmp_path / "case.yaml"
    file.write_text(GOOD, "utf-8")
    return file


@pytest.fixture
def folder(town: Township) -> Path:
    return town.record.folder


def test_a_case_that_passes_ends_with_0(case: Path) -> None:
    done = run("check", case)

    assert done.exit_code == 0
    assert "1 passed, 0 failed" in done.stdout


def test_a_case_that_fails_ends_with_1_and_says_the_difference(case: Path) -> None:
    case.write_text(GOOD.replace("status: met", "status: overdue"), "utf-8")

    done = run("check", case, "--json")

    answer = json.loads(done.stdout)
    assert done.exit_code == 1
    assert (answer["passed"], answer["failed"]) == (0, 1)
    assert set(answer["cases"][0]) == {"file", "case", "ok", "differences"}


@pytest.mark.parametrize("text", ["- case: [", "- nonsense: 1", ""])
def test_an_unreadable_file_ends_with_2_and_one_line(case: Path, text: str) -> None:
    case.write_text(text, "utf-8")

    done = run("judge", case)

    assert done.exit_code == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert str(case) in done.stderr


def test_a_file_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    assert run("check", tmp_path / "nothing.yaml").exit_code == 2


def test_one_dossier_is_judged_as_of_a_day(case: Path) -> None:
    done = run("judge", case, "--json", "--on", "2015-01-20")

    answer = json.loads(done.stdout)
    assert set(answer) == {"stage", "phase", "findings", "deadlines", "earliest"}
    assert answer["stage"] == "applicant"
    assert answer["deadlines"][0]["due"] == "2015-02-10"


def test_a_dossier_is_judged_in_words_of_the_terminals_language(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    chinese = run("judge", case, "--on", "2015-01-20").stdout
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    english = run("judge", case, "--on", "2015-01-20").stdout

    assert chinese.splitlines()[0] == "入党申请人"
    assert english.splitlines()[0] == "Applicant"
    assert "2015-02-10" in chinese
    assert "2015-02-10" in english


def test_the_log_is_verified_and_counted(folder: Path) -> None:
    done = run("--data", folder, "audit", "verify", "--json")

    answer = json.loads(done.stdout)
    assert done.exit_code == 0
    assert answer["ok"]
    assert answer["acts"] == 7
    assert answer["links"] == answer["acts"] + answer["events"]


def test_an_empty_log_is_never_ok(tmp_path: Path) -> None:
    run("--data", tmp_path / "new", "init")

    assert run("--data", tmp_path / "new", "audit", "verify").exit_code == 1


def test_the_projections_are_what_the_acts_say(folder: Path) -> None:
    assert run("--data", folder, "audit", "rebuild", "--check").exit_code == 0


def test_a_folder_without_a_database_ends_with_2_and_says_what_to_do(tmp_path: Path) -> None:
    done = run("--data", tmp_path / "empty", "serve")

    assert done.exit_code == 2
    assert "recruit init" in done.stderr


def test_a_second_process_on_the_same_folder_ends_with_2(folder: Path) -> None:
    assert run("--data", folder, "serve").exit_code == 2


def test_init_gives_a_link_and_no_password(tmp_path: Path) -> None:
    done = run("--data", tmp_path / "new", "init")

    assert done.exit_code == 0
    assert "/setup/" in done.stdout
    assert "password" not in done.stdout.lower()


PLAN = Path(__file__).parents[1] / "workflows" / "plans" / "data" / "township-2016.yaml"


def test_a_plan_that_is_odd_and_lawful_ends_with_0_and_a_line_a_finding() -> None:
    done = run("plan", "lint", str(PLAN))

    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == 12
    assert (
        "milestones.inspection: Of these 4 days 1 are worked (2016-06-12). [few_working_days]" in done.stdout
    )


def test_a_plan_is_linted_for_machines() -> None:
    found = json.loads(run("plan", "lint", str(PLAN), "--json").stdout)

    first = found[0]
    assert (first["at"], first["rule"], first["severity"]) == (
        "milestones.inspection",
        "few_working_days",
        "medium",
    )
    assert (first["found"], first["of_days"], first["days"]) == (1, 4, ["2016-06-12"])
    assert all(one["message"] for one in found)


def test_a_plan_that_contradicts_itself_ends_with_1(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN.read_text(encoding="utf-8").replace("places: 7", "places: 8"), encoding="utf-8")

    assert run("plan", "lint", str(plan)).exit_code == 1


def test_a_plan_that_cannot_be_read_ends_with_2_and_one_line(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("plan: demo\nyear: soon\ntotal: 9\n", encoding="utf-8")

    done = run("plan", "lint", str(plan))

    assert done.exit_code == 2
    assert done.stderr.splitlines() == [f"{plan}:2: year: 'soon' is not a whole number; correct this entry"]


PASSPHRASE = {"RECRUIT_BACKUP_PASSPHRASE": "seven made-up words for one backup"}


def test_a_backup_is_taken_and_restored_and_waits_for_two_administrators(
    folder: Path, tmp_path: Path
) -> None:
    file, new = tmp_path / "recruit.backup", tmp_path / "new"
    runner = CliRunner()

    taken = runner.invoke(main, ["--data", str(folder), "backup", "-o", str(file)], env=PASSPHRASE)
    back = runner.invoke(main, ["--data", str(new), "restore", str(file)], env=PASSPHRASE)

    assert (taken.exit_code, back.exit_code) == (0, 0)
    assert "verified" in taken.stdout
    assert "restore --confirm" in back.stdout
    assert "Without --erasures" in back.stdout
    assert "Without --checkpoint nothing outside proves this log" in back.stdout
    assert run("--data", new, "audit", "verify").exit_code == 0
    assert run("--data", new, "serve").exit_code == 2


@pytest.mark.parametrize(("later", "said"), [(False, "are all here"), (True, "2 are lost")])
def test_a_restore_says_what_the_checkpoint_kept_outside_proves(
    folder: Path, tmp_path: Path, town: Township, later: bool, said: str
) -> None:
    town.record.close()
    file, note, new = tmp_path / "recruit.backup", tmp_path / "outside.txt", tmp_path / "new"
    runner = CliRunner()
    runner.invoke(main, ["--data", str(folder), "backup", "-o", str(file)], env=PASSPHRASE)
    if later:
        run("--data", folder, "audit", "export", "-o", tmp_path / "log.zip")
    run("--data", folder, "audit", "checkpoint", "-o", note)

    back = runner.invoke(
        main, ["--data", str(new), "restore", str(file), "--checkpoint", str(note)], env=PASSPHRASE
    )

    assert back.exit_code == 0
    assert said in back.stdout


def test_a_backup_into_a_folder_is_named_by_its_instant(folder: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        main, ["--data", str(folder), "backup", "--into", str(tmp_path / "kept")], env=PASSPHRASE
    )

    assert done.exit_code == 0
    assert "0 older files removed" in done.stdout
    assert len(list((tmp_path / "kept").glob("recruit-*Z.backup"))) == 1


def test_a_wrong_passphrase_ends_with_2_and_one_line(folder: Path, tmp_path: Path) -> None:
    file, wrong = tmp_path / "recruit.backup", tmp_path / "passphrase"
    wrong.write_text("not the one that it was\n", "utf-8")
    CliRunner().invoke(main, ["--data", str(folder), "backup", "-o", str(file)], env=PASSPHRASE)

    done = run("--data", tmp_path / "new", "restore", file, "--passphrase-file", wrong)

    assert done.exit_code == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["restore"],
        ["restore", "x", "--confirm"],
        ["upgrade"],
        ["backup"],
        ["backup", "-o", "a", "--into", "b"],
    ],
)
def test_a_command_that_says_too_little_ends_with_2(folder: Path, arguments: list[str]) -> None:
    done = run("--data", folder, *arguments)

    assert done.exit_code == 2
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_upgrade_takes_a_backup_before(folder: Path, tmp_path: Path, town: Township) -> None:
    town.record.close()
    file = tmp_path / "before.backup"

    done = CliRunner().invoke(main, ["--data", str(folder), "upgrade", "--backup", str(file)], env=PASSPHRASE)

    assert done.exit_code == 0
    assert file.is_file()


def test_the_doctor_says_in_json_what_is_wrong(folder: Path) -> None:
    done = run("--data", folder, "doctor", "--json")

    answer = json.loads(done.stdout)
    assert set(answer) == {"ok", "checks"}
    assert all(set(one) == {"id", "ok", "message"} for one in answer["checks"])
    assert not answer["ok"]  # nothing ticks in this folder
    assert done.exit_code == 1
