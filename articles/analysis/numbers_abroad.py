"""The words beside numbers in the languages that this program reads without understanding them.

One table serves all of them: a scale or a currency is only looked for behind a number, where no two of these languages
use one word for two things. What a billion is, English and the others disagree on; English has a reader of its own.
"""

_SCALES = {
    3: "tausend mille mil mila duizend tusind tusen bin тысяч тысячи тысяча тыс tysięcy tysiące tys",
    6: """
        million millionen mio millions millón millones milione milioni mln milhão milhões miljoen millioner miljoner
        milyon миллион миллиона миллионов млн milion miliony milionów
    """,
    9: """
        milliarde milliarden mrd milliard milliards miliardo miliardi mld bilhão bilhões miljard mia
        milliarder miljarder
        milyar миллиард миллиарда миллиардов млрд miliard miliardy miliardów
    """,
    12: "billion billionen billions billón billones biljoen bilioni trilhão trilhões триллион триллиона триллионов",
}
SCALES = {name: 10**power for power, names in _SCALES.items() for name in names.split()}
_CURRENCIES = {
    "EUR": "€ eur euro euros eurot евро",
    "USD": "$ usd dollar dollars dollarn dólar dólares dollaro dollari dolar dolara dolarów доллар доллара долларов",
    "GBP": "£ gbp pfund libras sterline pond фунтов",
    "RUB": "₽ rub rubel rubli roubles rublos рубль рубля рублей руб",
    "PLN": "pln zł złoty złotych złote",
    "CHF": "chf franken",
    "TRY": "₺ lira lirası",
    "DKK": "dkk",
    "SEK": "sek",
    "NOK": "nok",
    "BRL": "brl reais",
    "JPY": "¥ jpy yen",
    "CNY": "cny yuan",
}
CURRENCIES = {name: code for code, names in _CURRENCIES.items() for name in names.split()}
PERCENT = frozenset(["%", "prozent", "procent", "procenta", "procentów", "процент", "процента", "процентов"])
_MEASURES = {
    "km": "km kilometer kilometern kilomètres kilomètre kilómetros kilómetro chilometri chilometro quilômetros км",
    "m": "meter metern mètres mètre metros metro metri метров метра",
    "kg": "kg kilogramm kilo kilos kilogrammes kilogramos кг",
    "t": "tonnen tonne tonnes toneladas tonnellate ton тонн",
    "ha": "hektar hectares hectáreas ettari hectare га",
}
MEASURES = {name: code for code, names in _MEASURES.items() for name in names.split()}
_MONTHS = (
    "januar jänner janvier enero gennaio janeiro januari января stycznia ocak",
    "februar février febrero febbraio fevereiro februari февраля lutego şubat",
    "märz mars marzo março maart марта marca mart marts",
    "april avril abril aprile апреля kwietnia nisan",
    "mai mayo maggio maio mei мая maja maj mayıs",
    "juni juin junio giugno junho июня czerwca haziran",
    "juli juillet julio luglio julho июля lipca temmuz",
    "august août agosto augustus августа sierpnia ağustos",
    "september septembre septiembre settembre setembro сентября września eylül",
    "oktober octobre octubre ottobre outubro октября października ekim",
    "november novembre noviembre novembro ноября listopada kasım",
    "dezember décembre diciembre dicembre dezembro december декабря grudnia aralık",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
