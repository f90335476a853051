"""Units by every name news prints them under: the UCUM-like code, the unit to compare in, and the factor to it."""

from decimal import Decimal

Measure = tuple[str, str, Decimal]

CURRENCY_SIGNS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₽": "RUB",
    "₩": "KRW",
    "₪": "ILS",
    "₺": "TRY",
}
CURRENCY_WORDS = {
    "dollar": "USD", "dollars": "USD", "u.s. dollars": "USD", "us dollars": "USD", "cents": "USD", "euro": "EUR",
    "euros": "EUR",
    "pounds sterling": "GBP", "british pounds": "GBP", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "ruble": "RUB",
    "rubles": "RUB", "rouble": "RUB", "roubles": "RUB", "rupee": "INR", "rupees": "INR", "francs": "CHF",
    "swiss francs": "CHF",
    "shekels": "ILS", "lira": "TRY", "won": "KRW", "pesos": "MXN", "reais": "BRL", "rand": "ZAR", "kronor": "SEK",
    "kroner": "NOK",
    "australian dollars": "AUD", "canadian dollars": "CAD", "bitcoin": "XBT", "bitcoins": "XBT",
}  # fmt: skip
_ROWS = (
    # code, base, factor, names
    ("m", "m", "1", "m meter meters metre metres"),
    ("km", "m", "1000", "km kms kilometer kilometers kilometre kilometres"),
    ("cm", "m", "0.01", "cm centimeter centimeters centimetre centimetres"),
    ("mm", "m", "0.001", "mm millimeter millimeters millimetre millimetres"),
    ("[mi_i]", "m", "1609.344", "mile miles"),
    ("[nmi_i]", "m", "1852", "nm"),
    ("[ft_i]", "m", "0.3048", "foot feet ft"),
    ("[yd_i]", "m", "0.9144", "yard yards"),
    ("[in_i]", "m", "0.0254", "inch inches"),
    ("kg", "kg", "1", "kg kgs kilogram kilograms kilo kilos"),
    ("g", "kg", "0.001", "gram grams"),
    ("t", "kg", "1000", "tonne tonnes"),
    ("[ston_av]", "kg", "907.18474", "ton tons"),
    ("[lb_av]", "kg", "0.45359237", "pound pounds lb lbs"),
    ("[oz_av]", "kg", "0.028349523125", "ounce ounces oz"),
    ("L", "L", "1", "liter liters litre litres"),
    ("[gal_us]", "L", "3.785411784", "gallon gallons"),
    ("[bbl_us]", "L", "158.987294928", "barrel barrels"),
    ("ha", "m2", "10000", "hectare hectares"),
    ("[acr_us]", "m2", "4046.8564224", "acre acres"),
    ("km/h", "km/h", "1", "kph kmh km/h"),
    ("[mi_i]/h", "km/h", "1.609344", "mph"),
    ("[kn_i]", "km/h", "1.852", "knots"),
    ("Cel", "Cel", "1", "celsius"),
    ("[degF]", "[degF]", "1", "fahrenheit"),
    ("W", "W", "1", "watt watts"),
    ("kW", "W", "1000", "kilowatt kilowatts kw"),
    ("MW", "W", "1000000", "megawatt megawatts mw"),
    ("GW", "W", "1000000000", "gigawatt gigawatts gw"),
    ("s", "s", "1", "second seconds sec"),
    ("min", "s", "60", "minute minutes min mins"),
    ("h", "s", "3600", "hour hours hr hrs"),
    ("d", "s", "86400", "day days"),
    ("wk", "s", "604800", "week weeks"),
    ("mo", "s", "2629800", "month months"),
    ("a", "s", "31557600", "year years"),
    ("10.a", "s", "315576000", "decade decades"),
)
MEASURES: dict[str, Measure] = {
    name: (code, base, Decimal(factor)) for code, base, factor, names in _ROWS for name in names.split(" ")
}
for _code, _base, _factor, _names in (
    ("[nmi_i]", "m", "1852", ("nautical mile", "nautical miles")),
    ("m2", "m2", "1", ("square meter", "square meters", "square metre", "square metres")),
    ("km2", "m2", "1000000", ("square kilometer", "square kilometers", "square kilometre", "square kilometres")),
    ("[mi_us]2", "m2", "2589988.110336", ("square mile", "square miles")),
    ("[ft_i]2", "m2", "0.09290304", ("square foot", "square feet")),
    ("Cel", "Cel", "1", ("degrees celsius", "degrees centigrade")),
    ("[degF]", "[degF]", "1", ("degrees fahrenheit",)),
    ("[mi_i]/h", "km/h", "1.609344", ("mile per hour", "miles per hour")),
    ("km/h", "km/h", "1", ("kilometers per hour", "kilometres per hour", "km per hour")),
    ("m/s", "km/h", "3.6", ("meters per second", "metres per second", "m per second")),
):
    MEASURES |= dict.fromkeys(_names, (_code, _base, Decimal(_factor)))
