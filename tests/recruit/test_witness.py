"""A witness countersigns what provably extends the last checkpoint it saw, and nothing else."""

import json
from base64 import b64decode
from pathlib import Path

import pytest

from recruit.errors import BadNote, NotWitnessed
from recruit.log.merkle import consistency_path, leaf_hash, root, subtrees_of
from recruit.log.notes import Checkpoint, Signer
from recruit.log.witness import Shown, extension_text, read_shown, witness

LOG = Signer(name="recruit/test", seed=bytes(32))
LEAVES = [leaf_hash(str(number).encode()) for number in range(20)]
NOW = 1_700_000_000


def note(size: int, *, leaves: list[bytes] = LEAVES, signer: Signer = LOG) -> str:
    return signer.sign(Checkpoint(origin=signer.name, size=size, root=root(subtrees_of(leaves), size)).text)


def extension(old: int, new: int, *, leaves: list[bytes] = LEAVES) -> Shown:
    path = consistency_path(subtrees_of(leaves), old, new)
    return read_shown(extension_text(old, path, note(new, leaves=leaves)))


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A witness that has seen seven leaves."""
    path = tmp_path / "witness.json"
    witness(path, read_shown(note(7)), key=LOG.verifier.text, seconds=NOW)
    return path


def test_a_checkpoint_that_extends_the_last_one_is_countersigned(state: Path) -> None:
    signed = witness(state, extension(7, 12), key=None, seconds=NOW)

    kept = json.loads(state.read_text())
    own = Signer(name=kept["name"], seed=b64decode(kept["seed"]))
    assert own.cosigner.has_signed(signed)
    assert LOG.verifier.has_signed(signed)
    assert Checkpoint.read(kept["note"]).size == 12


def test_the_same_checkpoint_is_countersigned_again(state: Path) -> None:
    assert witness(state, Shown(note=note(7)), key=None, seconds=NOW)


def test_all_leaves_of_a_whole_bundle_are_as_good_as_a_proof(state: Path) -> None:
    assert witness(state, Shown(note=note(12), leaves=tuple(LEAVES[:12])), key=None, seconds=NOW)


OTHER = [leaf_hash(b"other"), *LEAVES[1:]]
REFUSED = {
    "shorter": Shown(note=note(6)),
    "without a proof": Shown(note=note(12)),
    "proved from another size": extension(6, 12),
    "another tree": extension(7, 12, leaves=OTHER),
    "another tree of the same size": Shown(note=note(7, leaves=OTHER)),
    "another tree in a bundle": Shown(note=note(12, leaves=OTHER), leaves=tuple(OTHER[:12])),
    "another key": Shown(note=note(7, signer=Signer(name="recruit/test", seed=b"1" * 32))),
    "a new epoch": Shown(note=note(7, signer=Signer(name="recruit/test/epoch2", seed=bytes(32)))),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_provably_extend_it_is_refused_and_nothing_is_forgotten(state: Path, case: str) -> None:
    before = state.read_bytes()

    with pytest.raises(NotWitnessed):
        witness(state, REFUSED[case], key=None, seconds=NOW)

    assert state.read_bytes() == before


def test_a_witness_begins_only_with_a_key_that_it_was_given(tmp_path: Path) -> None:
    with pytest.raises(BadNote):
        witness(tmp_path / "new.json", Shown(note=note(7)), key=None, seconds=NOW)


def test_a_witness_does_not_change_the_key_it_was_given(state: Path) -> None:
    other = Signer(name="recruit/test", seed=b"1" * 32)

    with pytest.raises(NotWitnessed):
        witness(state, Shown(note=note(7)), key=other.verifier.text, seconds=NOW)


@pytest.mark.parametrize("text", ["old x\n\n", "old 7\nAAA\n\nx", "nothing"])
def test_what_is_no_checkpoint_is_not_read(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadNote):
        witness(tmp_path / "new.json", read_shown(text), key=LOG.verifier.text, seconds=NOW)


def test_a_state_that_cannot_be_read_stops_the_witness(state: Path) -> None:
    state.write_text("{")

    with pytest.raises(BadNote):
        witness(state, Shown(note=note(7)), key=LOG.verifier.text, seconds=NOW)
