"""Photos with an opinion and scans of a letter: sealed with it, for the office alone, gone with it."""

import io
import re

import pytest

from recruit.commands.enclosures import Sent
from recruit.commands.erasures import ProposeErasure, confirm_erasure, propose_erasure
from recruit.commands.files import read_file
from recruit.commands.handling import ReadSubmission, TakeUp, read_enclosed, read_submission, take_up
from recruit.commands.submissions import EnterLetter, HandIn, enter_letter, hand_in
from recruit.errors import BadInput, KeyReused, KeysMissing, NotFound
from recruit.files import store
from recruit.log.verify import verify
from recruit.queries.files import file_of, files_of
from recruit.queries.submissions import find_submission, submissions, unread_submissions
from tests import files
from tests.recruit.builders import Township, at, key
from tests.recruit.conftest import folder, founded, founded_on_postgres, home, postgres, township
from tests.web.conftest import Counter
from tests.web.test_objections import SAID, Passerby, events, given_in, hidden, logged_in, only, passerby
from tests.web.test_public import NOON, SECOND, Wall, wall
from tests.web.township import Township as Town

__all__ = [
    "folder", "founded", "founded_on_postgres", "home", "passerby", "postgres", "township", "wall",
]  # fixtures # fmt: skip

LIMIT = 100_000
PHOTO = Sent(name="IMG_0001.jpg", data=files.photo())


def upload(name: str = "IMG_0001.jpg", data: bytes | None = None) -> tuple[io.BytesIO, str]:
    return io.BytesIO(files.photo() if data is None else data), name


def opinion(wall: Wall, *photos: Sent, of: str = "") -> HandIn:
    return HandIn(
        notice=wall.codes()[0], text=SAID, key=of or f"{key()}-of-a-form-that-was-shown",
        is_about_all=True, photos=photos,
    )  # fmt: skip


def sealed(township: Township) -> list[str]:
    return [path.name for path in store.kept(township.record.folder)]


@pytest.mark.embedded
def test_photos_are_seen_with_the_text_and_saved_as_an_attachment(passerby: Passerby) -> None:
    sent = passerby.send(persons="all", photos=[upload(), upload("照片", files.photo("PNG"))])
    office, submission = logged_in(passerby, "organizer"), only(passerby.wall.township)
    path = f"/objections/{submission}"
    assert sent.status_code == 200
    assert "附的照片和文件" in office.get(path).get_data(as_text=True)

    read = office.post(
        f"{path}/read", data={**hidden(office.get(path)), "part": "text", "reason": "inspection"}
    )

    page = read.get_data(as_text=True)
    assert page.count('<img src="data:image/jpeg;base64,') == 2
    assert "img-src 'self' data:;" in read.headers["Content-Security-Policy"]
    assert "照片1.jpg" in page
    assert "照片2.png" in page
    assert "IMG_0001" not in page
    saved = re.findall(rf'action="({path}/files/[^"]+)"', page)
    answer = office.post(saved[0], data=hidden(read))
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Cache-Control"] == "no-store"
    assert b"Demo Author" not in answer.get_data()
    ids = [one.rsplit("/", 1)[1] for one in saved]
    township = passerby.wall.township
    assert [one["files"] for one in events(township, "submission_read")] == [ids]
    assert events(township, "file_read") == [{"file": ids[0], "owner": submission, "reason": "inspection"}]
    assert office.post(saved[0], data={**hidden(read), "reason": "curiosity"}).status_code == 400
    assert office.get(f"/files/{ids[0]}").status_code == 404
    assert [logged_in(passerby, login).post(saved[0]).status_code for login in ("member", "secretary")] == [
        400, 400,
    ]  # fmt: skip


REFUSED: tuple[tuple[list[tuple[str, bytes]], int, str], ...] = (
    ([("a.jpg", b"<html>")], 400, "不是能收的照片"),
    ([("a.pdf", files.pdf())], 400, "不是能收的照片"),
    ([("a.jpg", files.photo()[:200])], 400, "打不开"),
    ([("a.jpg", files.in_passes(1000))], 400, "打不开"),
    ([("a.jpg", files.photo().ljust(LIMIT + 1))], 400, "太大"),
    ([("a.png", files.huge_photo())], 400, "照片太大"),
    ([(f"{n}.jpg", files.photo(shade=n)) for n in range(4)], 400, "最多传3张照片"),
)


