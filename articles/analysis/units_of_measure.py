"""Units by every name news prints them under: the UCUM-like code, the unit to compare in, and the factor to it."""

from decimal import Decimal

from .lexicon import words

Measure = tuple[str, str, Decimal]

# Nobody counts so far: a longer number is noise, and no place is kept for it.
LONGEST = 40
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
    "dollar": "USD", "dollars": "USD", "u.s. dollars": "USD", "us dollars": "USD", "euro": "EUR",
    "euros": "EUR",
    "pounds sterling": "GBP", "british pounds": "GBP", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "ruble": "RUB",
    "rubles": "RUB", "rouble": "RUB", "roubles": "RUB", "rupee": "INR", "rupees": "INR", "francs": "CHF",
    "swiss francs": "CHF",
    "shekels": "ILS", "lira": "TRY", "won": "KRW", "pesos": "MXN", "reais": "BRL", "rand": "ZAR", "kronor": "SEK",
    "kroner": "NOK",
    "australian dollars": "AUD", "canadian dollars": "CAD", "bitcoin": "XBT", "bitcoins": "XBT",
}  # fmt: skip
# Codes as they stand beside a number: "USD 5", "5 EUR".
CURRENCY_CODES = words(
    """
    USD EUR GBP JPY CNY INR RUB KRW ILS TRY CHF MXN BRL ZAR SEK NOK DKK PLN CZK HUF UAH AUD CAD NZD HKD SGD TWD THB IDR
    AED SAR EGP NGN KES PKR
    """
)
# The hundredth part, and of which currency; dollars and pounds are the common ones in English.
MINOR_UNITS = {
    "cent": "USD", "cents": "USD", "¢": "USD", "euro cents": "EUR", "pence": "GBP", "kopecks": "RUB", "kopeks": "RUB",
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
    ("mg", "kg", "0.000001", "mg milligram milligrams"),
    ("ug", "kg", "0.000000001", "µg mcg microgram micrograms"),
    ("[stone_av]", "kg", "6.35029318", "stone"),
    ("t", "kg", "1000", "tonne tonnes"),
    ("[ston_av]", "kg", "907.18474", "ton tons"),
    ("[lb_av]", "kg", "0.45359237", "pound pounds lb lbs"),
    ("[oz_av]", "kg", "0.028349523125", "ounce ounces oz"),
    ("L", "L", "1", "liter liters litre litres"),
    ("[gal_us]", "L", "3.785411784", "gallon gallons"),
    ("[bbl_us]", "L", "158.987294928", "barrel barrels"),
    ("mL", "L", "0.001", "ml millilitre millilitres milliliter milliliters"),
    ("[pt_br]", "L", "0.56826125", "pint pints"),
    ("m2", "m2", "1", "m² m2 sqm"),
    ("km2", "m2", "1000000", "km² km2"),
    ("m3", "L", "1000", "m³ m3"),
    ("ha", "m2", "10000", "hectare hectares"),
    ("[acr_us]", "m2", "4046.8564224", "acre acres"),
    ("km/h", "km/h", "1", "kph kmh km/h"),
    ("[mi_i]/h", "km/h", "1.609344", "mph"),
    ("[kn_i]", "km/h", "1.852", "knots"),
    ("Cel", "Cel", "1", "celsius centigrade"),
    # Compared in Celsius; the offset is applied where the number is read.
    ("[degF]", "Cel", "1", "fahrenheit"),
    ("W", "W", "1", "watt watts"),
    ("kW", "W", "1000", "kilowatt kilowatts kw"),
    ("MW", "W", "1000000", "megawatt megawatts mw"),
    ("GW", "W", "1000000000", "gigawatt gigawatts gw"),
    ("TW", "W", "1000000000000", "terawatt terawatts tw"),
    ("kW.h", "kW.h", "1", "kwh kilowatt-hour kilowatt-hours"),
    ("MW.h", "kW.h", "1000", "mwh megawatt-hour megawatt-hours"),
    ("GW.h", "kW.h", "1000000", "gwh gigawatt-hour gigawatt-hours"),
    ("TW.h", "kW.h", "1000000000", "twh terawatt-hour terawatt-hours"),
    ("s", "s", "1", "second seconds sec"),
    ("min", "s", "60", "minute minutes min mins"),
    ("h", "s", "3600", "hour hours hr hrs"),
    ("d", "s", "86400", "day days"),
    ("wk", "s", "604800", "week weeks"),
    ("2.wk", "s", "1209600", "fortnight fortnights"),
    ("mo", "s", "2629800", "month months"),
    ("a", "s", "31557600", "year years"),
    ("10.a", "s", "315576000", "decade decades"),
)
MEASURES: dict[str, Measure] = {
    name: (code, base, Decimal(factor)) for code, base, factor, names in _ROWS for name in names.split(" ")
}
for _code, _base, _factor, _names in (
    ("[nmi_i]", "m", "1852", ("nautical mile", "nautical miles")),
    (
        "m2",
        "m2",
        "1",
        ("square meter", "square meters", "square metre", "square metres", "sq m", "sq metres", "sq meters"),
    ),
    (
        "km2",
        "m2",
        "1000000",
        ("square kilometer", "square kilometers", "square kilometre", "square kilometres", "sq km", "square km"),
    ),
    ("[mi_us]2", "m2", "2589988.110336", ("square mile", "square miles", "sq mile", "sq miles", "sq mi")),
    ("[ft_i]2", "m2", "0.09290304", ("square foot", "square feet", "sq ft", "sq feet", "sq foot")),
    ("[yd_i]2", "m2", "0.83612736", ("square yard", "square yards", "sq yards")),
    ("m3", "L", "1000", ("cubic meter", "cubic meters", "cubic metre", "cubic metres", "cu m")),
    ("[ft_i]3", "L", "28.316846592", ("cubic foot", "cubic feet", "cu ft")),
    ("km3", "L", "1000000000000", ("cubic kilometer", "cubic kilometers", "cubic kilometre", "cubic kilometres")),
    ("kW.h", "kW.h", "1", ("kilowatt hour", "kilowatt hours")),
    ("MW.h", "kW.h", "1000", ("megawatt hour", "megawatt hours")),
    ("t", "kg", "1000", ("metric ton", "metric tons", "metric tonnes")),
    ("Cel", "Cel", "1", ("degrees celsius", "degrees centigrade")),
    ("[degF]", "Cel", "1", ("degrees fahrenheit",)),
    ("[mi_i]/h", "km/h", "1.609344", ("mile per hour", "miles per hour")),
    ("km/h", "km/h", "1", ("kilometers per hour", "kilometres per hour", "km per hour")),
    ("m/s", "km/h", "3.6", ("meters per second", "metres per second", "m per second")),
):
    MEASURES |= dict.fromkeys(_names, (_code, _base, Decimal(_factor)))
