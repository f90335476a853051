"""Word lists of the story comparison, in one place, because alignment and divergences must agree on what a word weighs.

The lists are English. They name classes of words that news prose uses everywhere (hedges, reporting verbs, function
words); no list holds the names, places or topics of a particular story.
"""


def word_set(*lines: str) -> frozenset[str]:
    """The words of ``lines``.

    >>> sorted(word_set("a b", "c"))
    ['a', 'b', 'c']
    """
    return frozenset(word for line in lines for word in line.split())


FUNCTION_WORDS = word_set(
    "a an the and or but nor of to in on at by for from with as is are was were be been being am has have had",
    "having do does did doing it its itself he she they them him his her hers their theirs this that these those",
    "who which whom whose what when where while will would can could may might must shall should not no than then",
    "there here into over under after before about also more most one i we us our ours you your yours me my mine",
    "if so such any some all both each other out up down off again just only very too own same through during",
    "between because until against how why however although though since whether upon via per amid among around",
    "toward towards without within along across s n't 's ’s re ve ll d t m yet still even ever already now soon",
    "later earlier ago",
)

REPORTING_WORDS = word_set(
    "said say says saying told tell tells telling stated state states stating added add adds adding wrote write",
    "writes writing announced announce announces declared declare declares reported report reports reportedly",
    "claimed claim claims noted note notes according asked ask asks replied reply explained explain explains",
    "argued argue argues insisted insist insists called call calls acknowledged acknowledge statement comments",
    "comment remarks news",
)

NEGATIONS = word_set("not no never none nobody nothing neither nor n't cannot without")
