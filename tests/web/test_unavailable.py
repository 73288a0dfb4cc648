"""What a page says while the record cannot be written to, and that reading goes on."""

import pytest
from sqlalchemy import Connection

from recruit.commands.housekeeping import check_guards
from recruit.errors import Busy, NotWritable, Unavailable
from recruit.guards import drop_guards, ensure_guards
from tests.web.conftest import Counter
from tests.web.test_acts import path_of
from tests.web.township import Township


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (NotWritable(path="/srv/var", detail="disk is full"), "磁盘不能写入"),
        (Busy(path="/srv/var"), "数据库正忙"),
    ],
)
def test_a_form_sent_meanwhile_is_answered_with_503_and_when_to_come_again(
    secretary: Counter, town: Township, monkeypatch: pytest.MonkeyPatch, refusal: Unavailable, said: str
) -> None:
    def refuse() -> Connection:
        raise refusal

    path = path_of(town, "opinions_heard")
    hidden = secretary.form(path)
    monkeypatch.setattr(town.record, "writing", refuse)

    answer = secretary.send(path, {**hidden, "on": "2016-06-07", "from_whom": "group"})

    page = answer.get_data(as_text=True)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert said in page
    assert "/srv/var" not in page
    assert secretary.get("/").status_code == 200


def test_missing_guards_stop_writing_and_are_told_until_they_stand_again(
    secretary: Counter, stranger: Counter, town: Township
) -> None:
    with town.record.writing() as connection:
        drop_guards(connection)
    check_guards(town.record, now=town.clock.now())

    assert "防篡改保护不完整" in secretary.text("/")
    assert stranger.get("/readyz").get_json()["checks"]["guards"] is False

    with town.record._database.writing() as connection:
        ensure_guards(connection)
    check_guards(town.record, now=town.clock.now())

    assert "防篡改保护不完整" not in secretary.text("/")
