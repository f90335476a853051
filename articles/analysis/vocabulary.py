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

# Everyday words that editors of different outlets choose between for one fact. A line is one meaning; a word stands for
# the first line that has it. Related words count as one where news prose uses them of one thing ("smuggling",
# "trafficking"); opposites never share a line.
_SYNONYMS = """
covert secret clandestine undercover
deploy send dispatch station
analyst expert specialist observer
kill slay murder assassinate
die death dead deadly lethal fatal fatality
wound injure hurt injury
authorize authorise permission approve allow permit approval
operation action mission
drug narcotic narcotics
smuggle traffic trafficking smuggling smuggler trafficker cartel
vessel boat ship craft
plane aircraft jet airplane airliner
military army troop troops soldier forces
question doubt challenge dispute concern
worry alarm fear anxiety
fire dismiss oust sack
resign quit
choose pick select choice
nominate nomination nominee
job post position role
rule decide decision determine determination
court judge justice tribunal
lawyer attorney counsel solicitor
police officer cop constable
suspect suspected alleged allegedly
arrest detain custody apprehend
letter memo
begin start launch open
end finish stop halt cease conclude
increase rise grow climb surge growth
decrease fall drop decline shrink plunge slump tumble
buy purchase acquire acquisition takeover
company firm business corporation enterprise
money fund cash
child kid
vote ballot poll
win victory triumph
defeat lose beat
oppose opposition against reject
support back backing
endorse endorsement
favor favour
gay homosexual same-sex lesbian
wed wedding
candidate candidacy
big large huge major massive enormous vast
bill legislation law statute
talk discuss discussion negotiation negotiate
reveal disclose disclosure show unveil
hide conceal
delete erase wipe remove
respond response reply
help assist aid assistance
attack strike assault raid offensive
bomb explosive explosion blast explode
crash collision collide
storm hurricane cyclone typhoon
flood flooding deluge inundate
blaze wildfire
country nation
city town
leader chief head boss
chairman chairwoman chair
deputy vice
worker employee staff
school college university
student pupil
sick ill illness disease
doctor physician
hospital clinic
car vehicle automobile
street road highway
area region zone
quake earthquake tremor
pact deal agreement accord treaty
warn caution warning
criticize criticise criticism slam blast condemn denounce rebuke assail lambaste criticise
praise laud commend hail applaud
anger outrage fury furious angry
plan proposal propose intend
border frontier
migrant immigrant
refugee asylum
tax levy tariff duty
cost price
job-loss layoff
protest demonstration rally march protester demonstrator
crowd throng
film movie
link connect tie connection
group organization organisation
terror terrorist terrorism
capability strength power
weigh consider mull ponder contemplate
broad wide large-scale full-scale
validity number figure
ready readiness prepare preparedness
government administration regime
hint suggest imply
invasion invade incursion
destroy demolish devastate
damage harm
rescue save
evacuate evacuation
search hunt
missing disappear disappearance vanish
find discover locate
victim casualty
survivor survive
relative family
father dad
mother mom mum
sister sibling brother
wife husband spouse partner
shoot shooting gunfire gunman shooter
gun firearm weapon rifle pistol
stab knife stabbing
prison jail imprison incarcerate
sentence convict conviction
accuse charge accusation indict indictment allegation
crime offence offense
steal theft rob robbery
fraud scam deception
corrupt corruption bribery bribe
probe investigate investigation inquiry enquiry investigator
evidence proof
witness bystander onlooker
testify testimony
trial hearing
appeal challenge
lawsuit sue suit
ban prohibit bar outlaw prohibition forbid
limit restrict restriction curb cap
delay postpone postponement
cancel scrap abandon axe
agree consent
refuse decline
promise pledge vow
threaten threat menace
fight battle combat
war conflict
ceasefire truce armistice
withdraw withdrawal pullout retreat
capture seize seizure
hostage captive abduct kidnap abduction
free release liberate
rebel insurgent militant guerrilla
coup putsch
election electoral
voter electorate
lawmaker legislator congressman congresswoman
senator senate
parliament legislature
minister secretary
governor gubernatorial
mayor mayoral
spokesman spokeswoman spokesperson
ambassador envoy diplomat
budget spending expenditure
debt deficit
loan lend borrow
profit earnings
revenue sales turnover
share stock
invest investment investor
bank lender
bankrupt bankruptcy insolvency insolvent
hire recruit
cut reduce slash trim reduction
wage pay salary
union labor labour
strike walkout
factory plant
produce production manufacture
build construct construction
repair fix
shut closure
expand expansion
merge merger
rain rainfall downpour
snow blizzard
heat heatwave
virus infection infect
vaccine vaccinate vaccination jab inoculate
outbreak epidemic
drugmaker pharmaceutical
test trial
study survey
research researcher scientist
teach teacher
book novel
game match
team squad
coach manager
score goal
fan supporter
star celebrity
singer musician
race contest
visit trip
meet meeting summit
arrive arrival
depart departure
travel journey
flight fly
airport airfield
train rail railway railroad
bus coach
passenger traveller traveler
driver motorist
pilot captain
tourist visitor holidaymaker
hotel resort
island isle
sea ocean
river stream
mountain peak
forest wood
land ground
fuel gasoline petrol
oil crude
electricity energy
pollution pollute contaminate contamination
satellite rocket
missile projectile
nuclear atomic
soldier serviceman
navy naval
sailor seaman
general commander
base camp
spy espionage
hacker hack
computer laptop
e-mail email
phone telephone
internet online web
message text
document file
photo photograph picture image
video footage
television tv broadcast televise
newspaper paper daily
journalist reporter
speech address
position stance stand view opinion
believe think
know aware
hope expect
important crucial vital key essential
unusual atypical unconventional unprecedented
certain definite definitive
likely probable
private personal
public publicly
international global worldwide
national nationwide
former ex
recent recently latest
quick fast rapid swift
strict tough severe harsh
safe safety security secure
danger dangerous risk hazardous hazard
illegal unlawful
legal legality lawful
poor poverty
rich wealthy
old elderly
young youth teenager teen
woman female
man male
baby infant newborn
boy girl
dog puppy
frontrunner front-runner contender finalist favourite favorite
rival opponent adversary foe
friend ally
critic detractor
aide adviser advisor assistant
committee panel commission
issue matter topic
reason cause
result outcome
effort attempt
goal aim objective target
method way
problem trouble difficulty
mistake error blunder
lie falsehood
scandal controversy controversial
sanction embargo
trade commerce
farm farmer agriculture
hunger famine starvation
charity donation donate donor
award prize
celebrate celebration
funeral burial bury
memorial monument
prayer pray
bishop cleric priest
muslim islamic islam
jewish jew
christian christianity
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
