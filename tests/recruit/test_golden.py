"""Histories that released versions wrote still verify, and still mean what they meant."""

from importlib.metadata import version
from pathlib import Path

import pytest

from recruit.log.offline.check import check_bundle, read_bundle
from tests.recruit.make_golden import GOLDEN, digest_of
from tests.recruit.second_verifier import accepts

BUNDLES = sorted(GOLDEN.glob("*.zip"))


def test_there_is_a_history_of_this_version_to_replay() -> None:
    assert version("recruit") in [bundle.stem for bundle in BUNDLES]


@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda bundle: bundle.stem)
def test_a_golden_history_still_verifies(bundle: Path) -> None:
    files = read_bundle(bundle)

    report = check_bundle(files)

    assert report.problems == []
    assert report.contents > 0
    assert accepts(files)


@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda bundle: bundle.stem)
def test_a_golden_history_replays_to_the_same_facts(bundle: Path) -> None:
    assert digest_of(bundle) == bundle.with_suffix(".digest").read_text().strip()
