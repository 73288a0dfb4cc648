"""Files: what is taken, how it is kept, who reads it, and what is noticed when one is changed or gone."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from notifications.ticker import tick_housekeeping
from recruit.backups.folder import back_up_into
from recruit.backups.restoring import restore_backup
from recruit.backups.taking import take_backup
from recruit.commands.files import (
    UNDO,
    KeepFile,
    Kept,
    drop_file,
    keep_file,
    read_file,
)
from recruit.errors import BadBackup, BadInput, KeysMissing, NotAllowed, NotFound
from recruit.files import store
from recruit.files.checks import check, tidy_name
from recruit.files.kinds import MOST_BYTES, MOST_ENTRIES, Fit, Unfit
from recruit.log.verify import verify
from recruit.queries.files import file_of, files_of
from recruit.record import Record
from recruit.tables import Event, File
from tests import files
from tests.recruit.builders import Township, at
from tests.recruit.test_erasure import erased, withdrawn

PASSPHRASE = "seven made-up words for one backup"
RELATION = b'<Relationships><Relationship Target="http://x.invalid/a" TargetMode="External"/></Relationships>'
MACRO_TYPES = files.TYPES.replace(
    b"/>", b'><Override ContentType="a.document.macroEnabled.main+xml"/></Types>'
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TAKEN = {
    "a.jpg": files.photo(),
    "a.JPEG": files.photo(),
    "a.png": files.photo("PNG"),
    "a.webp": files.photo("WEBP"),
    "a.pdf": files.pdf(),
    "a.docx": files.office(),
    "a.xlsx": files.office("xlsx"),
}
REFUSED = {
    "an empty file": ("a.jpg", b"", "file_empty"),
    "one byte too many": ("a.pdf", files.pdf().ljust(MOST_BYTES + 1), "file_too_large"),
    "a drawing that runs scripts": ("a.svg", b"<svg onload='x()'/>", "file_type_unknown"),
    "an old document": ("a.doc", OLE, "file_type_unknown"),
    "a page called photo": ("a.jpg", b"<html><script>x()</script>", "file_type_differs"),
    "a photo called page": ("a.pdf", files.photo(), "file_type_differs"),
    "a png called jpg": ("a.jpg", files.photo("PNG"), "file_type_differs"),
    "a table called document": ("a.docx", files.office("xlsx"), "file_type_differs"),
    "a zip called document": ("a.docx", files.archive({"a.txt": b"x"}), "file_type_differs"),
    "half a photo": ("a.jpg", files.photo()[:200], "file_broken"),
    "a photo in a thousand passes": ("a.jpg", files.in_passes(1000), "file_broken"),
    "half a png": ("a.png", files.photo("PNG")[:-20], "file_broken"),
    "half a webp": ("a.webp", files.photo("WEBP")[:-20], "file_broken"),
    "half a pdf": ("a.pdf", files.pdf()[:-20], "file_broken"),
    "half a document": ("a.docx", files.office()[:-20], "file_broken"),
    "41 megapixels": ("a.png", files.huge_photo(), "file_pixels"),
    "a pdf that runs": ("a.pdf", files.pdf(inside=b"<< /S /JavaScript >>"), "file_acts"),
    "macros": ("a.docx", files.office(word__vbaProject_dot_bin=b"x"), "file_macro"),
    "macros by type": ("a.docx", files.office(types=MACRO_TYPES), "file_macro"),
    "something outside": ("a.docx", files.office(word___rels__a_dot_rels=RELATION), "file_external"),
    "an entity": ("a.docx", files.office(types=b"<!DOCTYPE x>" + files.TYPES), "file_broken"),
    "an embedded object": ("a.xlsx", files.office("xlsx", xl__embeddings__a_dot_bin=b"x"), "file_embedded"),
    "an old file inside": ("a.docx", files.office(word__a_dot_xml=OLE), "file_embedded"),
    "a zip inside": ("a.docx", files.office(word__a_dot_xml=files.office()), "file_embedded"),
    "a way out": ("a.docx", files.with_way_out(), "file_broken"),
    "a link": ("a.docx", files.with_link(), "file_link"),
    "a bomb": ("a.docx", files.office(word__a=b"0" * 3_000_000), "file_unpacks_too_large"),
    "a bomb that lies": ("a.docx", files.lying_bomb(), "file_broken"),
    "too many parts": ("a.docx", files.with_many_entries(MOST_ENTRIES), "file_many_entries"),
}  # fmt: skip


@pytest.mark.parametrize("name", TAKEN)
def test_a_file_that_is_what_its_name_says_is_taken(name: str) -> None:
    assert isinstance(check(name, TAKEN[name]), Fit)


@pytest.mark.parametrize("what", REFUSED)
def test_every_other_file_is_refused_with_its_reason(what: str) -> None:
    name, data, reason = REFUSED[what]

    found = check(name, data)

    assert isinstance(found, Unfit)
    assert found.id == reason


def test_the_largest_file_is_taken_and_pages_are_counted() -> None:
    whole = files.pdf(pages=3, inside=b" " * (MOST_BYTES - len(files.pdf(pages=3))))

    assert len(whole) == MOST_BYTES
    assert check("a.pdf", whole) == Fit("pdf", 3)


def test_a_name_keeps_its_words_and_loses_what_could_mislead() -> None:
    assert tidy_name("C:\\照片\\自传 第1页.jpg") == "自传 第1页.jpg"
    assert tidy_name("../../etc/a\u202egpj.exe\r\nX: y.pdf") == "agpj.exeX: y.pdf"
    assert len(tidy_name("长" * 300 + ".pdf")) == 120


def kept(township: Township, dossier: str, *, by: str = "secretary", shade: int = 90) -> Kept:
    new = KeepFile(owner_kind="dossier", owner=dossier, name="自传.jpg", data=files.photo(shade=shade))
    return keep_file(township.context(by), new)


def test_a_file_lies_sealed_and_comes_back_as_it_was(township: Township) -> None:
    dossier = township.open()

    one, again = kept(township, dossier), kept(township, dossier)

    assert again == one
    (path,) = store.kept(township.record.folder)
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"JFIF" not in path.read_bytes()
    opened = read_file(township.context("organizer"), one.id)
    assert (opened.name, opened.data) == ("自传.jpg", files.photo())


def test_reading_a_paper_is_on_record_before_its_bytes_leave(township: Township) -> None:
    one = kept(township, township.open())
    store.drop(township.record.folder, stored(township, one.id))

    with pytest.raises(KeysMissing):
        read_file(township.context("auditor"), one.id)

    with township.record.reading() as connection:
        last = connection.execute(
            select(Event.do).where(Event.org == township.places["first"]).order_by(Event.seq.desc()).limit(1)
        ).scalar_one()
    assert last == "file_read"


def stored(township: Township, file: str) -> str:
    with township.record.reading() as connection:
        return connection.execute(select(File.stored).where(File.id == file)).scalar_one()


def test_a_file_out_of_reach_is_not_there(township: Township) -> None:
    dossier = township.open()
    one = kept(township, dossier)

    with pytest.raises(NotFound):
        read_file(township.context("neighbour"), one.id)
    with pytest.raises(NotFound):
        kept(township, dossier, by="neighbour")
    with pytest.raises(NotAllowed):
        kept(township, dossier, by="auditor")
    assert files_of(township.context("neighbour"), dossier) == ()


def test_what_belongs_to_an_objection_is_not_for_the_branch(township: Township) -> None:
    dossier = township.open()
    withheld = KeepFile(
        owner_kind="dossier", owner=dossier, name="信.jpg", data=files.photo(), is_withheld=True
    )
    one = keep_file(township.context("organizer"), withheld)
    assert [row.id for row in files_of(township.context("organizer"), dossier)] == [one.id]
    assert files_of(township.context("secretary"), dossier) == ()
    with pytest.raises(NotFound):
        file_of(township.context("secretary"), one.id)


def test_an_upload_can_be_undone_for_ten_minutes_by_whoever_made_it(township: Township) -> None:
    dossier = township.open()
    one = kept(township, dossier)
    late = township.context("secretary", township.now + UNDO + timedelta(seconds=1))

    with pytest.raises(NotFound):
        drop_file(township.context("organizer"), one.id)
    with pytest.raises(NotAllowed):
        drop_file(late, one.id)
    drop_file(township.context("secretary", township.now + UNDO), one.id)

    assert files_of(township.context("secretary"), dossier) == ()
    assert list(store.kept(township.record.folder)) == []


def test_what_an_act_names_stays_and_what_none_names_goes_after_a_day(township: Township) -> None:
    dossier = township.open()
    used, unused = kept(township, dossier), kept(township, dossier, shade=10)
    township.act(dossier, "talk_held", "2016-03-01", attachments=used.sha256)

    tick_housekeeping(township.record, township.now + timedelta(days=1))
    assert len(files_of(township.context("secretary"), dossier)) == 2
    tick_housekeeping(township.record, township.now + timedelta(days=1, seconds=1))

    assert [row.id for row in files_of(township.context("secretary"), dossier)] == [used.id]
    assert [path.name for path in store.kept(township.record.folder)] == [stored(township, used.id)]
    with pytest.raises(NotAllowed):
        drop_file(township.context("secretary"), used.id)
    assert unused.sha256 != used.sha256


def test_an_act_cannot_name_a_file_that_is_not_with_its_dossier(township: Township) -> None:
    first, second = township.open(), township.open()
    one = kept(township, first)

    with pytest.raises(BadInput, match="not kept with this dossier"):
        township.act(second, "talk_held", "2014-07-20", attachments=one.sha256)


def test_a_day_has_its_limit(township: Township, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recruit.commands.files.MOST_A_DAY", 1)
    dossier = township.open()
    kept(township, dossier)

    with pytest.raises(BadInput, match="limit"):
        kept(township, dossier, shade=10)
    tomorrow = township.context("secretary", at("2016-03-02"))
    keep_file(tomorrow, KeepFile(owner_kind="dossier", owner=dossier, name="a.pdf", data=files.pdf()))


def with_act(township: Township) -> tuple[str, Path]:
    """An act that names a file, and where the file lies."""
    dossier = township.open()
    one = kept(township, dossier)
    township.act(dossier, "talk_held", "2014-07-20", attachments=one.sha256)
    return one.id, store.path_of(township.record.folder, stored(township, one.id))


def test_a_changed_and_a_missing_file_are_found_by_name(township: Township) -> None:
    file, path = with_act(township)
    assert verify(township.record).files == 1
    whole = path.read_bytes()

    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert verify(township.record).problems == (f"file {file}: the file was changed",)
    path.unlink()
    assert verify(township.record).problems == (f"file {file}: the file is missing",)


def test_a_file_that_was_taken_away_with_its_row_is_missed_by_the_act(township: Township) -> None:
    file, path = with_act(township)
    path.unlink()
    with township.record.writing() as connection:
        connection.execute(update(File).where(File.id == file).values(owner="nobody", stored="0" * 64))

    problems = verify(township.record).problems

    assert any("the file that the act names is missing" in one for one in problems)


def test_an_erased_persons_files_are_unreadable_at_once_and_gone_after_a_day(township: Township) -> None:
    person, dossier = withdrawn(township)
    one = kept(township, dossier)
    (path,) = store.kept(township.record.folder)

    erased(township, person)

    with pytest.raises(NotFound):
        read_file(township.context("organizer"), one.id)
    with pytest.raises(KeysMissing):
        township.record.keys.unseal(person, store.data_place(one.id), path.read_bytes())
    assert verify(township.record).ok
    tick_housekeeping(township.record, at("2021-03-03"))
    assert not path.exists()


@pytest.mark.embedded
def test_a_backup_brings_back_every_file_and_a_lost_one_is_refused(
    township: Township, tmp_path: Path
) -> None:
    file, path = with_act(township)
    backup = tmp_path / "out" / "recruit.backup"
    backup.parent.mkdir()
    taken = take_backup(township.record.folder, backup, passphrase=PASSPHRASE, now=township.now)
    assert (taken.files, taken.lost) == (1, 0)

    restored = restore_backup(backup, tmp_path / "new", passphrase=PASSPHRASE, now=township.now)

    assert restored.files == 1
    with Record.open(tmp_path / "new", write=False, is_recovery=True) as record:
        assert verify(record).ok
        assert verify(record).files == 1
        assert store.path_of(record.folder, path.name).read_bytes() == path.read_bytes()
    (copy,) = (backup.parent / "recruit-files").iterdir()
    copy.write_bytes(b"another")
    with pytest.raises(BadBackup):
        restore_backup(backup, tmp_path / "other", passphrase=PASSPHRASE, now=township.now)
    assert file


@pytest.mark.embedded
def test_a_file_lost_before_the_backup_is_told_and_does_not_stop_it(
    township: Township, tmp_path: Path
) -> None:
    _, path = with_act(township)
    path.unlink()

    taken = take_backup(township.record.folder, tmp_path / "b", passphrase=PASSPHRASE, now=township.now)

    assert (taken.files, taken.lost) == (0, 1)
    restore_backup(tmp_path / "b", tmp_path / "new", passphrase=PASSPHRASE, now=township.now)


@pytest.mark.embedded
def test_backups_of_a_folder_share_files_and_let_go_of_those_long_gone(
    township: Township, tmp_path: Path
) -> None:
    dossier = township.open()
    one = kept(township, dossier)
    back_up_into(township.record.folder, tmp_path / "b", passphrase=PASSPHRASE, now=township.now)
    drop_file(township.context("secretary"), one.id)

    for days, left in ((30, 1), (31, 0)):
        now = township.now + timedelta(days=days)
        back_up_into(township.record.folder, tmp_path / "b", passphrase=PASSPHRASE, now=now)
        assert len(list((tmp_path / "b" / "recruit-files").iterdir())) == left
