"""The language of a text: one sentence is enough for another, and English is never taken for one."""

import pytest

from articles.analysis.article import analyse_article
from articles.analysis.language import recognise_language
from articles.analysis.language_words import ENDINGS, LETTERS, SMALL_WORDS

SENTENCES = {
    "de": [
        "Der Bürgermeister trat am Montag zurück.",
        "Bei dem Brand in der Altstadt wurden drei Menschen verletzt.",
        "Die Feuerwehr konnte das Feuer erst nach zwei Stunden löschen.",
        "Warum die Brücke gesperrt wurde, ist noch nicht bekannt.",
        "DIE BRÜCKE IST SEIT GESTERN WIEDER FREI, SAGTE DIE POLIZEI.",
        "Ein Güterzug ist am frühen Morgen bei Hannover entgleist.",
        "Zwei Jugendliche starben bei einem Unfall auf der Autobahn.",
        "Regierung plant höhere Steuern auf Zigaretten",
        "Wir haben nichts gewusst.",
    ],
    "es": [
        "El alcalde dimitió el lunes por la mañana.",
        "Tres personas resultaron heridas en un incendio en el centro de la ciudad.",
        "Los vecinos dicen que nadie les avisó del peligro.",
        "El puente sigue cerrado y no se sabe cuándo abrirá.",
        "Un tren de mercancías descarriló cerca de Zaragoza.",
        "Dos jóvenes murieron en un accidente.",
        "El Gobierno subirá los impuestos al tabaco",
    ],
    "fr": [
        "Le maire de Lyon a annoncé sa démission lundi.",
        "Trois personnes ont été blessées dans un incendie au centre-ville.",
        "Les habitants disent que personne ne les a prévenus du danger.",
        "On ne sait pas encore pourquoi le pont est fermé.",
        "Un train de marchandises a déraillé près de Dijon.",
        "Deux jeunes sont morts dans un accident.",
        "Le gouvernement veut augmenter les taxes sur le tabac",
        "Nous ne savions rien.",
    ],
    "it": [
        "Il sindaco ha detto lunedì che il ponte è chiuso.",
        "Tre persone sono rimaste ferite in un incendio nel centro della città.",
        "Gli abitanti dicono che nessuno li ha avvertiti del pericolo.",
        "Non si sa ancora quando la strada sarà riaperta.",
        "Un treno merci è deragliato vicino a Bologna.",
        "Due ragazzi sono morti in un incidente.",
        "Il governo vuole alzare le tasse sulle sigarette",
        "Non sapevamo nulla di questo.",
    ],
    "pt": [
        "O prefeito disse na segunda-feira que a ponte está fechada.",
        "Três pessoas ficaram feridas num incêndio no centro da cidade.",
        "Os moradores dizem que ninguém os avisou do perigo.",
        "Ainda não se sabe quando a estrada vai reabrir.",
        "Um trem de carga descarrilou perto de Curitiba.",
        "Dois jovens morreram em um acidente.",
        "Governo quer aumentar os impostos sobre o cigarro",
        "Nós não sabíamos de nada.",
    ],
    "nl": [
        "De burgemeester zei maandag dat de brug dicht is.",
        "Bij een brand in het centrum zijn drie mensen gewond geraakt.",
        "De bewoners zeggen dat niemand hen voor het gevaar heeft gewaarschuwd.",
        "Het is nog niet bekend wanneer de weg weer opengaat.",
        "Een goederentrein is ontspoord bij Amersfoort.",
        "Twee jongeren kwamen om bij een ongeluk.",
        "Kabinet wil accijns op sigaretten verhogen",
        "Wij wisten van niets.",
    ],
    "da": [
        "Borgmesteren sagde mandag, at broen er lukket.",
        "Tre mennesker blev såret ved en brand i byens centrum.",
        "Beboerne siger, at ingen havde advaret dem om faren.",
        "Det vides endnu ikke, hvornår vejen åbner igen efter ulykken.",
        "Regeringen vil hæve afgifterne på tobak",
        "Vi vidste ikke noget om det.",
    ],
    "no": [
        "Ordføreren sa mandag at broen er stengt etter ulykken.",
        "Tre mennesker ble skadet i en brann i byens sentrum.",
        "Beboerne sier at ingen hadde advart dem om faren, og de vil ha svar nå.",
        "Det er ennå ikke kjent når veien åpner igjen etter ulykken.",
        "Et godstog har sporet av ved Hamar.",
        "To ungdommer omkom i en ulykke på motorveien.",
        "Regjeringen vil øke avgiftene på tobakk",
        "Vi visste ikke noe om det.",
    ],
    "sv": [
        "Borgmästaren sade på måndagen att bron är stängd.",
        "Tre personer skadades i en brand i stadens centrum, säger polisen.",
        "De boende säger att ingen hade varnat dem för faran.",
        "Det är ännu inte känt när vägen öppnar igen.",
        "Ett godståg har spårat ur vid Linköping.",
        "Två ungdomar omkom i en olycka på motorvägen.",
        "Regeringen vill höja skatten på tobak",
        "Vi visste inte något om det.",
    ],
    "fi": [
        "Kaupunginjohtaja sanoi maanantaina, että silta on suljettu.",
        "Kolme ihmistä loukkaantui tulipalossa kaupungin keskustassa.",
        "Asukkaat kertovat, ettei kukaan varoittanut heitä vaarasta.",
        "Vielä ei tiedetä, milloin tie avataan uudelleen.",
        "Tavarajuna suistui raiteilta lähellä Tamperetta.",
        "Kaksi nuorta kuoli onnettomuudessa moottoritiellä.",
        "Emme tienneet siitä mitään.",
    ],
    "pl": [
        "Burmistrz powiedział w poniedziałek, że most jest zamknięty.",
        "Trzy osoby zostały ranne w pożarze w centrum miasta.",
        "Mieszkańcy mówią, że nikt ich nie ostrzegł przed niebezpieczeństwem.",
        "Nie wiadomo jeszcze, kiedy droga zostanie ponownie otwarta.",
        "Pociąg towarowy wykoleił się niedaleko Poznania.",
        "Dwoje nastolatków zginęło w wypadku na autostradzie.",
        "Rząd chce podnieść podatki na papierosy",
        "Nic o tym nie wiedzieliśmy.",
    ],
    "cs": [
        "Starosta v pondělí řekl, že most je uzavřen.",
        "Tři lidé byli zraněni při požáru v centru města.",
        "Obyvatelé říkají, že je nikdo před nebezpečím nevaroval.",
        "Zatím není jasné, kdy se silnice znovu otevře.",
        "Dva mladíci zahynuli při nehodě na dálnici.",
        "Vláda chce zvýšit daně z cigaret",
        "Nic jsme o tom nevěděli.",
    ],
    "tr": [
        "Belediye başkanı pazartesi günü köprünün kapatıldığını söyledi.",
        "Şehir merkezindeki yangında üç kişi yaralandı.",
        "Mahalle sakinleri kimsenin kendilerini uyarmadığını söylüyor.",
        "Yolun ne zaman yeniden açılacağı henüz bilinmiyor.",
        "Bir yük treni Eskişehir yakınlarında raydan çıktı.",
        "İki genç otoyoldaki kazada hayatını kaybetti.",
        "Hükümet sigara vergisini artırmak istiyor",
        "Bundan haberimiz yoktu bizim.",
    ],
    "id": [
        "Wali kota mengatakan pada hari Senin bahwa jembatan itu ditutup.",
        "Tiga orang terluka dalam kebakaran di pusat kota.",
        "Warga mengatakan tidak ada yang memperingatkan mereka tentang bahaya itu.",
        "Belum diketahui kapan jalan tersebut akan dibuka kembali.",
        "Sebuah kereta barang anjlok di dekat Semarang.",
        "Dua remaja tewas dalam kecelakaan di jalan tol.",
        "Pemerintah ingin menaikkan pajak rokok",
        "Kami tidak tahu apa-apa.",
    ],
    "hu": [
        "A polgármester hétfőn azt mondta, hogy a hidat lezárták.",
        "Három ember megsérült egy tűzben a város központjában.",
        "A lakók szerint senki sem figyelmeztette őket a veszélyre.",
        "Egyelőre nem tudni, mikor nyitják meg újra az utat.",
        "Kisiklott egy tehervonat Győr közelében.",
        "Két fiatal meghalt egy balesetben az autópályán.",
    ],
    "ro": [
        "Primarul a declarat luni că podul este închis.",
        "Trei persoane au fost rănite într-un incendiu din centrul orașului.",
        "Locuitorii spun că nimeni nu i-a avertizat de pericol.",
        "Nu se știe încă când va fi redeschis drumul.",
        "Un tren de marfă a deraiat lângă Ploiești.",
        "Doi tineri au murit într-un accident pe autostradă.",
        "Guvernul vrea să crească taxele la țigări",
        "Noi nu știam nimic.",
    ],
    "ru": ["Мэр заявил в понедельник, что мост закрыт.", "Трое пострадали."],
    "uk": ["Мер заявив у понеділок, що міст зачинено.", "Мешканці кажуть, що їх ніхто не попередив."],
    "el": ["Ο δήμαρχος δήλωσε τη Δευτέρα ότι η γέφυρα είναι κλειστή."],
    "ar": ["قال رئيس البلدية يوم الاثنين إن الجسر مغلق."],
    "he": ["ראש העיר אמר ביום שני שהגשר סגור."],
    "zh": ["市长星期一表示，大桥已经关闭。", "三人受伤。"],
    "ja": ["市長は月曜日、橋が閉鎖されたと述べた。", "三人がけがをした。"],
    "ko": ["시장은 월요일 다리가 폐쇄됐다고 말했다."],
    "th": ["นายกเทศมนตรีกล่าวเมื่อวันจันทร์ว่าสะพานถูกปิด"],
    "hi": ["महापौर ने सोमवार को कहा कि पुल बंद है।"],
}
CASES = [(code, sentence) for code, sentences in SENTENCES.items() for sentence in sentences]
ENGLISH = [
    "",
    "12",
    "Anna Low met Tom Reed.",
    "Anna Low met Tom Reed. Low met Reed in May. Reed paid Low.",
    "LOW: Yes.\n\nREED: No.",
    "Head\n\nLOW: Yes. No.\n\nREED: No.\n\nLOW: Me? No, no, no.\n\nREED: So do I.",
    "Q: Did he?\n\nA: He did.\n\nQ: When?\n\nA: In May.",
    "Dorton flood: what we know",
    "MAYOR OF LEEDS SAID DAM FAILED",
    "FIRE KILLS TWO IN DES MOINES; MAN HELD",
    "Rain. Wind. Snow. Ice. Sleet. Hail. Fog.",
    "De la Cruz to run for mayor of El Paso",
    "Los Angeles, San Diego, Las Vegas, El Paso, Des Moines, La Paz, Las Cruces.",
    "Ursula von der Leyen, Mark van der Berg and José de la Torre met in Den Haag.",
    "Real Madrid 2, Paris Saint-Germain 1; Bayern München 0, Borussia Dortmund 0.",
    "Der Spiegel, Le Monde, El País, La Repubblica, De Telegraaf",
    "Al Gore, Al Franken and Di Maria are in Rio de Janeiro.",
    "Rodríguez beat Núñez 6-3, 7-5. Müller beat Béranger 6-1, 6-0. Łukasz Ørsted lost.",
    "He is a man in an old van. I am in.",
    "No man is an island. Is it so? Die he must.",
    "As an ex-con man I do not go on.",
    "Per se, ad hoc, et cetera, vice versa, pro rata.",
    "Police in Malmö said a man was held. “Det var en olycka,” he told Aftonbladet.",
    "“No es justo, no es justo, no es justo para nosotros,” she cried as officers led her away.",
    "Dow 34,500.12 up 120.50; Nasdaq 13,400.07 down 3.20; S&P 4,300",
    "a a a a a a a a a a a a a a a a",
    "word word word word word word word word word",
]


