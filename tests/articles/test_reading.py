"""The seam from rows to pages: runs, cells and wordings, by their laws."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.analysis.segments import is_boundary
from articles.models import Article, Completeness, PublishedGranularity
from articles.reading.cells import Parting, Source, Speech, Variant, find_cells, shortened
from articles.reading.columns import find_published, siglum
from articles.reading.runs import ClaimMark, LayerMark, cut_stretches, merged
from articles.reading.wordings import Passage, compare_passages, words_apart

texts = st.text(
    st.one_of(
        st.sampled_from(list("ab “”e\u0301\u05d0\u202e🇫🇷👩‍🚀\r\t<&\"'")),
        st.characters(exclude_categories=["Cs"]),
    ),
    min_size=1,
    max_size=60,
)


def layer_marks(length: int) -> st.SearchStrategy[list[LayerMark]]:
    edges = st.tuples(st.integers(0, length), st.integers(0, length)).filter(lambda e: e[0] < e[1])
    layers = st.sampled_from(["quote", "figure", "name", "shared"])
    return st.lists(st.builds(lambda e, layer: LayerMark(e[0], e[1], layer), edges, layers), max_size=8)


def claim_marks(length: int) -> st.SearchStrategy[list[ClaimMark]]:
    edges = st.tuples(st.integers(0, length), st.integers(0, length)).filter(lambda e: e[0] < e[1])
    states = st.sampled_from(["agreed", "differs", "only"])
    return st.lists(st.tuples(edges, states, st.integers(1, 4)), max_size=6).map(
        lambda rows: [
            ClaimMark(start, end, appearance=n, claim=number, number=number, state=state, state_label=state)
            for n, ((start, end), state, number) in enumerate(rows, start=1)
        ]
    )


@dataclass
class Cut:
    text: str
    layers: list[LayerMark]
    claims: list[ClaimMark]


@st.composite
def cuts(draw: st.DrawFn) -> Cut:
    text = draw(texts)
    return Cut(text, draw(layer_marks(len(text))), draw(claim_marks(len(text))))


def snapped(text: str, start: int, end: int) -> tuple[int, int]:
    while not is_boundary(text, start):
        start -= 1
    while not is_boundary(text, end):
        end += 1
    return start, end


@given(cuts())
def test_runs_joined_are_the_text(cut: Cut) -> None:
    stretches = cut_stretches(cut.text, layers=cut.layers, claims=cut.claims)

    assert "".join(run.text for stretch in stretches for run in stretch.runs) == cut.text


@given(cuts())
def test_runs_of_a_layer_are_what_its_marks_cover(cut: Cut) -> None:
    stretches = cut_stretches(cut.text, layers=cut.layers, claims=cut.claims)

    for layer in ("quote", "figure", "name", "shared"):
        covered = set()
        for mark in cut.layers:
            if mark.layer == layer:
                covered.update(range(*snapped(cut.text, mark.start, mark.end)))
        drawn, at = set(), 0
        for run in (run for stretch in stretches for run in stretch.runs):
            if layer in run.layers.split():
                drawn.update(range(at, at + len(run.text)))
            at += len(run.text)
        assert drawn == covered


@given(cuts())
def test_stretches_of_a_claim_are_its_quotes(cut: Cut) -> None:
    stretches = cut_stretches(cut.text, layers=cut.layers, claims=cut.claims)

    for number in {mark.number for mark in cut.claims}:
        covered = set()
        for mark in cut.claims:
            if mark.number == number:
                covered.update(range(*snapped(cut.text, mark.start, mark.end)))
        drawn, at = set(), 0
        for stretch in stretches:
            length = sum(len(run.text) for run in stretch.runs)
            if str(number) in stretch.claims.split():
                drawn.update(range(at, at + length))
            at += length
        assert drawn == covered


@given(cuts())
def test_every_appearance_ends_exactly_once_where_it_ends(cut: Cut) -> None:
    at, ends = 0, []
    for stretch in cut_stretches(cut.text, layers=cut.layers, claims=cut.claims):
        at += sum(len(run.text) for run in stretch.runs)
        ends += [(mark.appearance, at) for mark in stretch.ends]

    assert sorted(ends) == sorted((m.appearance, snapped(cut.text, m.start, m.end)[1]) for m in cut.claims)


@given(cuts(), st.integers(1, 3))
def test_paragraph_in_a_longer_text_is_cut_like_the_text_alone(cut: Cut, offset: int) -> None:
    shifted = [LayerMark(m.start + offset, m.end + offset, m.layer) for m in cut.layers]

    assert cut_stretches(cut.text, offset=offset, layers=shifted) == cut_stretches(cut.text, layers=cut.layers)


def test_overlapping_claims_name_the_shortest_first_and_the_gravest_state() -> None:
    claims = [
        ClaimMark(0, 10, appearance=1, claim=1, number=1, state="agreed", state_label=""),
        ClaimMark(2, 6, appearance=2, claim=2, number=2, state="differs", state_label=""),
    ]

    stretches = cut_stretches("0123456789", claims=claims)

    assert [(s.claims, s.state) for s in stretches] == [("1", "agreed"), ("2 1", "differs"), ("1", "agreed")]


def test_mark_cut_in_pieces_says_where_it_goes_on() -> None:
    layers = [LayerMark(0, 4, "figure"), LayerMark(2, 6, "quote")]

    runs = cut_stretches("abcdef", layers=layers)[0].runs

    assert [run.layers for run in runs] == ["figure figure-on", "figure figure-from quote", "quote"]


def test_overlapping_shared_copy_becomes_one_mark() -> None:
    marks = [LayerMark(5, 9, "shared"), LayerMark(0, 3, "shared"), LayerMark(8, 12, "shared")]

    assert merged(marks) == [LayerMark(0, 3, "shared"), LayerMark(5, 12, "shared")]


# --- Cells --------------------------------------------------------------------------------------------------------

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def speech(key: int = 1, *, certainty: str = "CT+", polarity: str = "positive") -> Speech:
    return Speech(key=key, is_live=True, polarity=polarity, certainty=certainty)


def source(
    *speeches: Speech,
    at: datetime | None = None,
    granularity: str = PublishedGranularity.MINUTE,
    completeness: str = Completeness.FULL,
    is_searched: bool = True,
) -> Source:
    return Source(completeness, is_searched, at, granularity, speeches)


def test_every_speaking_cell_differs_when_sources_part() -> None:
    values = {1: "5,000", 2: "5,000", 3: "8,000"}

    cells = find_cells([source(speech(key)) for key in values], [Parting("quantity", values)])

    assert [cell.kind for cell in cells] == ["differs"] * 3
    assert [cell.variants[0] for cell in cells] == [Variant("a", "5,000"), Variant("a", "5,000"), Variant("b", "8,000")]


def test_source_with_two_variants_lists_both() -> None:
    parting = Parting("quantity", {1: "5,000", 2: "8,000", 3: "5,000"})

    cells = find_cells([source(speech(1), speech(2)), source(speech(3))], [parting])

    assert [variant.letter for variant in cells[0].variants] == ["a", "b"]


def test_whole_passages_show_what_is_their_own() -> None:
    parting = Parting("quote_wording", {1: "we have already the sea", 2: "we have the sea"}, {1: "“already”", 2: ""})

    cells = find_cells([source(speech(1)), source(speech(2))], [parting])

    assert cells[0].variants == (Variant("a", "“already”"),)
    assert cells[1].kind == "differs"


def test_denial_of_what_others_assert_is_denied() -> None:
    parting = Parting("polarity", {1: "asserts", 2: "denies"})

    cells = find_cells([source(speech(1)), source(speech(2, polarity="negative"))], [parting])

    assert [cell.kind for cell in cells] == ["differs", "denies"]


def test_denial_by_all_is_what_all_say() -> None:
    cells = find_cells([source(speech(1, polarity="negative")), source(speech(2, polarity="negative"))])

    assert [cell.kind for cell in cells] == ["says", "says"]


def test_passage_below_the_threshold_is_possible() -> None:
    maybe = Speech(key=7, is_live=False, polarity="positive", certainty="CT+")

    cell = find_cells([source(speech()), source(maybe)])[1]

    assert (cell.kind, cell.appearance) == ("possible", 7)


@pytest.mark.parametrize(
    ("silent", "kind", "word"),
    [
        (source(), "silent", "silent"),
        (source(completeness=Completeness.PAYWALLED), "incomplete", "incomplete text"),
        (source(is_searched=False), "incomplete", "not searched"),
        (source(at=NOON - timedelta(minutes=1)), "not_yet", "not yet published"),
        (source(at=NOON + timedelta(minutes=1)), "silent", "silent"),
        # Of two articles of one day nobody knows which came first.
        (source(at=NOON.replace(hour=0), granularity=PublishedGranularity.DAY), "silent", "silent"),
        (source(at=NOON - timedelta(hours=36), granularity=PublishedGranularity.DAY), "not_yet", "not yet published"),
    ],
)
def test_source_that_does_not_speak_says_why(silent: Source, kind: str, word: str) -> None:
    cell = find_cells([source(speech(), at=NOON), silent])[1]

    assert (cell.kind, cell.word) == (kind, word)


def test_nothing_is_earlier_than_a_time_nobody_knows() -> None:
    assert find_cells([source(speech()), source(at=NOON)])[1].kind == "silent"


@given(st.text(max_size=120))
def test_shortened_value_fits_a_columns_head(words: str) -> None:
    assert len(shortened(words)) <= max(len(words), 1) <= 120
    assert len(shortened(words)) <= 46


# --- Wordings -----------------------------------------------------------------------------------------------------


@given(
    st.lists(
        st.sampled_from(["We are certainly going.", "we’re going", "Nobody goes, 5,000 stay.", "🇫🇷 é"]), max_size=4
    )
)
def test_pieces_joined_are_the_passage(passages: list[str]) -> None:
    compared = compare_passages([Passage(n, n, text, (0, len(text))) for n, text in enumerate(passages)])

    assert ["".join(piece.words for piece in compared.pieces[n]) for n in range(len(passages))] == passages


def test_quotations_show_what_is_missing_where_three_are_compared() -> None:
    three = [
        "we have the sea very well under control",
        "we have the sea very well under control",
        "we have the sea under control",
    ]

    compared = compare_passages([Passage(n, n, text, (0, len(text))) for n, text in enumerate(three)])

    assert [piece.gap for piece in compared.pieces[2] if piece.gap] == ["very well"]


def test_two_quotations_say_the_difference_once() -> None:
    compared = compare_passages([Passage(1, 1, "land now", (0, 8)), Passage(2, 2, "certainly land now", (0, 18))])

    assert not compared.has_gaps
    assert words_apart(compared, 2) == "“certainly”"


def test_reworded_prose_marks_only_what_decides() -> None:
    left, right = "About 5,000 men marched on the capital.", "Police put the crowd at 8,000."

    compared = compare_passages([Passage(1, 1, left, None, ((6, 11),)), Passage(2, 2, right, None, ((24, 29),))])

    assert compared.way == "reworded"
    assert [[p.words for p in compared.pieces[n] if p.rank] for n in (1, 2)] == [["5,000"], ["8,000"]]


def test_spelling_is_no_difference_but_a_negation_is() -> None:
    asserted, denied = (
        "Defence Minister Vladimir Padrino attended.",
        "Defense Minister Vladimir Padrino never attended.",
    )

    compared = compare_passages([Passage(1, 1, asserted), Passage(2, 2, denied)])

    assert [[p.words for p in compared.pieces[n] if p.rank] for n in (1, 2)] == [[], ["never"]]


def test_million_and_billion_are_no_spellings_of_one_word() -> None:
    compared = compare_passages(
        [Passage(1, 1, "It cost ten million dollars."), Passage(2, 2, "It cost ten billion dollars.")]
    )

    assert [[p.words for p in compared.pieces[n] if p.rank] for n in (1, 2)] == [["million"], ["billion"]]


def test_words_that_decide_are_marked_among_alike_passages() -> None:
    plain, hedged = "The launchers came from the exporter.", "The launchers reportedly came from the exporter."

    compared = compare_passages([Passage(1, 1, plain), Passage(2, 2, hedged, None, ((14, 24),))])

    assert compared.way == "alike"
    assert [p.words for p in compared.pieces[2] if p.rank] == ["reportedly"]


def test_second_passage_of_a_source_is_not_compared_with_its_first() -> None:
    compared = compare_passages([Passage(1, 1, "Ten boats sank."), Passage(2, 1, "Ten boats sank at sea.")])

    assert compared.way == "single"


# --- Columns ------------------------------------------------------------------------------------------------------


def test_sigla_go_on_after_z() -> None:
    assert [siglum(n) for n in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


def test_day_is_shown_as_the_day_it_was_given() -> None:
    article = Article(published_at=datetime(2026, 3, 14, tzinfo=UTC), published_granularity=PublishedGranularity.DAY)

    assert find_published(article).day == datetime(2026, 3, 14, tzinfo=UTC).date()
    assert find_published(article).moment is None


def test_unknown_time_stays_unknown() -> None:
    published = find_published(Article())

    assert (published.moment, published.day) == (None, None)
