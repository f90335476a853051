"""Says what a name names where its neighbours and the rest of the text know better than the learnt finder.

"Chelsea" is a club where there is football, "Ford" a maker where there are cars, an unknown "Globex" that buys firms is
one, and what fires or flies goes by a product's name.
"""

import re
from collections.abc import Sequence

from . import gazetteer
from .cues import cue_forms
from .lexicon import words
from .name_words import TITLES
from .patterned import PRODUCTS
from .roles import FIRMS
from .tokens import Token
from .types import EntityKind
from .word_classes import is_verb_like

_PRODUCT_AFTER = PRODUCTS | words(
    "aircraft plane planes system systems ship vessel phone app car truck drug gun spacecraft shuttle"
)
_EVENT = re.compile(
    r"\b(?:War|Summit|Olympics|Games|Treaty|Cup|Championships?|Festival|Revolution|Uprising|Elections?|Accords?"
    r"|Marathon|Massacre"
    r"|Holocaust|Super Bowl|Prix|Hajj|Christmas|Easter|Ramadan|Thanksgiving|Holocaust|Hurricane|Typhoon|Storm"
    r"|Primary|Caucus"
    r"|Caucuses|Convention|Spring|Brexit|Referendum|Tournament|Open|Expo|Day)\b"
)
_DESIGNATION = re.compile(r"[A-Z]{1,5}-?\d{1,4}[A-Z]{0,2}$|[A-Z][a-z]{2,12}-[A-Z]{1,2}\d{0,3}$|\w+ \d{1,4}[A-Z]?$")

# "Igla-S": no person, body or place is spelled so.
_TYPE = re.compile(r"[A-Z][a-z]{2,12}-[A-Z]{1,2}\d{0,3}$|[A-Z]{1,3}-\d{1,3}[A-Z]?$")
_IN = words("in near at from outside across around throughout inside to via toward towards into through")
_SPORT = words(
    """
    striker strikers midfielder goalkeeper defender league goal goals scored equaliser equalizer penalty fixture
    kick-off kickoff touchdown quarterback innings playoff playoffs relegation semi-final semifinal winger football
    """
)
_CLUBS = words(
    """
    chelsea arsenal liverpool everton fulham brentford brighton bournemouth southampton sunderland burnley watford
    norwich leeds newcastle leicester wolves blackburn bolton middlesbrough portsmouth reading derby preston millwall
    celtic rangers hearts hibernian aberdeen dundee barcelona valencia sevilla villarreal napoli roma lazio juventus
    milan inter torino marseille lyon monaco lille nice lens dortmund leverkusen schalke stuttgart ajax porto benfica
    santos flamengo tottenham spurs saracens harlequins wasps exeter gloucester bath leinster munster toulouse
    """
)
_CLUB_AFTER = words(
    """
    beat lost won drew striker midfielder manager goalkeeper defender winger captain coach fans boss scored signed
    forward supporters kicked equalised led
    """
)
_MOTOR = words("car cars carmaker carmakers automaker vehicle vehicles sedan sedans suv suvs recall recalled hatchback")
_MAKERS = words(
    """
    ford jaguar lincoln lotus seat mini dodge bentley porsche ferrari tesla cadillac mercedes renault peugeot fiat
    toyota honda suzuki mazda nissan chrysler chevrolet buick opel vauxhall skoda subaru audi dacia citroen citroën kia
    """
)
_TRADED = words("shares profit profits plc stock revenue subsidiary headquarters factory workforce customers products")
_TRADES = words("bought acquired employs recalled manufactures sells operates owns launched filed merged")


