"""The tree of RFC 6962: its examples, another implementation, and every pair of sizes."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from recruit.log.merkle import (
    Growing,
    consistency_path,
    inclusion_path,
    is_consistent,
    is_included,
    leaf_hash,
    levels_over,
    node_hash,
    peaks_of,
    root,
    root_of_peaks,
    subtrees_of,
)

# The inputs and heads of the reference implementation of Certificate Transparency.
INPUTS = [
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
HEADS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
SIZES = st.integers(1, 300)


def leaves(count: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(count)]


def other(count: int) -> InmemoryTree:
    tree = InmemoryTree(algorithm="sha256")
    for number in range(count):
        tree.append_entry(str(number).encode())
    return tree


def test_the_heads_of_the_reference_implementation_are_found() -> None:
    hashes = [leaf_hash(one) for one in INPUTS]

    assert [root(subtrees_of(hashes), size).hex() for size in range(1, 9)] == HEADS


def test_an_empty_tree_has_the_hash_of_nothing() -> None:
    assert root(subtrees_of([]), 0) == Growing().root() == sha256(b"").digest()


def test_the_proofs_of_the_standards_example_are_found() -> None:
    a, b, c, d, e, f, j = (leaf_hash(one) for one in INPUTS[:7])
    tree = subtrees_of([a, b, c, d, e, f, j])
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k, l = node_hash(g, h), node_hash(i, j)  # noqa: E741 - the letters of RFC 6962, 2.1.3

    proofs = [inclusion_path(tree, index, 7) for index in (0, 3, 4, 6)]
    extensions = [consistency_path(tree, old, 7) for old in (3, 4, 6)]

    assert proofs == [[b, h, l], [c, g, l], [f, j, k], [i, k]]
    assert extensions == [[c, d, g, l], [l], [i, j, k]]


@pytest.mark.parametrize("size", range(1, 67))
def test_every_leaf_is_proved_as_another_implementation_proves_it(size: int) -> None:
    tree, reference = subtrees_of(leaves(size)), other(size)

    assert root(tree, size) == reference.get_root()
    for index in range(size):
        assert inclusion_path(tree, index, size) == reference.prove_inclusion(index + 1, size).path[1:]


@pytest.mark.parametrize("size", range(67))
def test_the_levels_over_all_leaves_give_the_head_of_every_smaller_tree(size: int) -> None:
    hashes = leaves(size)
    levels, tree = levels_over(hashes), subtrees_of(hashes)

    for count in range(size + 1):
        assert root_of_peaks(peaks_of(levels, count)) == root(tree, count)


@pytest.mark.parametrize("size", range(1, 67))
def test_every_earlier_tree_is_proved_to_be_extended(size: int) -> None:
    tree = subtrees_of(leaves(size))

    for old in range(size + 1):
        path = consistency_path(tree, old, size)
        assert is_consistent(old, root(tree, old), size, root(tree, size), path)


@given(size=SIZES, data=st.data())
def test_a_proof_leads_from_its_own_leaf_at_its_own_place_only(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    place = data.draw(st.integers(0, size - 1))
    claimed = data.draw(st.integers(0, size - 1))
    hashes = leaves(size)
    tree = subtrees_of(hashes)

    proved = is_included(hashes[claimed], place, size, inclusion_path(tree, index, size), root(tree, size))

    assert proved == (index == place == claimed)


@given(size=SIZES, data=st.data())
def test_a_tree_with_one_other_leaf_extends_no_tree_that_had_it(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size))
    changed = data.draw(st.integers(0, size - 1))
    hashes = leaves(size)
    before = root(subtrees_of(hashes), old)
    hashes[changed] = leaf_hash(b"other")
    forged = subtrees_of(hashes)

    path = consistency_path(forged, old, size)

    assert is_consistent(old, before, size, root(forged, size), path) == (changed >= old)


@given(size=SIZES, data=st.data())
def test_a_path_that_is_cut_lengthened_or_flipped_proves_nothing(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    hashes = leaves(size)
    tree = subtrees_of(hashes)
    path, head = inclusion_path(tree, index, size), root(tree, size)
    forgeries = [[*path, head]]
    if path:
        flipped = bytearray(path[data.draw(st.integers(0, len(path) - 1))])
        flipped[data.draw(st.integers(0, 31))] ^= 1
        forgeries += [path[:-1], path[1:], [bytes(flipped) if one == path[0] else one for one in path[1:]]]

    assert not any(is_included(hashes[index], index, size, forged, head) for forged in forgeries)


@given(size=st.integers(0, 300))
def test_a_tree_grown_leaf_by_leaf_has_the_same_root(size: int) -> None:
    growing = Growing()
    hashes = leaves(size)
    for one in hashes:
        growing.add(one)

    assert growing.root() == root(subtrees_of(hashes), size)


@pytest.mark.parametrize(("index", "size"), [(3, 3), (-1, 3), (0, 0)])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_path(subtrees_of(leaves(size)), index, size)


def test_a_shorter_tree_extends_no_longer_one() -> None:
    with pytest.raises(ValueError, match="does not extend"):
        consistency_path(subtrees_of(leaves(3)), 4, 3)
    assert not is_consistent(4, b"", 3, b"", [])
