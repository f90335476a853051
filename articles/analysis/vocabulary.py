"""Word lists of the story comparison, in one place, because alignment and divergences must agree on what a word weighs.

The lists are English. They name classes of words that news prose uses everywhere (function words, reporting words,
everyday synonyms); no list holds the names, places or topics of a particular story.
"""

from .lexicon import words

FUNCTION_WORDS = words(
    """
    a an the and or but nor of to in on at by for from with as is are was were be been being am has have had having do
    does did doing it its itself he she they them him his her hers their theirs this that these those who which whom
    whose what when where while will would can could may might must shall should not no than then there here into over
    under after before about also more most i we us our ours you your yours me my mine if so such any some all both
    each other out up down off again just only very too own same through during between because until against how why
    however although though since whether upon via per amid among around toward towards without within along across s
    n't re ve ll d t m yet still even ever already now soon later earlier ago one himself herself themselves
    cannot couldn wouldn doesn didn isn aren wasn weren hasn haven hadn don won shouldn
    mr mrs ms dr sen rep gov
    """
)

REPORTING_WORDS = words(
    """
    said say says saying told tell tells telling stated state states stating added add adds adding wrote write
    writes writing announced announce announces announcement declared declare declares reported report reports
    reportedly claimed claim claims noted note notes according ask asks asked replied reply explained explain
    explains argued argue argues insisted insist insists called call calls acknowledged acknowledge statement
    comments comment remarks news
    """
)

# Everyday words that editors of different outlets choose between for one fact. A line is one meaning.
_SYNONYMS = """
covert secret clandestine undercover
deploy send dispatch station
analyst expert specialist observer
kill slay murder
die death dead deadly lethal fatal
wound injure hurt injury
authorize authorise permission approve allow permit approval
operation action mission
drug narcotic narcotics
smuggle traffic trafficking smuggling
vessel boat ship
plane aircraft jet
military army troop troops soldier forces
president presidential
question doubt challenge concern
fire dismiss oust sack
resign quit
choose pick select appoint name nominate nominee nomination choice
job post position role
rule decide decision determine determination
court judge justice
lawyer attorney counsel
police officer cop
suspect suspected alleged allegedly
arrest detain custody
house home residence
letter memo note
begin start launch open
end finish stop halt cease
increase rise grow climb surge
decrease fall drop decline shrink
buy purchase acquire
company firm business corporation
money fund cash
child kid
vote ballot poll
win victory defeat
oppose opposition against reject
support back backing endorse embrace favor favour
gay homosexual same-sex
marriage marry wed
campaign candidate
big large huge major
bill legislation law
talk discuss discussion negotiation
interview
request ask demand seek urge
reveal disclose disclosure show
hide conceal
delete erase wipe remove
answer respond response reply
help assist aid
attack strike assault raid
bomb explosive explosion blast
crash collision
storm hurricane
flood flooding
blaze wildfire
country nation
city town
leader chief head
chairman chairwoman chair
deputy vice
worker employee staff
school college university
student pupil
sick ill illness disease
doctor physician
hospital clinic
car vehicle automobile
street road
area region
quake earthquake
pact deal agreement accord treaty
warn caution
criticize criticise criticism slam blast condemn
praise laud commend
anger outrage
plan proposal propose
border frontier
migrant immigrant
refugee asylum
tax levy
cost price
job-loss layoff
protest demonstration rally march
crowd
film movie
"""


def _synonym_table() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _SYNONYMS.strip().splitlines():
        group = line.split()
        for word in group[1:]:
            table.setdefault(word, group[0])
    return table


# A word -> the word that stands for its group. Looked up before stemming and again by stem.
SYNONYMS = _synonym_table()