class Context:
    """What the whole text is about, and which of its unknown names behave like firms."""

    def __init__(self, sentences: Sequence[Sequence[Token]]) -> None:
        seen = {token.lower for tokens in sentences for token in tokens}
        self.is_sport = len(seen & _SPORT) > 1
        self.is_motor = bool(seen & _MOTOR)
        self.firms = {t.text for tokens in sentences for at, t in enumerate(tokens) if _acts_as_firm(tokens, at)}

    def kind(self, tokens: Sequence[Token], first: int, last: int, surface: str, label: str) -> EntityKind:
        """What tokens ``[first, last)`` name, given what the learnt finder says.

        >>> from .tokens import tokenise
        >>> tokens = tokenise("Globex bought the mill.", 0, 23)
        >>> Context([tokens]).kind(tokens, 0, 1, "Globex", "person")
        'organisation'
        """
        is_one = last - first == 1
        if is_one and label != "event" and (kind := self._of_word(tokens, first, surface, label)) is not None:
            return kind
        if label in ("organisation", "place", "other") and not is_one and _has_age(tokens, last):
            return "person"
        is_known = surface in gazetteer.organisations()
        if is_known and label in ("other", "place") and (label == "other" or not is_one):
            return "organisation"
        if label != "other":
            return label  # type: ignore[return-value]  # a name label but "other": an EntityKind
        after = tokens[last].lower if last < len(tokens) else ""
        if _DESIGNATION.match(surface) or after in _PRODUCT_AFTER:
            return "product"
        return "event" if _EVENT.search(surface) else "other"

    def missed(self, tokens: Sequence[Token], at: int) -> EntityKind | None:
        """ "organisation" for a club, maker or firm that opens a sentence and acts in it: "Chelsea beat Leeds"."""
        word = tokens[at].lower
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        before = tokens[at - 1] if at else None
        if after is None or (before is not None and (before.is_capitalised or before.lower in _IN)):
            return None
        is_acting = is_verb_like(after) or after.lower in cue_forms() or after.lower == "'s"
        if self.is_sport and word in _CLUBS and (is_acting or after.lower in _CLUB_AFTER):
            return "organisation"
        is_firm = tokens[at].text in self.firms or (self.is_motor and word in _MAKERS)
        return "organisation" if is_firm and is_acting else None

    def _of_word(self, tokens: Sequence[Token], at: int, surface: str, label: str) -> EntityKind | None:
        before = tokens[at - 1].lower if at else ""
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        place = gazetteer.places().get(surface)
        word = surface.lower()
        if _TYPE.match(surface):
            return "product"
        if label == "place" and place is None and surface.isupper() and surface in gazetteer.organisations():
            return "organisation"
        if label == "person" and before in _IN and place in ("country", "region", "city2", "city3"):
            return "place"
        if self.is_sport and word in _CLUBS and before not in _IN and label != "organisation":
            is_led = after is not None and (after.lower in _CLUB_AFTER or is_verb_like(after))
            if is_led or before in ("beat", "against", "v", "over", "for", "with"):
                return "organisation"
        if self.is_motor and word in _MAKERS and before not in _IN and before not in TITLES:
            return "organisation"
        if label in ("person", "other") and surface in self.firms and before not in TITLES:
            return "organisation"
        return None


def _has_age(tokens: Sequence[Token], last: int) -> bool:
    """Whether an age follows the name: "Bo Ek, 45,"."""
    age = tokens[last + 1 : last + 3]
    return (
        last < len(tokens)
        and tokens[last].text == ","
        and len(age) == 2
        and len(age[0].text) == 2
        and age[0].text.isdigit()
        and age[1].text in (",", ".")
    )


def _acts_as_firm(tokens: Sequence[Token], at: int) -> bool:
    """Whether an unknown capitalised word does what only firms do: "Globex employs", "the retailer Globex"."""
    token = tokens[at]
    if not token.text[0].isupper() or at + 1 >= len(tokens) or token.text in gazetteer.given_names():
        return False
    if token.text in gazetteer.family_names() or token.text in gazetteer.places() or token.lower in TITLES:
        return False
    before, after = tokens[at - 1] if at else None, tokens[at + 1]
    if before is not None and before.is_capitalised:
        return False
    if before is not None and before.lower in FIRMS:
        return True
    if after.lower in _TRADES:
        return token.lower not in ("he", "she", "they", "who", "i", "we", "it")
    owned = tokens[at + 2].lower if at + 2 < len(tokens) else ""
    return after.lower == "'s" and owned in _TRADED
