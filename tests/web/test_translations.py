"""Every page text has its Chinese words, and the compiled catalogue is the written one."""

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import web

WEB = Path(web.__file__).parent
FOLDER = WEB / "translations" / "zh_Hans_CN" / "LC_MESSAGES"
METHODS = [("demo/**", "ignore"), ("**.py", "python"), ("templates/**.html", "jinja2")]


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return read_po(BytesIO((FOLDER / "messages.po").read_bytes()))


def test_every_text_of_a_page_is_translated(catalogue: Catalog) -> None:
    options = {"templates/**.html": {"trimmed": "true"}}
    used = {
        message
        for _file, _line, message, _comments, _context in extract_from_dir(
            str(WEB), METHODS, options, keywords={"_": None, "gettext": None, "ngettext": (1, 2)}
        )
    }

    untranslated = sorted(str(text) for text in used if text not in catalogue or not catalogue[text].string)

    assert untranslated == []


def test_no_translation_is_left_over(catalogue: Catalog) -> None:
    assert [str(message.id) for message in catalogue if message.id and message.fuzzy] == []


def test_the_compiled_catalogue_is_the_written_one(catalogue: Catalog) -> None:
    compiled = BytesIO()
    write_mo(compiled, catalogue)

    assert (FOLDER / "messages.mo").read_bytes() == compiled.getvalue()
