"""Shared copy: what is found, what is not, and that the fingerprints of a passage meet."""

import random

import pytest

from articles.analysis.article import analyse_article
from articles.analysis.shared_copy import coverage, find_shared, fingerprints, masked_spans, prepare_copy
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


STORED = ((-7743803228752033972, 27), (-7868627274525039954, 37), (-8224378479242899159, 71))
FRAME = """{headline}

LOW BAY (AP) — {body}

Sign up for our morning newsletter here and get the best of our reporting from the coast sent to your inbox every day.

Photo: A crane lifts the wreck of the barge out of the lock as people watch from the quay on Sunday morning.

Reporting by Anna Low in Low Bay and Tom Reed in Dorton; editing by Mary Cole; additional photographs by Olga Brandt."""
UNSPACED = [
    "工程师周一清晨发现两根钢索断裂后关闭了大桥北侧车道，市政府安排公交车沿码头绕行，直到当晚维修完成为止",
    "市は月曜日の早朝、点検で二本のケーブルが切れているのが見つかったため橋の北側の車線を閉鎖し、夕方までバスを迂回させた",
    "วิศวกรปิดช่องทางเหนือของสะพานตอนเช้ามืดหลังการตรวจสอบพบสายเคเบิลขาดสองเส้น และเทศบาลจัดรถเมล์วิ่งเลียบท่าเรือ",
]


@pytest.mark.parametrize("copy", UNSPACED)
def test_copy_is_found_in_scripts_without_blanks(copy):
    left, right = f"前文。{copy}。", f"无关的开头，{copy}，后来。"
    (passage,) = find_shared(left, right)
    assert left[passage.left.start : passage.left.end] == copy
    assert right[passage.right.start : passage.right.end] == copy
    assert passage.band == "suggested"
    assert {value for value, _ in fingerprints(left)} & {value for value, _ in fingerprints(right)}


def test_a_long_name_in_signs_is_no_copy():
    name = "中华人民共和国国家发展和改革委员会主任"
    assert find_shared(f"昨天{name}去了。", f"今天，{name}说好。") == ()


def test_fingerprints_of_other_texts_stay_what_they_were():
    # What a store holds was made by an older program: these numbers may never change.
    text = (
        "Crews cleared the wreck of the barge from the lock on Sunday, O’Hara’s 3.5-tonne crane «lifting» it in parts."
    )
    assert fingerprints(text) == STORED


def test_quotations_are_no_copy():
    text = f"The mayor said: “{COPY}.”"
    masked = prepare_copy(text, [Span(17, len(text) - 1)])
    assert find_shared(masked, masked) == ()


def test_page_furniture_is_no_copy():
    analyses = [
        analyse_article(FRAME.format(headline=headline, body=body))
        for headline, body in (
            ("Barge raised", "Crews raised the sunken barge on Sunday. “It is over,” the harbour master said."),
            ("Schools to close", "Two village schools will close next year because too few children are left."),
        )
    ]
    assert [passage.band for passage in find_shared(*[a.text for a in analyses])] == ["suggested"]
    assert find_shared(*[prepare_copy(a.text, masked_spans(a)) for a in analyses]) == ()
    masked = masked_spans(analyses[0])
    assert [analyses[0].text[s.start : s.end] for s in masked[:2]] == ["LOW BAY (AP) —", "It is over,"]


def test_indirect_speech_may_be_copied():
    analysis = analyse_article("Head\n\nThe bridge was safe, Anna Low said.")
    assert analysis.quotations
    assert masked_spans(analysis) == ()


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