@pytest.mark.parametrize(("code", "sentence"), CASES)
def test_one_sentence_is_enough(code: str, sentence: str) -> None:
    assert recognise_language(sentence) == code


@pytest.mark.parametrize("code", SENTENCES)
def test_another_language_gets_neither_names_nor_speakers(code: str) -> None:
    analysis = analyse_article("\n\n".join(SENTENCES[code]))
    assert (analysis.language, analysis.is_supported) == (code, False)
    assert (analysis.entities, analysis.mentions) == ((), ())


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_taken_for_no_other(text: str) -> None:
    assert recognise_language(text) == "en"


@pytest.mark.parametrize("text", [text for text in ENGLISH if "El Pa" not in text])
def test_capitals_make_no_english_foreign(text: str) -> None:
    assert recognise_language(text.upper()) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "Градоначелник је рекао да је мост затворен због поплаве, јер није безбедан.",
        "شهردار گفت که پل بسته است و هیچ‌کس زخمی نشده است.",
        "მერმა თქვა, რომ ხიდი დაკეტილია და არავინ დაშავებულა.",
        "Thị trưởng cho biết hôm thứ Hai rằng cây cầu đã bị đóng cửa và không ai bị thương.",
    ],
)
def test_what_is_not_known_is_called_undetermined(text: str) -> None:
    assert recognise_language(text) == "und"


def test_every_language_is_described_in_full() -> None:
    assert SMALL_WORDS.keys() == ENDINGS.keys() == LETTERS.keys() | {"en"}
