"""First links, codes, proof asked again, users and grants: at the counter."""

import re
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from click.testing import CliRunner
from flask import Flask

from recruit.commands.factors import begin_factor, confirm_factor, pending_secret
from recruit.log.verify import verify
from tests.web.conftest import CONFIG, Counter
from tests.web.township import JUNE, PASSWORD, Township
from web.app import create_app
from web.cli import main
from web.cookies import LOGIN
from web.proof import is_proven

CHOSEN = "seven lanterns over the river"
_LINK = re.compile(r'<p class="link[^>]*>http://localhost(/first/[^<]+)</p>')
_KEY = re.compile(r'<p class="key">([^<]+)</p>')
_CODE = re.compile(r"<li>([0-9A-Z]{5}-[0-9A-Z]{5})</li>")
MINUTE = timedelta(minutes=1)
WEIGHS_MOST = (
    "account.begin", "account.codes", "account.confirm", "account.end", "audit.export", "audit.export_form",
    "erasures.confirm", "me.make", "meetings.confirmed", "proposals.confirm", "reveals.contents",
    "reveals.value", "users.confirm_loss", "users.end_grant", "users.grant", "users.invite", "users.link",
)  # fmt: skip


def logged_in(app: Flask, login: str) -> Counter:
    counter = Counter(app)
    assert counter.log_in(login).status_code == 302
    return counter


@pytest.fixture
def strict(town: Township) -> Flask:
    """As in real use: who decides, administers or audits needs a code."""
    return create_app(town.record, town.clock, config=CONFIG.model_copy(update={"second_factor": "required"}))


@pytest.fixture
def system(app: Flask) -> Counter:
    return logged_in(app, "sysadmin")


@pytest.fixture
def security(app: Flask) -> Counter:
    return logged_in(app, "secadmin")


def phone_of(town: Township, login: str) -> pyotp.TOTP:
    context = town.context(login)
    begin_factor(context)
    secret = pending_secret(context)
    assert secret is not None
    phone = pyotp.TOTP(secret)
    confirm_factor(context, phone.at(context.now))
    return phone


def link_in(page: str) -> str:
    found = _LINK.search(page)
    assert found is not None
    return found.group(1)


def test_from_the_invitation_to_the_first_page_of_work(
    app: Flask, town: Township, system: Counter, security: Counter, stranger: Counter
) -> None:
    willow = town.places["willow"]
    entries: dict[str, object] = {"name": "演示新人", "login": "xinren", "organization": willow}
    made = system.post("/admin/users", entries, page="/admin/users")
    link = link_in(made.get_data(as_text=True))
    assert made.headers["Cache-Control"] == "no-store"
    assert link not in system.text("/admin/users?q=xinren")

    page = stranger.get(link)
    assert "演示新人" in page.get_data(as_text=True)
    assert page.headers["Cache-Control"] == "no-store"
    differing = stranger.post(link, {"password": CHOSEN, "again": CHOSEN + "!"})
    assert differing.status_code == 400
    chosen = stranger.post(link, {"password": CHOSEN, "again": CHOSEN})
    assert chosen.headers["Location"] == "/"
    assert "还差一步：授权" in stranger.text("/")
    assert Counter(app).get(link).status_code == 404

    (user,) = re.findall(r'href="(/admin/users/[0-9A-Z]{26})"', security.text("/admin/users?q=xinren"))
    grant: dict[str, object] = {"role": "branch_clerk", "organization": willow, "from_on": "2016-06-07"}
    assert security.post(f"{user}/grants", grant, page=user).status_code == 302
    assert "柳树村党支部" in stranger.text("/")
    assert verify(town.record).ok


