"""Which capitalised words name a newspaper, a broadcaster or an agency: "The Times", "CBS News", and no Post Office.

Half of all outlets are called by a common word. Such a word counts only at the end of a name, and by itself only with
"the" before it and no noun after it: "told the Sun" names a paper, "told the Sun readers" and "Capitol Hill" do not.
"""

import re

from .lexicon import words

AGENCIES = (
    r"AP|Associated Press|Reuters|Thomson Reuters|AFP|Agence France[- ]Presse|UPI|dpa|DPA|EFE|ANSA|Ansa|Xinhua"
    r"|TASS|Tass|Kyodo|Press Association|PA Media|Bloomberg|Interfax|Anadolu|Yonhap|RIA Novosti|PTI|Canadian Press"
    r"|Australian Associated Press"
)
# Names that mean nothing else where they stand alone.
_KNOWN = (
    rf"{AGENCIES}|CNN|BBC|CBS|NBC|MSNBC|CNBC|NPR|PBS|ABC|ITV|ITN|RT[EÉ]|CBC|C-SPAN|NHK|NDTV|CCTV|CGTN|ZDF|ARD|RTL"
    r"|RAI|SVT|NRK|YLE|Yle|TVN|RTVE|France 24|Channel 4 News|Sky News|Fox News|Fox Business|Fox|Newsmax"
    r"|Al[ -]Jazeera|Al[ -]Arabiya|Deutsche Welle|Radio Free Europe|Radio Liberty|Voice of America|Meduza|Politico"
    r"|POLITICO|Axios|ProPublica|BuzzFeed|BuzzFeed News|HuffPost|Huffington Post|Vox|Slate|Breitbart|TechCrunch"
    r"|TMZ|Bellingcat|Semafor|Newsweek|Haaretz|Ynet|Nikkei|Kommersant|Izvestia|Novaya Gazeta|Vedomosti|Caixin"
    r"|Yomiuri Shimbun|Asahi Shimbun|Der Spiegel|Spiegel|Die Zeit|Die Welt|Bild|Bild am Sonntag"
    r"|Süddeutsche Zeitung|Frankfurter Allgemeine(?: Zeitung)?|Handelsblatt|Le Monde|Le Figaro|Le Parisien"
    r"|Les Echos|Libération|L[’']Equipe|L[’']Express|Mediapart|El País|El Pais|El Mundo|La Vanguardia|Clarín"
    r"|La Nación|O Globo|Folha de S\. ?Paulo|Corriere della Sera|La Repubblica|La Stampa|De Telegraaf"
    r"|De Volkskrant|Aftonbladet|Expressen|Dagens Nyheter|Svenska Dagbladet|Politiken|Berlingske|Jyllands-Posten"
    r"|Aftenposten|Verdens Gang|Helsingin Sanomat|Gazeta Wyborcza|Hürriyet|Hurriyet|USA Today|Wall Street Journal"
    r"|Times of [A-Z]\w+|News of the World|Mail on Sunday|MailOnline|Globe and Mail|Plain Dealer"
)
# Names with an article of their own, which are words without it.
_WITH_THE = (
    r"Guardian|Economist|Atlantic|New Yorker|Hill|Intercept|Conversation|Onion|Spectator|New Republic"
    r"|Bulletin|Daily Beast|Scotsman|Irish Independent"
)
_KIND = (
    r"Times|Journal|Telegraph|Tribune|Gazette|News|Chronicle|Dispatch|Examiner|Inquirer|Newspapers?|Magazine"
    r"|Television|Post|Post-\w+|\w+-(?:Times|Post|Journal|Tribune|Gazette|News|Herald)|Herald|Globe|Star|Sun|Mail"
    r"|Mirror|Standard|Observer|Independent|Express|Record|Echo|Argus|Mercury|Register|Sentinel|Courier|Advertiser"
    r"|Bee|Free Press|Review|Bulletin|Ledger|Monitor|Digest|Weekly"
)
# With one of these before it a common word is a paper even without "the".
_FIRST = r"Daily|Sunday|Evening|Morning|Weekly|Financial|National|New York|Los Angeles|Washington|London|Boston|Chicago"
_TAIL = r"News|Radio(?: \d)?|Television|TV|World(?: Service)?|Sport|Business|Online|Magazine|English|International"
_ALONE = re.compile(rf"(?:The )?(?:{_KNOWN})(?: (?:{_TAIL}))*(?:[’']s [A-Z][\w ]{{2,30}})?")
_CAPITALISED = r"[A-ZÀ-Þ][\w.’'-]*"
_NAMED = re.compile(
    rf"(?:The )?(?:(?:{_FIRST}) (?:{_KIND})|{_CAPITALISED}(?: {_CAPITALISED}){{0,3}} (?:Times|News|Tribune|Gazette"
    r"|Chronicle|Newspaper|Magazine|Television))"
)
_PREFIX = rf"(?:{_CAPITALISED}(?: and)? ){{0,3}}"
_AFTER_THE = re.compile(rf"(?:{_WITH_THE}|(?!Royal Mail){_PREFIX}(?:{_KIND}))(?: (?:{_TAIL}))*")
_TIME = words(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September
    October November December
    """
)


def outlet_in(name: str, *, is_led: bool) -> str:
    """The outlet that a run of capitalised words names, or ""; ``is_led`` tells that "the" stands before it.

    >>> outlet_in("Daily Mail", is_led=True), outlet_in("Post Office", is_led=True), outlet_in("CNN", is_led=False)
    ('Daily Mail', '', 'CNN')
    """
    pieces = name.split(" ")
    while len(pieces) > 1 and (pieces[-1].rstrip(".,") in _TIME or pieces[-1] == "on"):
        pieces.pop()
    for tried in dict.fromkeys((name, " ".join(pieces), name.partition(" and ")[0])):
        for form in dict.fromkeys((tried, re.sub(r"[’']s?$", "", tried.rstrip(".’'")))):
            core = form.removeprefix("The ")
            is_the = is_led or core != form
            if _ALONE.fullmatch(form) or _NAMED.fullmatch(form) or (is_the and _AFTER_THE.fullmatch(core)):
                return form
    return ""


def is_common_word(name: str) -> bool:
    """Whether an outlet's name is also an everyday word, so that a noun after it makes it something else.

    >>> is_common_word("Sun"), is_common_word("CNN")
    (True, False)
    """
    return " " not in name.removeprefix("The ") and not _ALONE.fullmatch(name)
