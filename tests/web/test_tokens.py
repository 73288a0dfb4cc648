"""Tokens at the command line and among one's own settings."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from recruit.clock import SystemClock
from recruit.commands.tokens import bearer_of_token
from recruit.record import Record
from tests.web.conftest import Counter
from tests.web.program import token_of
from tests.web.township import JUNE, PASSWORD, Township
from web.cli import main


def run(folder: Path, *words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["--data", str(folder), "token", *words])
    return done.exit_code, done.stdout, done.stderr


def test_the_command_line_makes_lists_and_ends_a_token(town: Township) -> None:
    town.record.close()
    folder = town.record.folder

    code, shown, told = run(folder, "create", "li", "--name", "演示程序", "--until", "2199-01-01")
    secret, id_ = shown.strip(), told.split(":")[0]

    assert (code, secret.startswith("recruit_")) == (0, True)
    (row,) = json.loads(run(folder, "list", "--json")[1])
    assert (row["id"], row["user"], row["name"], row["last_on"]) == (id_, "li", "演示程序", "2199-01-01")
    assert secret not in run(folder, "list")[1]
    assert run(folder, "end", id_)[0] == 0
    assert json.loads(run(folder, "list", "--json")[1]) == []
    with Record.open(folder) as record:
        assert bearer_of_token(record, secret, now=SystemClock().now()) is None


@pytest.mark.parametrize(
    "words", [("create", "nobody"), ("create", "li", "--until", "2001-01-01"), ("end", "nothing")]
)
def test_a_wrong_use_is_one_line_and_2(town: Township, words: tuple[str, ...]) -> None:
    town.record.close()

    code, shown, told = run(town.record.folder, *words)

    assert (code, shown, len(told.strip().splitlines())) == (2, "", 1)


def test_a_token_is_made_shown_once_and_ended(secretary: Counter) -> None:
    entries = {"name": "演示程序", "last_on": "2016-06-30"}

    made = secretary.post("/me/tokens", dict(entries), page="/me")

    found = re.search(r'value="(recruit_[^"]+)"', made.get_data(as_text=True))
    assert found is not None
    headers = {"Authorization": f"Bearer {found.group(1)}"}
    assert made.headers["Cache-Control"] == "no-store"
    assert secretary.client.get("/api/v1/dossiers", headers=headers).status_code == 200
    page = secretary.text("/me")
    assert "演示程序" in page
    assert found.group(1) not in page
    assert "2016年6月30日" in page
    (end,) = secretary.hrefs(page, "/me/tokens/")
    assert secretary.post(end, {}, page="/me").status_code == 302
    assert secretary.client.get("/api/v1/dossiers", headers=headers).status_code == 401


@pytest.mark.parametrize("wrong", [{"name": " "}, {"last_on": "2016-06-06"}, {"last_on": "soon"}])
def test_a_token_that_cannot_be_made_says_why_and_keeps_none(
    secretary: Counter, wrong: dict[str, str]
) -> None:
    answer = secretary.post("/me/tokens", {"name": "演示程序", **wrong}, page="/me")

    assert answer.status_code == 400
    assert 'role="alert"' in answer.get_data(as_text=True)
    assert secretary.hrefs(secretary.text("/me"), "/me/tokens/") == []


def test_a_token_is_made_by_whoever_has_just_proven_who_it_is(secretary: Counter, town: Township) -> None:
    town.clock.move_to(JUNE + timedelta(minutes=10))

    asked = secretary.post("/me/tokens", {"name": "演示程序"}, page="/me")
    made = secretary.send("/me/tokens", {**secretary.hidden(asked), "proof": PASSWORD})

    assert (asked.status_code, made.status_code) == (401, 200)
    assert "recruit_" not in asked.text
    assert 'value="recruit_' in made.text


def test_nobody_ends_the_token_of_another(secretary: Counter, organizer: Counter, town: Township) -> None:
    token_of(town, "li")
    (end,) = secretary.hrefs(secretary.text("/me"), "/me/tokens/")

    assert organizer.post(end, {}, page="/me").status_code == 404
    assert secretary.hrefs(secretary.text("/me"), "/me/tokens/") == [end]