def test_whoever_needs_a_code_sets_it_up_before_anything_else(strict: Flask, town: Township) -> None:
    head = logged_in(strict, "zhang")
    for path in ("/", "/dossiers", "/proposals", "/me"):
        assert head.get(path).headers["Location"] == "/me/factor", path

    head.post("/me/factor", {}, page="/me/factor")
    page = head.text("/me/factor")
    key = _KEY.search(page)
    assert key is not None
    assert "<svg" in page
    assert "style=" not in page
    phone = pyotp.TOTP(key.group(1).replace(" ", ""))
    wrong = head.post("/me/factor/confirm", {"code": phone.at(JUNE - timedelta(hours=1))}, page="/me/factor")
    assert wrong.status_code == 400
    codes = _CODE.findall(head.post("/me/factor/confirm", {"code": phone.at(JUNE)}, page="/me/factor").text)

    assert len(set(codes)) == 10
    assert head.get("/").status_code == 200
    assert codes[0] not in head.text("/me/factor")
    assert head.post("/me/factor/end", {}, page="/me/factor").status_code == 403
    assert logged_in(strict, "li").get("/").status_code == 200


def test_the_password_opens_the_page_for_the_code_and_the_code_the_work(app: Flask, town: Township) -> None:
    phone, counter = phone_of(town, "li"), Counter(app)
    town.clock.move_to(JUNE + 2 * MINUTE)

    first = counter.post("/login", {"account": "li", "password": PASSWORD, "next": "/dossiers"})
    assert first.headers["Location"] == "/login/code?next=/dossiers"
    waiting = counter.client.get_cookie(LOGIN)
    assert waiting is not None
    assert counter.get("/dossiers").status_code == 302
    assert counter.get("/login/code").headers["Cache-Control"] == "no-store"
    refused = counter.post("/login/code", {"code": "123456", "next": "/dossiers"}, page="/login/code")
    assert refused.status_code == 401
    whole = counter.post(
        "/login/code", {"code": phone.at(town.clock.now()), "next": "/dossiers"}, page="/login/code"
    )

    assert whole.headers["Location"] == "/dossiers"
    assert counter.get("/dossiers").status_code == 200
    opened = counter.client.get_cookie(LOGIN)
    assert opened is not None
    assert opened.value != waiting.value


def test_proof_is_asked_again_after_ten_minutes_and_the_entries_are_kept(
    secretary: Counter, town: Township
) -> None:
    page = f"/dossiers/{town.dossiers['王秀兰']}"
    entries: dict[str, object] = {"what": "phone", "reason": "call"}
    town.clock.move_to(JUNE + 10 * MINUTE - timedelta(seconds=1))
    assert "13800000000" in secretary.post(f"{page}/reveal", entries, page=page).text
    town.clock.move_to(JUNE + 10 * MINUTE)

    asked = secretary.post(f"{page}/reveal", entries, page=page)
    assert asked.status_code == 401
    assert "13800000000" not in asked.text
    kept = secretary.hidden(asked)
    assert (kept["what"], kept["reason"]) == ("phone", "call")
    assert secretary.send(f"{page}/reveal", {**kept, "proof": "not the password"}).status_code == 401
    answer = secretary.send(f"{page}/reveal", {**kept, "proof": PASSWORD})

    assert "13800000000" in answer.text
    assert secretary.post(f"{page}/reveal", entries, page=page).status_code == 200


def test_what_weighs_most_asks_again_who_it_is(app: Flask) -> None:
    views = {endpoint for endpoint, view in app.view_functions.items() if is_proven(view)}

    assert views == set(WEIGHS_MOST)


def test_five_wrong_proofs_lock(secretary: Counter, town: Township) -> None:
    page = f"/dossiers/{town.dossiers['王秀兰']}"
    town.clock.move_to(JUNE + 11 * MINUTE)
    kept = secretary.hidden(secretary.post(f"{page}/reveal", {"what": "phone", "reason": "call"}, page=page))

    codes = [secretary.send(f"{page}/reveal", {**kept, "proof": "wrong"}).status_code for _ in range(6)]

    assert codes == [401] * 5 + [429]


