"""Sentences of other languages: their ordinals, abbreviations and stops."""

import pytest

from articles.analysis.article import analyse_article

CASES = [
    (
        "de",
        "Die Brücke ist seit dem 3. März gesperrt.",
        "Das gilt z. B. bis zum 15. Juni und d. h. für alle.",
        "Es waren 12.",
        "Das war am Montag um 9 Uhr.",
    ),
    ("de", "Am 1. Mai wird der 2. Bauabschnitt eröffnet, sagte Prof. Dr. Anna Tief.", "Er kostet rd. 3 Mio. Euro."),
    ("nl", "De brug, o.a. die bij de haven, is volgens dhr. Jansen dicht.", "Dat zei mevr. De Wit."),
    ("fr", "Le maire, M. Durand, a dit que le pont est fermé.", "On ne sait pas pourquoi, a ajouté Mme. Petit."),
    ("pl", "Most przy ul. Długiej jest zamknięty, powiedział gen. Nowak.", "Nie wiadomo, kiedy go otworzą."),
    ("cs", "Most u nám. Míru je uzavřen, řekl Ing. Novák.", "Zatím není jasné, kdy se otevře."),
    ("ru", "Мост на ул. Ленина закрыт, т. е. проезда нет.", "Об этом сообщил проф. Иванов."),
    ("ja", "市長は「橋は危ない。」と述べた。", "けが人はいない。"),
    ("zh", "市长说大桥已经关闭。", "三人受伤！", "为什么？"),
]


@pytest.mark.parametrize("case", CASES)
def test_stops_of_other_languages(case: tuple[str, ...]) -> None:
    language, *sentences = case
    text = "1\n\n" + ("" if language in ("ja", "zh") else " ").join(sentences)
    analysis = analyse_article(text)
    assert analysis.language == language
    assert [text[s.span.start : s.span.end] for s in analysis.sentences[1:]] == sentences


def test_english_is_left_alone() -> None:
    text = "Head\n\nThe bridge opened on the 3. March was cold. He was one of 12. Juli came."
    assert len(analyse_article(text).sentences) == 5
