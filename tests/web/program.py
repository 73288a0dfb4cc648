"""A program that uses the JSON interface with a token, for tests."""

import itertools
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from recruit.commands.exports import console
from recruit.commands.tokens import MakeToken, make_token
from recruit.context import Context
from tests.web.township import Township

_numbers = itertools.count(1)


def token_of(town: Township, login: str, **limits: Any) -> str:
    """The secret of a new token for that log-in."""
    now = town.clock.now()
    user = town.context(login).actor.user_id
    made = make_token(
        Context(record=town.record, actor=console(town.record), now=now),
        MakeToken(user=user, name="演示程序", **limits),
    )
    return made.secret


class Program:
    """Asks under `/api/v1` in English; a body goes as JSON, and each request has a key of its own."""

    def __init__(self, app: Flask, secret: str, language: str = "en") -> None:
        self.client: FlaskClient = app.test_client()
        self.headers = {"Authorization": f"Bearer {secret}", "Accept-Language": language}

    def get(self, path: str, **query: object) -> TestResponse:
        return self.client.get(f"/api/v1{path}", headers=self.headers, query_string=query or None)

    def post(
        self, path: str, body: object = None, *, key: str | None = None, dry_run: bool = False
    ) -> TestResponse:
        headers = {**self.headers, "Idempotency-Key": key or f"program-{next(_numbers)}"}
        query = {"dry_run": "true"} if dry_run else {}
        return self.client.post(f"/api/v1{path}", json=body, headers=headers, query_string=query or None)