def test_a_lost_telephone_takes_two_administrators(
    app: Flask, town: Township, system: Counter, security: Counter
) -> None:
    phone_of(town, "zhang")
    user = f"/admin/users/{town.users['zhang']}"
    assert security.post(f"{user}/loss/confirm", {}, page=user).status_code == 404
    assert system.post(f"{user}/loss", {}, page=user).status_code == 302
    assert system.post(f"{user}/loss/confirm", {}, page=user).status_code == 403

    link = link_in(security.post(f"{user}/loss/confirm", {}, page=user).text)

    person = Counter(app)
    assert person.post(link, {"password": CHOSEN, "again": CHOSEN}).headers["Location"] == "/"


def test_a_copied_cookie_is_worth_nothing_after_a_new_password_or_a_disabling(
    app: Flask, town: Township, system: Counter
) -> None:
    owner, thief = logged_in(app, "li"), Counter(app)
    cookie = owner.client.get_cookie(LOGIN)
    assert cookie is not None
    thief.client.set_cookie(LOGIN, cookie.value)
    assert thief.get("/").status_code == 200

    changed = owner.post(
        "/me/password", {"old": PASSWORD, "password": CHOSEN, "again": CHOSEN}, page="/me/password"
    )
    assert changed.headers["Location"] == "/login"
    assert thief.get("/").status_code == 302
    assert owner.log_in("li", CHOSEN).status_code == 302

    system.post(f"/admin/users/{town.users['li']}/state", {"do": "disable"}, page="/admin/users")
    assert owner.get("/").status_code == 302
    assert Counter(app).log_in("li", CHOSEN).status_code == 401


def test_the_own_log_ins_are_listed_and_the_others_ended(app: Flask, stranger: Counter) -> None:
    phone = {"User-Agent": "Mozilla/5.0 (Linux; Android 9) Chrome/78.0"}
    other = Counter(app)
    other.client.environ_base["HTTP_USER_AGENT"] = phone["User-Agent"]
    other.log_in("li")
    stranger.log_in("li")
    assert "上一次登录" in stranger.text("/")
    assert "Chrome · Android" in stranger.text("/me/log-ins")

    stranger.post("/me/log-ins/end", {}, page="/me/log-ins")

    assert other.get("/").status_code == 302
    assert stranger.get("/").status_code == 200


def test_logging_out_empties_what_the_browser_kept(secretary: Counter) -> None:
    answer = secretary.post("/logout", {}, page="/")

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.parametrize(
    ("environment", "size", "mode", "said"),
    [
        ({"FLASK_DEBUG": "1"}, 32, 0o600, "Debugging"),
        ({"RECRUIT_BASE_URL": "http://recruit.example"}, 32, 0o600, "https"),
        ({}, 31, 0o600, "too short"),
        ({}, 0, 0o600, "too short"),
        ({}, 32, 0o640, "Others may read"),
    ],
)
def test_what_is_unfit_is_not_served(
    town: Township,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    size: int,
    mode: int,
    said: str,
) -> None:
    key = town.record.keys_folder / "page.key"
    key.unlink(missing_ok=True)
    key.write_bytes(b"k" * size)
    key.chmod(mode)
    monkeypatch.setenv("LC_ALL", "C")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    town.record.close()

    done = CliRunner().invoke(main, ["--data", str(town.record.folder), "serve", "--port", "1"])

    assert done.exit_code == 2
    assert said in done.stderr


def test_without_its_guards_a_record_is_not_served(town: Township, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    with town.record.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER act_no_delete")
    town.record.close()

    done = CliRunner().invoke(main, ["--data", str(town.record.folder), "serve", "--port", "1"])

    assert done.exit_code == 2
    assert "guards" in done.stderr


def test_a_new_record_has_no_account_and_its_link_lasts_a_quarter_of_an_hour(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["--data", str(tmp_path / "data"), "init"])

    assert "within 15 minutes" in done.stdout
    assert "/setup/" in done.stdout


@pytest.mark.parametrize(("path", "name"), [("/admin/users", "用户"), ("/admin/settings", "管理")])
def test_the_menu_shows_one_entry_as_the_open_one(system: Counter, path: str, name: str) -> None:
    current = re.findall(r'<a href="[^"]*" aria-current="page">([^<]+)', system.text(path))

    assert set(current) == {name}
