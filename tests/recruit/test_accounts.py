"""First links, second factors, lost factors and passwords, as the record keeps them."""

import json
from datetime import datetime, timedelta

import pyotp
import pytest

from recruit import passwords
from recruit.commands.factor_losses import confirm_factor_loss, report_factor_loss, withdraw_factor_loss
from recruit.commands.factors import begin_factor, confirm_factor, pending_secret, print_codes
from recruit.commands.grants import GrantRole, grant_role
from recruit.commands.links import LASTS, Invite, invite_user, link_or_none, new_link, use_link
from recruit.commands.sessions import (
    ABSOLUTE,
    FOR_THE_CODE,
    IDLE,
    IDLE_OF_ADMINISTRATORS,
    LoggedIn,
    actor_of_session,
    end_other_sessions,
    enter_code,
    log_in,
    log_out,
    prove_again,
    signed_in_or_none,
)
from recruit.commands.users import change_password, disable_user, enable_user
from recruit.context import Context
from recruit.errors import BadInput, LogInLocked, NotAllowed, NotFound
from recruit.passwords import ROTATION, hash_password, is_stale, rehashed_or_none
from recruit.queries.users import find_user, users
from tests.conftest import DEAR
from tests.recruit.builders import Township, at

NOW = at("2016-03-01")
PASSWORD = "a-made-up-password"
CHOSEN = "seven lanterns over the river"
SECOND = timedelta(seconds=1)


def enter(township: Township, login: str, now: datetime = NOW, password: str = PASSWORD) -> LoggedIn | None:
    return log_in(township.record, login=login, password=password, now=now)


def token_of(township: Township, login: str, now: datetime = NOW, password: str = PASSWORD) -> str:
    opened = enter(township, login, now, password)
    assert opened is not None
    return opened.token


def with_factor(township: Township, login: str, now: datetime = NOW) -> tuple[pyotp.TOTP, tuple[str, ...]]:
    """The telephone and the printed codes of a user."""
    context = township.context(login, now)
    begin_factor(context)
    secret = pending_secret(context)
    assert secret is not None
    phone = pyotp.TOTP(secret)
    return phone, confirm_factor(context, phone.at(now))


def user_of(township: Township, login: str) -> str:
    return township.context(login).actor.user_id


def done(township: Township, do: str) -> list[dict[str, object]]:
    with township.record.reading() as connection:
        rows = connection.exec_driver_sql("SELECT canonical FROM event ORDER BY org, seq").fetchall()
    found = [json.loads(bytes(row[0])) for row in rows]
    return [one for one in found if one["do"] == do]


def invited(township: Township, login: str = "fresh") -> tuple[str, str]:
    invite = Invite(login=login, name="演示新人", organization=township.places["first"])
    made = invite_user(township.context("system_admin", NOW), invite)
    return made.user, made.token


def test_a_first_link_chooses_the_password_once_within_a_day(township: Township) -> None:
    user, token = invited(township)
    assert enter(township, "fresh", password="") is None
    last = NOW + LASTS - SECOND
    assert link_or_none(township.record, token, now=NOW + LASTS) is None

    assert use_link(township.record, token, password=CHOSEN, now=last) == user

    assert enter(township, "fresh", last, CHOSEN) is not None
    with pytest.raises(NotFound):
        use_link(township.record, token, password=CHOSEN + "!", now=last)
    assert [one["details"] for one in done(township, "link_used")] == [{"user": user}]
    with township.record.reading() as connection:
        assert token not in str(connection.exec_driver_sql("SELECT * FROM link").fetchall())


def test_a_new_link_replaces_the_old_one_and_ends_every_session_when_used(township: Township) -> None:
    user, opened = user_of(township, "secretary"), token_of(township, "secretary")
    system = township.context("system_admin", NOW)
    old = new_link(system, user)
    new = new_link(system, user)

    assert link_or_none(township.record, old, now=NOW) is None
    assert actor_of_session(township.record, opened, now=NOW) is not None
    use_link(township.record, new, password=CHOSEN, now=NOW)

    assert actor_of_session(township.record, opened, now=NOW) is None
    assert enter(township, "secretary") is None
    assert len(done(township, "link_made")) == 2


