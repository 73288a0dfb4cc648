"""Log in, log out, and what an old cookie is worth afterwards."""

from datetime import timedelta

import pytest

from tests.web.conftest import Counter
from tests.web.township import PASSWORD, Township


def test_a_right_password_opens_todays_work(stranger: Counter) -> None:
    answer = stranger.log_in("li")

    assert answer.status_code == 302
    assert "李建国" in stranger.text("/")


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(stranger: Counter) -> None:
    cookies = "\n".join(stranger.log_in("li").headers.getlist("Set-Cookie"))

    assert "recruit_login=" in cookies
    for line in cookies.splitlines():
        assert "HttpOnly" in line
        assert "SameSite=Lax" in line


def test_the_cookie_of_a_secure_request_is_secure_and_bound_to_its_host(stranger: Counter) -> None:
    answer = stranger.get("/login", base_url="https://localhost")

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-recruit_page=")
    assert "Secure" in cookie
    assert answer.headers["Strict-Transport-Security"]


def test_a_cookie_kept_from_before_the_log_out_opens_nothing(secretary: Counter) -> None:
    kept = secretary.client.get_cookie("recruit_login")
    assert kept is not None

    secretary.post("/logout", {}, page="/")
    secretary.client.set_cookie("recruit_login", kept.value)

    assert secretary.get("/").status_code == 302


def test_each_log_in_has_a_new_token(stranger: Counter) -> None:
    stranger.log_in("li")
    first = stranger.client.get_cookie("recruit_login")
    stranger.post("/logout", {}, page="/")
    stranger.log_in("li")
    second = stranger.client.get_cookie("recruit_login")

    assert first is not None
    assert second is not None
    assert len(first.value) >= 43
    assert first.value != second.value


def test_a_session_ends_after_thirty_idle_minutes(secretary: Counter, town: Township) -> None:
    town.clock.move_to(town.clock.now() + timedelta(minutes=29))
    assert secretary.get("/").status_code == 200

    town.clock.move_to(town.clock.now() + timedelta(minutes=30))
    assert secretary.get("/").status_code == 302


def test_an_unknown_user_and_a_wrong_password_read_the_same(stranger: Counter) -> None:
    wrong = stranger.log_in("li", "not the password at all")
    unknown = stranger.log_in("nobody", "not the password at all")

    assert wrong.status_code == unknown.status_code == 401
    assert "用户名或密码不对" in wrong.get_data(as_text=True)
    assert "用户名或密码不对" in unknown.get_data(as_text=True)


def test_five_failures_lock_the_account_for_a_quarter_of_an_hour(stranger: Counter, town: Township) -> None:
    for _ in range(5):
        stranger.log_in("li", "not the password at all")

    assert stranger.log_in("li").status_code == 429
    assert stranger.log_in("zhao").status_code == 302

    stranger.post("/logout", {}, page="/")
    town.clock.move_to(town.clock.now() + timedelta(minutes=15))
    assert stranger.log_in("li").status_code == 302


@pytest.mark.parametrize(
    "wanted",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere",
        "javascript:alert(1)",
        "",
    ],
)
def test_next_leads_to_this_site_only(stranger: Counter, wanted: str) -> None:
    answer = stranger.post("/login", {"account": "li", "password": PASSWORD, "next": wanted})

    assert answer.headers["Location"] == "/"


def test_next_leads_back_to_the_page_that_was_wanted(stranger: Counter) -> None:
    answer = stranger.post("/login", {"account": "li", "password": PASSWORD, "next": "/dossiers?q=wxl"})

    assert answer.headers["Location"] == "/dossiers?q=wxl"


def test_pages_behind_the_log_in_are_kept_by_no_cache(secretary: Counter) -> None:
    answer = secretary.get("/")

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]


def test_a_host_that_is_not_ours_is_refused(stranger: Counter) -> None:
    assert stranger.get("/login", base_url="http://evil.example").status_code == 400


def test_the_language_follows_the_browser_then_the_choice(stranger: Counter) -> None:
    def heading(asked: str) -> str:
        return stranger.get("/login", headers={"Accept-Language": asked}).get_data(as_text=True)

    assert "<h1>登录</h1>" in heading("")
    assert "<h1>登录</h1>" in heading("fr-FR, de;q=0.8")
    assert "<h1>登录</h1>" in heading("zh-Hans-CN, en;q=0.5")
    assert "<h1>Log in</h1>" in heading("en-GB, zh;q=0.5")

    stranger.post("/switch", {"switch": "zh", "back": "/login"}, page="/login")
    assert "<h1>登录</h1>" in heading("en-GB")


def test_the_large_type_is_kept_with_the_account(secretary: Counter, stranger: Counter) -> None:
    secretary.post("/switch", {"switch": "big", "back": "/"}, page="/")
    stranger.log_in("li")

    assert 'class="big"' in secretary.text("/")
    assert 'class="big"' in stranger.text("/")
