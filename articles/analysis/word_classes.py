"""Closed classes of English words: what stands in for a tagger when subjects are looked for."""

from .cues import cue_forms
from .lexicon import words
from .tokens import Token

PRONOUNS = words("he she they i we it you")
DETERMINERS = words(
    """
    the a an this that these those his her its their my our your some any no every each another many several most all
    both few
    """
)
AUXILIARIES = words(
    """
    has have had is are was were be been being am 's 've 'd 'll will would can could may might must shall should do
    does did not n't isn't wasn't weren't aren't hasn't haven't hadn't won't wouldn't can't couldn't doesn't don't
    didn't shouldn't he's she's i'm we're they're it's
    """
)
ADVERBS = words(
    """
    also then later now still first once often never even further again subsequently soon always just too only
    since already reportedly previously repeatedly recently earlier famously yesterday today tonight instead
    has have had did does do will would can could may might must should not n't didn't doesn't hasn't haven't hadn't
    """
)
PREPOSITIONS = words(
    """
    of in on at for by with from to into about against between during before after under over through among amid
    across around behind near since until upon within without outside inside toward towards despite per via
    regarding concerning following including like unlike
    """
)
SUBORDINATORS = words(
    """
    that when while where after before because if although though unless until since as whether whereas why how what
    """
)
COORDINATORS = words("and but or nor then yet so")
LEADING = words(
    """
    in on at for by with from to after before during as when while if although though since because despite amid
    following until under over asked speaking responding referring writing appearing according given unlike like
    among through without once besides instead based
    """
)
LEADING_ADVERBS = words(
    """
    but and so yet or however meanwhile later still then also now earlier yesterday today tonight instead moreover
    nevertheless nonetheless indeed separately additionally furthermore similarly likewise finally eventually
    afterward afterwards initially recently ultimately
    """
)
TIME = words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december mon tue wed thu fri sat sun jan. feb. aug. sept. oct. nov. dec. morning afternoon evening
    night yesterday today tonight week month year
    """
)
VERBS = words(
    """
    laid wrote wept won woke swore swung stuck stole spun slid shook sang sank rang rode quit lit lent leapt knelt hung
    hid froze forgot forgave fled flung fed dug crept clung bound bore beat became ate awoke arose
    came went made took gave got saw kept left let met paid put ran sat sent set spent stood won lost held brought
    led became began broke built bought caught chose drew drove fell felt flew found fought grew heard hit hurt knew
    laid meant read rose sought sold shot showed shown spoke struck taught threw wore wants needs makes takes gives gets
    comes goes has is are was were keeps calls remains shows seems looks appears plans hopes plan want need make take
    give told said say says
    """
)
NOUNISH_ED = words("united red bed speed need feed breed creed seed greed hundred sacred wicked naked shed bred")
BARE_NOUNS = words(
    """
    police congress parliament government people management staff counsel nobody everyone someone anyone one
    prosecutors both others many some
    """
)
APPOSITIVE = words(
    """
    who whose which one head former president chairman chairwoman director executive author professor chief republican
    democrat independent d r senior vice deputy spokesman spokeswoman editor founder now then himself herself speaking
    including too for however meanwhile like
    """
)


def is_verb_like(token: Token) -> bool:
    """Whether a lower-case token can hardly be part of a noun phrase: an auxiliary or a finite verb.

    >>> from .tokens import tokenise
    >>> [is_verb_like(t) for t in tokenise("the panel voted", 0, 15)]
    [False, False, True]
    """
    word = token.lower
    if token.text[0].isupper():
        return False
    return (
        word in AUXILIARIES
        or word in VERBS
        or (len(word) > 4 and word.endswith("ed") and word not in NOUNISH_ED)
        or (word in cue_forms() and cue_forms()[word].form in ("past",))
    )