@pytest.mark.embedded
@pytest.mark.parametrize(("photos", "status", "says"), REFUSED)
def test_a_refused_photo_keeps_what_was_written_and_says_what_to_do(
    passerby: Passerby,
    monkeypatch: pytest.MonkeyPatch,
    photos: list[tuple[str, bytes]],
    status: int,
    says: str,
) -> None:
    for module in ("recruit.files.checks", "web.files.sent"):
        monkeypatch.setattr(f"{module}.MOST_BYTES", LIMIT)

    answer = passerby.send(persons="all", photos=[upload(name, data) for name, data in photos])

    page = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert says in page
    assert "请重新选一次" in page
    assert SAID in page
    assert unread_submissions(passerby.wall.township.context("organizer", NOON)) == 0
    assert sealed(passerby.wall.township) == []


@pytest.mark.embedded
def test_whoever_forgot_something_else_is_told_to_choose_the_photos_again(passerby: Passerby) -> None:
    for text, switch, status in ((" ", {}, 400), (SAID, {"switch": "en"}, 200)):
        answer = passerby.send(persons="all", text=text, photos=[upload()], **switch)

        assert answer.status_code == status
        again = "请重新选一次" if status == 400 else "please choose them once more"
        assert again in answer.get_data(as_text=True)
    assert sealed(passerby.wall.township) == []


