"""Shared copy: what is found, what is not, and that the fingerprints of a passage meet."""

import random

from articles.analysis.shared_copy import coverage, find_shared, fingerprints, prepare_copy
from articles.analysis.types import Span

COPY = (
    "Engineers closed the northern lane of the bridge at dawn after a routine inspection found two broken cables, "
    "and the council sent buses along the quay until the repairs were finished late in the evening"
)


def test_a_verbatim_passage_is_found_with_its_spans():
    left, right = f"In Low Bay on Monday. {COPY}. Nobody was hurt.", f"Officials met. {COPY}, they said."
    (passage,) = find_shared(left, right)
    assert left[passage.left.start : passage.left.end] == COPY
    assert right[passage.right.start : passage.right.end] == COPY
    assert passage.band == "suggested"
    assert passage.tokens == len(COPY.split())


def test_a_lightly_edited_passage_is_one_passage():
    edited = (
        COPY.replace("at dawn", "early")
        .replace("sent buses", "ran extra buses")
        .replace("late in the evening", "at night")
    )
    passages = find_shared(COPY, edited)
    assert len(passages) == 1
    assert passages[0].tokens >= 24


def test_quotations_are_no_copy():
    text = f"The mayor said: “{COPY}.”"
    masked = prepare_copy(text, [Span(17, len(text) - 1)])
    assert find_shared(masked, masked) == ()


def test_a_list_of_names_is_no_copy():
    names = "Anna Low Bert High Carla Wood Dan Field Eve Rivers Frank Stone Gina Marsh Hal Brook Ida Glen"
    assert find_shared(names, names) == ()


def test_short_runs_are_not_reported():
    assert (
        find_shared("the council sent buses along the quay today", "then the council sent buses along the quay") == ()
    )


def test_copies_with_ten_words_in_common_share_a_fingerprint():
    words = [f"word{n}" for n in range(400)]
    for start in range(0, 300, 7):
        shared = words[start : start + 10]
        left = {value for value, _ in fingerprints(" ".join([*words[300:340], *shared, *words[340:360]]))}
        right = {value for value, _ in fingerprints(" ".join([*words[360:380], *shared, *words[380:400]]))}
        assert left & right


def test_fingerprints_are_stable_signed_and_placed():
    found = fingerprints(COPY)
    assert found == fingerprints(COPY)
    assert all(-(2**63) <= value < 2**63 for value, _ in found)
    assert any(value < 0 for value, _ in fingerprints(COPY + " " + COPY[::-1]))
    assert [at for _, at in found] == sorted(at for _, at in found)
    assert all(COPY[at - 1 : at] in ("", " ") for _, at in found)
    assert len(found) <= len(COPY.split()) * 0.5


def test_coverage_counts_own_words_once():
    copy = prepare_copy("one two three four")
    assert coverage(copy, [Span(0, 7)]) == 0.5
    assert coverage(prepare_copy(""), [Span(0, 7)]) == 0.0


def test_refrains_and_very_long_texts_stay_quick():
    refrain = "the same words come again and again without any end " * 4_000
    assert isinstance(find_shared(refrain, refrain), tuple)
    letters = random.Random(5)
    long = " ".join("".join(letters.choices("abcdefgh", k=4)) for _ in range(60_000))
    assert len(find_shared(long, long)) == 1