@pytest.mark.embedded
def test_a_link_is_made_by_those_who_may_and_never_for_oneself(township: Township) -> None:
    user = user_of(township, "secretary")
    with pytest.raises(NotAllowed):
        new_link(township.context("organizer", NOW), user)
    with pytest.raises(NotFound):
        new_link(township.context("neighbour", NOW), user)
    system = township.context("system_admin", NOW)
    with pytest.raises(BadInput):
        new_link(system, system.actor.user_id)
    disable_user(system, user)
    with pytest.raises(BadInput):
        new_link(system, user)


@pytest.mark.embedded
@pytest.mark.parametrize(
    "password",
    [
        "elevenchars",
        "Qwertyuiop12",
        "fresh and green",
        "我是演示新人不用记密码",
        "一村党支部的好日子很多",
        "121212121212",
    ],
)
def test_a_password_that_is_short_common_or_ones_own_words_is_refused(
    township: Township, password: str
) -> None:
    _, token = invited(township)

    with pytest.raises(BadInput):
        use_link(township.record, token, password=password, now=NOW)

    assert link_or_none(township.record, token, now=NOW) is not None


@pytest.mark.embedded
def test_the_profile_of_the_assessors_asks_for_three_kinds_and_a_new_one_after_ninety_days(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(passwords, "_hasher", DEAR)
    with pytest.raises(BadInput):
        hash_password(CHOSEN, profile="mlps")
    assert hash_password("Seven lanterns 7", profile="mlps").encoded.startswith(
        "$argon2id$v=19$m=65536,t=3,p=4$"
    )
    assert not is_stale(NOW, NOW + ROTATION - SECOND, "mlps")
    assert is_stale(NOW, NOW + ROTATION, "mlps")
    assert is_stale(None, NOW, "mlps")
    assert not is_stale(None, NOW, "modern")


@pytest.mark.embedded
def test_a_long_password_holds_and_a_hash_of_lower_cost_is_renewed(township: Township) -> None:
    weak = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$q8YkK7i1V4P4yCq8m2Yt5A"
    assert rehashed_or_none(weak, CHOSEN) is not None
    assert rehashed_or_none(hash_password("x y z " * 15).encoded, "x y z " * 15) is None
    with pytest.raises(BadInput):
        hash_password("x y z " * 60)


def test_with_a_factor_the_password_alone_opens_nothing(township: Township) -> None:
    phone, _codes = with_factor(township, "head")
    later = NOW + timedelta(minutes=1)

    half = enter(township, "head", later)

    assert half is not None
    assert half.awaits_code
    assert actor_of_session(township.record, half.token, now=later) is None
    whole = enter_code(township.record, half.token, code=phone.at(later), now=later)
    assert whole is not None
    assert whole.token != half.token
    assert actor_of_session(township.record, whole.token, now=later) is not None
    assert enter_code(township.record, half.token, code=phone.at(later), now=later) is None


@pytest.mark.embedded
def test_a_code_works_once_and_one_step_to_either_side(township: Township) -> None:
    phone, _codes = with_factor(township, "head")
    later = NOW + timedelta(minutes=10)

    def accepts(code_of: datetime, now: datetime) -> bool:
        half = token_of(township, "head", now)
        return enter_code(township.record, half, code=phone.at(code_of), now=now) is not None

    step = timedelta(seconds=30)
    assert not accepts(later - 2 * step, later)
    assert not accepts(later + 2 * step, later)
    assert accepts(later - step, later)
    assert not accepts(later - step, later)
    assert accepts(later + step, later)
    assert not accepts(later, later)  # older than the last one that was used


def test_a_printed_code_works_once_and_new_ones_replace_them(township: Township) -> None:
    _phone, codes = with_factor(township, "head")
    assert len(set(codes)) == 10

    def accepts(code: str) -> bool:
        return enter_code(township.record, token_of(township, "head"), code=code, now=NOW) is not None

    assert accepts(codes[0].lower().replace("-", " "))
    assert not accepts(codes[0])
    fresh = print_codes(township.context("head", NOW))
    assert not accepts(codes[1])
    assert accepts(fresh[0])


@pytest.mark.embedded
def test_five_wrong_codes_lock_and_a_right_password_in_between_gives_no_more_tries(
    township: Township,
) -> None:
    phone, _codes = with_factor(township, "head")
    later = NOW + timedelta(minutes=5)
    for _ in range(5):
        assert (
            enter_code(township.record, token_of(township, "head", later), code="000000", now=later) is None
        )

    with pytest.raises(LogInLocked):
        enter(township, "head", later)

    end = later + timedelta(minutes=15)
    half = token_of(township, "head", end)
    assert enter_code(township.record, half, code=phone.at(end), now=end) is not None


@pytest.mark.embedded
def test_what_waits_for_a_code_waits_ten_minutes(township: Township) -> None:
    phone, _codes = with_factor(township, "head")
    half = token_of(township, "head", NOW + timedelta(minutes=1))
    over = NOW + timedelta(minutes=1) + FOR_THE_CODE

    assert enter_code(township.record, half, code=phone.at(over), now=over) is None


@pytest.mark.embedded
def test_a_secret_lies_sealed_and_codes_as_digests(township: Township) -> None:
    phone, codes = with_factor(township, "head")

    with township.record.reading() as connection:
        kept = [
            connection.exec_driver_sql(f"SELECT * FROM {table}").fetchall()
            for table in ("factor", "printed_code")
        ]

    assert phone.secret.encode() not in b"".join(bytes(row[1] or b"") for row in kept[0])
    assert not [code for code in codes if code in str(kept) or code.replace("-", "") in str(kept)]


def test_a_lost_factor_takes_two_persons(township: Township) -> None:
    _phone, codes = with_factor(township, "head")
    user, opened = user_of(township, "head"), token_of(township, "secretary")
    half = token_of(township, "head")
    whole = enter_code(township.record, half, code=codes[0], now=NOW)
    assert whole is not None
    system, security = township.context("system_admin", NOW), township.context("security_admin", NOW)
    with pytest.raises(NotFound):
        confirm_factor_loss(security, user)
    report_factor_loss(system, user)
    with pytest.raises(BadInput):
        report_factor_loss(security, user)
    with pytest.raises(NotAllowed):
        confirm_factor_loss(system, user)

    token = confirm_factor_loss(security, user)

    assert actor_of_session(township.record, whole.token, now=NOW) is None
    assert actor_of_session(township.record, opened, now=NOW) is not None
    use_link(township.record, token, password=CHOSEN, now=NOW)
    again = enter(township, "head", password=CHOSEN)
    assert again is not None
    assert not again.awaits_code
    (event,) = done(township, "factor_loss_confirmed")
    assert event["details"] == {"user": user, "reported_by": system.actor.user_id}


@pytest.mark.embedded
def test_who_reported_a_loss_does_not_confirm_it_and_may_withdraw_it(township: Township) -> None:
    with_factor(township, "head")
    user, security = user_of(township, "head"), township.context("security_admin", NOW)
    report_factor_loss(security, user)

    with pytest.raises(NotAllowed):
        confirm_factor_loss(security, user)
    withdraw_factor_loss(security, user)

    half = enter(township, "head")
    assert half is not None
    assert half.awaits_code
    with pytest.raises(BadInput):
        report_factor_loss(security, user_of(township, "clerk"))


def test_sessions_end_at_the_next_request(township: Township) -> None:
    """Log-out, a changed password, disabling, the button: none leaves a copy of the cookie worth anything."""
    record, user = township.record, user_of(township, "secretary")
    secretary, system = township.context("secretary", NOW), township.context("system_admin", NOW)

    def is_open(token: str) -> bool:
        return actor_of_session(record, token, now=NOW + SECOND) is not None

    one, two = token_of(township, "secretary"), token_of(township, "secretary")
    log_out(record, one, now=NOW)
    assert (is_open(one), is_open(two)) == (False, True)

    three = token_of(township, "secretary")
    end_other_sessions(secretary, three)
    assert (is_open(two), is_open(three)) == (False, True)

    change_password(secretary, old=PASSWORD, new=CHOSEN)
    assert not is_open(three)

    four = token_of(township, "secretary", password=CHOSEN)
    disable_user(system, user)
    assert not is_open(four)
    assert enter(township, "secretary", password=CHOSEN) is None
    enable_user(system, user)
    assert not is_open(four)
    assert enter(township, "secretary", password=CHOSEN) is not None


@pytest.mark.embedded
@pytest.mark.parametrize(("login", "idle"), [("secretary", IDLE), ("security_admin", IDLE_OF_ADMINISTRATORS)])
def test_a_session_that_idles_ends_and_an_administrators_sooner(
    township: Township, login: str, idle: timedelta
) -> None:
    token = token_of(township, login)

    assert actor_of_session(township.record, token, now=NOW + idle) is None
    assert actor_of_session(township.record, token, now=NOW + idle - SECOND) is not None


@pytest.mark.embedded
def test_a_session_ends_after_twelve_hours_however_busy(township: Township) -> None:
    token, now = token_of(township, "secretary"), NOW
    while now < NOW + ABSOLUTE - SECOND:
        assert actor_of_session(township.record, token, now=now) is not None
        now = min(now + timedelta(minutes=29), NOW + ABSOLUTE - SECOND)
    assert actor_of_session(township.record, token, now=now) is not None

    assert actor_of_session(township.record, token, now=NOW + ABSOLUTE) is None


@pytest.mark.embedded
def test_a_role_that_is_granted_or_ended_counts_at_the_next_request(township: Township) -> None:
    token, security = token_of(township, "clerk"), township.context("security_admin", NOW)
    grant = GrantRole(
        user=user_of(township, "clerk"),
        role="branch_secretary",
        organization=township.places["second"],
        from_on=NOW.date(),
    )
    grant_role(security, grant)

    actor = actor_of_session(township.record, token, now=NOW)

    assert actor is not None
    assert "branch_secretary" in actor.roles()


@pytest.mark.embedded
def test_nobody_grants_a_role_to_oneself_or_beyond_the_own_reach(township: Township) -> None:
    security = township.context("security_admin", NOW)

    def grant(context: Context, user: str, place: str) -> None:
        grant_role(
            context,
            GrantRole(user=user, role="auditor", organization=township.places[place], from_on=NOW.date()),
        )

    with pytest.raises(BadInput):
        grant(security, security.actor.user_id, "county")
    with pytest.raises(NotAllowed):
        grant(township.context("system_admin", NOW), user_of(township, "clerk"), "county")
    with pytest.raises(NotFound):
        grant(township.context("head", NOW), user_of(township, "clerk"), "county")


def test_proof_is_password_or_code_and_lasts_from_its_own_moment(township: Township) -> None:
    phone, codes = with_factor(township, "head")
    whole = enter_code(township.record, token_of(township, "head"), code=codes[0], now=NOW)
    assert whole is not None
    later = NOW + timedelta(minutes=20)

    assert not prove_again(township.record, whole.token, given="wrong", now=later)
    assert prove_again(township.record, whole.token, given=phone.at(later), now=later)
    assert not prove_again(township.record, whole.token, given=phone.at(later), now=later)
    assert prove_again(township.record, whole.token, given=PASSWORD, now=later + SECOND)

    signed_in = signed_in_or_none(township.record, whole.token, now=later + SECOND)
    assert signed_in is not None
    assert signed_in.verified_at == later + SECOND


def test_an_invited_user_is_seen_where_listed_and_a_page_goes_on_after_its_last(township: Township) -> None:
    user, _token = invited(township)
    system = township.context("system_admin", NOW)

    assert [row.login for row in users(system, q="fresh").rows] == ["fresh"]
    assert [row.login for row in users(system, q="演示新").rows] == ["fresh"]
    assert users(system, q="%").rows == ()
    assert not find_user(system, user).row.has_password
    with pytest.raises(NotFound):
        find_user(township.context("neighbour", NOW), user)
    first = users(system, limit=5)
    assert first.after == first.rows[-1].login
    rest = users(system, after=first.after or "", limit=50)
    assert rest.after is None
    assert len({row.id for row in first.rows + rest.rows}) == 13