@pytest.mark.embedded
def test_too_much_is_refused_before_the_form_is_read_and_beyond_its_size(
    passerby: Passerby, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = {"REMOTE_ADDR": "10.0.0.9"}
    monkeypatch.setattr("web.files.sizes.LARGEST_REQUEST", LIMIT)
    large = passerby.send(persons="all", photos=[upload(data=bytes(LIMIT))], come_from="10.0.0.9")
    for number in range(19):
        passerby.clock.move_to(NOON + number * SECOND)
        unread = passerby.client.post(passerby.path, data={"text": SAID}, environ_base=where)
        assert unread.status_code == 400  # no token

    assert large.status_code == 413
    refused = passerby.client.post(f"{passerby.path}?language=en", data={"text": SAID}, environ_base=where)
    assert refused.status_code == 429
    assert "Too much came in" in refused.get_data(as_text=True)


def test_photos_lie_under_the_opinions_own_key_and_are_verified(wall: Wall) -> None:
    wall.post(wall.person("演示甲"))
    township = wall.township
    hand_in(township.record, opinion(wall, PHOTO), now=NOON)
    submission = only(township)
    (one,) = files_of(township.context("organizer", NOON), submission)

    assert (one.owner_kind, one.owner, one.sealed_for) == ("objection", submission, submission)
    assert find_submission(township.context("organizer", NOON), submission).file_count == 1
    assert verify(township.record).files == 1
    path = store.path_of(township.record.folder, one.stored)
    assert files.photo()[-200:] not in path.read_bytes()
    path.unlink()
    assert verify(township.record).problems == (f"file {one.id}: the file is missing",)
    opened = read_submission(
        township.context("organizer", NOON),
        ReadSubmission(submission=submission, part="text", reason="handling"),
    )
    assert [found.id for found in opened.files] == [one.id]
    with pytest.raises(KeysMissing):
        read_enclosed(township.context("organizer", NOON), submission, one.id, reason="handling")


def test_only_whoever_may_read_the_opinion_finds_its_photos(wall: Wall) -> None:
    wall.post(wall.person("演示甲"))
    township = wall.township
    hand_in(township.record, opinion(wall, PHOTO), now=NOON)
    submission = only(township)
    (one,) = files_of(township.context("head", NOON), submission)

    for login in ("secretary", "neighbour", "member", "county", "auditor", "audit_admin", "system_admin"):
        context = township.context(login, NOON)
        assert files_of(context, submission) == (), login
        with pytest.raises(NotFound):
            file_of(context, one.id)
        with pytest.raises(NotFound):
            read_enclosed(context, submission, one.id, reason="handling")
    given_in(wall, "演示甲")
    other = next(row.id for row in submissions(township.context("head", NOON)) if row.id != submission)
    with pytest.raises(NotFound):
        read_enclosed(township.context("head", NOON), other, one.id, reason="handling")
    assert events(township, "file_read") == []


def test_the_same_form_is_kept_once_and_with_other_photos_refused(wall: Wall) -> None:
    wall.post(wall.person("演示甲"))
    record = wall.township.record
    new = opinion(wall, PHOTO, PHOTO)

    receipts = {hand_in(record, new, now=NOON).code, hand_in(record, new, now=NOON + SECOND).code}

    assert len(receipts) == 1
    assert len(sealed(wall.township)) == 1
    with pytest.raises(KeyReused):
        hand_in(record, opinion(wall, of=new.key), now=NOON)
    with pytest.raises(KeyReused):
        hand_in(record, opinion(wall, Sent(name="a.jpg", data=files.photo(shade=9)), of=new.key), now=NOON)
    assert len(sealed(wall.township)) == 1


def test_nobody_outside_fills_the_disk(wall: Wall, monkeypatch: pytest.MonkeyPatch) -> None:
    wall.post(wall.person("演示甲"))
    record, size = wall.township.record, len(files.photo())
    monkeypatch.setattr("recruit.commands.enclosures.MOST_BYTES_ON_A_NOTICE", 2 * size)
    hand_in(record, opinion(wall, PHOTO), now=NOON)

    hand_in(record, opinion(wall, PHOTO), now=NOON)
    with pytest.raises(BadInput, match="No more photos"):
        hand_in(record, opinion(wall, PHOTO), now=NOON)
    monkeypatch.setattr("recruit.commands.enclosures.MOST_BYTES_ON_A_NOTICE", 9 * size)
    hand_in(record, opinion(wall, PHOTO), now=NOON)
    monkeypatch.setattr("recruit.commands.enclosures.LEAST_FREE", 1 << 60)
    with pytest.raises(BadInput, match="No more photos"):
        hand_in(record, opinion(wall, PHOTO), now=NOON)

    hand_in(record, opinion(wall), now=NOON)
    assert len(sealed(wall.township)) == 3
    assert unread_submissions(wall.township.context("organizer", NOON)) == 4


@pytest.mark.embedded
def test_one_sender_has_photos_for_six_opinions_a_day_and_text_beyond(passerby: Passerby) -> None:
    def sent(number: int, photos: list[object]) -> int:
        passerby.clock.move_to(NOON + number * SECOND)
        return passerby.send(persons="all", photos=photos).status_code

    codes = [sent(number, [upload()]) for number in range(7)]

    assert codes == [200] * 6 + [400]
    assert sent(8, []) == 200
    passerby.clock.move_to(NOON + 9 * SECOND)
    other = passerby.send(persons="all", photos=[upload()], come_from="10.0.0.2")
    assert other.status_code == 200


def test_photos_go_with_the_opinion_when_the_person_is_erased(township: Township) -> None:
    person = township.person("演示己")
    dossier = township.open(person=person)
    office = township.context("organizer", at("2014-08-01"))
    letter = EnterLetter(
        persons=(dossier,), channel="letter", received_on="2014-08-01", text=SAID, key=key(), scans=(PHOTO,)
    )
    submission = enter_letter(office, letter)
    (one,) = files_of(office, submission)
    take_up(office, TakeUp(submission=submission, dossiers=(dossier,)))
    township.act(dossier, "objection_concluded", "2014-08-10", by="organizer", objection=1, upheld=False)
    township.act(dossier, "withdrawn", "2014-09-01")

    wanted = ProposeErasure(person=person, ground="retention_over", ticket="演〔2021〕2号")
    long_after = at("2021-03-01")
    erasure = propose_erasure(township.context("security_admin", long_after), wanted)
    confirm_erasure(township.context("audit_admin", long_after), erasure)

    assert files_of(office, submission) == ()
    assert not township.record.keys.has(submission)
    data = store.get(township.record.folder, one.stored)
    with pytest.raises(KeysMissing):
        township.record.keys.unseal(submission, store.data_place(one.id), data)
    assert verify(township.record).ok


def test_a_letter_takes_its_scans(organizer: Counter, town: Town) -> None:
    entries = {
        **organizer.form("/objections/new"), "persons": town.dossiers["王秀兰"], "channel": "letter",
        "received_on": "2016-06-06", "text": SAID,
    }  # fmt: skip

    found = organizer.send("/objections/new", {**entries, "find": "1", "scans": [upload()]})
    refused = organizer.send("/objections/new", {**entries, "scans": [upload("信.doc", b"\xd0\xcf")]})
    sent = organizer.send("/objections/new", {**entries, "scans": [upload(), upload("信.pdf", files.pdf())]})

    assert "请重新选一次" in found.get_data(as_text=True)
    assert refused.status_code == 400
    assert SAID in refused.get_data(as_text=True)
    assert sent.status_code == 302
    (row,) = (row for row in submissions(town.context("liu")) if row.file_count == 2)
    kept = files_of(town.context("liu"), row.id)
    assert [(one.name, one.kept_by_name) for one in kept] == [
        ("IMG_0001.jpg", town.context("liu").actor.name), ("信.pdf", town.context("liu").actor.name),
    ]  # fmt: skip
    assert read_file(town.context("liu"), kept[0].id).data == files.photo()
