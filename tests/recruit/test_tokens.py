"""Tokens: told once, of one user with that user's grants, until their day, their end or the user's."""

from datetime import date

import pytest
from sqlalchemy import text

from recruit.commands.exports import console
from recruit.commands.tokens import (
    PREFIX,
    MakeToken,
    bearer_of_token,
    end_token,
    make_token,
)
from recruit.commands.users import disable_user
from recruit.context import Context
from recruit.errors import BadInput, NotFound
from recruit.log.verify import verify
from recruit.queries.tokens import my_tokens, tokens
from tests.recruit.builders import Township, at


def made(township: Township, login: str = "secretary", last_on: date | None = None) -> tuple[str, str]:
    """Id and secret of a token, made at the machine itself."""
    context = Context(record=township.record, actor=console(township.record), now=township.now)
    user = township.context(login).actor.user_id
    done = make_token(context, MakeToken(user=user, name="演示程序", last_on=last_on))
    return done.id, done.secret


def test_a_token_is_its_user_with_that_users_grants(township: Township) -> None:
    id_, secret = made(township)

    bearer = bearer_of_token(township.record, secret, now=township.now)

    assert bearer is not None
    assert (bearer.token, bearer.actor) == (id_, township.context("secretary").actor)
    assert secret.startswith(PREFIX)
    assert bearer_of_token(township.record, secret + "x", now=township.now) is None
    assert bearer_of_token(township.record, "\ud800", now=township.now) is None


def test_only_the_digest_of_a_token_is_kept_and_its_making_is_an_event(township: Township) -> None:
    before = verify(township.record).events
    _, secret = made(township)

    with township.record.reading() as connection:
        rows = connection.execute(text("SELECT * FROM token")).all()
        events = connection.execute(text("SELECT canonical FROM event WHERE \"do\" = 'token_made'")).all()
    assert secret not in str(rows)
    assert len(events) == 1
    assert "演示程序" not in bytes(events[0][0]).decode()
    assert verify(township.record).events == before + 1


@pytest.mark.parametrize(
    ("day", "opens"), [("2016-03-04", True), ("2016-03-05", True), ("2016-03-06", False)]
)
def test_a_token_ends_after_its_last_day(township: Township, day: str, opens: bool) -> None:
    _, secret = made(township, last_on=date(2016, 3, 5))

    assert (bearer_of_token(township.record, secret, now=at(day)) is not None) is opens
    assert (len(tokens(township.record, now=at(day))) == 1) is opens


def test_a_token_is_ended_by_its_user_and_by_nobody_else(township: Township) -> None:
    id_, secret = made(township)
    with pytest.raises(NotFound):
        end_token(township.context("head"), id_)

    end_token(township.context("secretary"), id_)
    end_token(township.context("secretary"), id_)

    assert bearer_of_token(township.record, secret, now=township.now) is None
    assert my_tokens(township.context("secretary")) == ()
    assert verify(township.record).ok


def test_nobody_makes_a_token_for_somebody_else(township: Township) -> None:
    other = township.context("head").actor.user_id

    with pytest.raises(NotFound):
        make_token(township.context("secretary"), MakeToken(user=other, name="演示程序"))


@pytest.mark.parametrize(("name", "last_on"), [("", None), ("x" * 61, None), ("演示程序", date(2016, 2, 29))])
def test_a_token_without_a_name_or_of_a_past_day_is_not_made(
    township: Township, name: str, last_on: date | None
) -> None:
    user = township.context("secretary").actor.user_id

    with pytest.raises(BadInput):
        make_token(township.context("secretary"), MakeToken(user=user, name=name, last_on=last_on))


def test_the_tokens_of_a_user_who_is_disabled_end_at_once(township: Township) -> None:
    _, secret = made(township)
    user = township.context("secretary").actor.user_id

    disable_user(township.context("security_admin"), user)

    assert bearer_of_token(township.record, secret, now=township.now) is None
    assert tokens(township.record, now=township.now) == ()


def test_the_day_of_the_last_use_is_listed(township: Township) -> None:
    _, secret = made(township)
    assert my_tokens(township.context("secretary"))[0].used_on is None

    bearer_of_token(township.record, secret, now=at("2016-03-02"))

    assert my_tokens(township.context("secretary"))[0].used_on == date(2016, 3, 2)
