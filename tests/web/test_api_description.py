"""The description of the interface: complete, in both languages, without a script; its examples run."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.web.conftest import Counter
from tests.web.program import Program, token_of
from tests.web.township import Township

ROOT = Path(__file__).resolve().parents[2]
# The table of calls that others rely on.
CALLS = {
    "POST /dossiers", "GET /dossiers", "GET /dossiers/{dossier}", "POST /dossiers/{dossier}/acts",
    "GET /proposals", "POST /proposals/{proposal}/confirm", "GET /dossiers/{dossier}/acts", "GET /deadlines",
    "POST /notices", "POST /notices/{notice}/close", "POST /meetings", "POST /meetings/{meeting}/items",
    "POST /meetings/{meeting}/confirm", "GET /log/checkpoint", "GET /log/proof/{dossier}/{seq}",
    "GET /calendar/{feed}.ics", "GET /organizations",
}  # fmt: skip


@pytest.fixture
def described(app: Flask, town: Township) -> dict[str, Any]:
    answer = Program(app, token_of(town, "li")).get("/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def test_it_names_every_call_and_every_status(described: dict[str, Any]) -> None:
    calls = {f"{method.upper()} {path}" for path, one in described["paths"].items() for method in one}

    assert described["openapi"] == "3.1.0"
    assert calls == CALLS
    acts = described["paths"]["/dossiers/{dossier}/acts"]["post"]
    assert set(acts["responses"]) == {
        "201", "202", "400", "401", "403", "404", "405", "409", "413", "415", "422", "429", "500", "503",
    }  # fmt: skip
    assert {one["name"]: one["required"] for one in acts["parameters"] if one["in"] == "header"} == {
        "Idempotency-Key": True
    }


def test_every_reference_leads_to_a_schema_and_what_is_sent_is_closed(described: dict[str, Any]) -> None:
    schemas = described["components"]["schemas"]

    wanted = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(described)))

    assert wanted <= set(schemas)
    sent = [name for name in schemas if name.endswith("Sent") and schemas[name].get("type") == "object"]
    assert len(sent) >= 6
    assert [name for name in sent if schemas[name].get("additionalProperties") is not False] == []
    assert {"do", "on", "seen_version", "override", "for", "from", "replacement"} <= set(
        schemas["ActSent"]["properties"]
    )


def test_it_is_described_in_both_languages(app: Flask, town: Township) -> None:
    secret = token_of(town, "li")
    told = {
        language: Program(app, secret, language).get("/openapi.json").get_json() for language in ("zh", "en")
    }

    for language, word in (("zh", "记一件事"), ("en", "Record an act")):
        one = told[language]
        assert one["paths"]["/dossiers/{dossier}/acts"]["post"]["summary"] == word
        assert "x-zh" not in json.dumps(one)
    assert not re.search(r"[一-鿿]", json.dumps(told["en"], ensure_ascii=False))


def test_the_page_needs_the_log_in_and_nothing_from_outside(
    app: Flask, secretary: Counter, stranger: Counter, town: Township
) -> None:
    assert stranger.get("/api/v1/docs").status_code == 302
    assert stranger.get("/api/v1/openapi.json").status_code == 401
    assert secretary.get("/api/v1/openapi.json").status_code == 200

    page = secretary.text("/api/v1/docs")

    assert "<script" not in page
    assert re.findall(r'(?:src|href)="(https?:)?//', page) == []
    for call in CALLS:
        assert call in page
    english = app.test_client().get(
        "/api/v1/docs", headers={"Authorization": f"Bearer {token_of(town, 'wu')}", "Accept-Language": "en"}
    )
    assert "Record an act" in english.get_data(as_text=True)


def examples() -> list[tuple[str, int]]:
    lines = (ROOT / "docs" / "api.md").read_text("utf-8").splitlines()
    found = [re.fullmatch(r"(curl .*?)\s+# (\d{3})", line) for line in lines if line.startswith("curl ")]
    return [(one.group(1), int(one.group(2))) for one in found if one]


def test_the_examples_of_the_documentation_run(app: Flask, town: Township) -> None:
    known = {
        "$TOKEN": token_of(town, "li"),
        "$URL": "",
        "$DOSSIER": town.dossiers["王秀兰"],
        "$BRANCH": town.places["willow"],
    }
    client = app.test_client()
    shown = examples()
    assert len(shown) == 11

    for line, status in shown:
        filled = re.sub(r"\$[A-Z]+", lambda found: known[found.group()], line)
        _curl, *words = shlex.split(filled)
        headers = [words[at + 1].split(": ", 1) for at, word in enumerate(words) if word == "-H"]
        body = words[words.index("-d") + 1] if "-d" in words else None
        method = "POST" if "-X" in words else "GET"
        answer = client.open(words[-1], method=method, headers=headers, data=body)
        assert answer.status_code == status, (line, answer.get_data(as_text=True))
