"""What kind of claimant a party is, from its names and how the reports describe it."""

import re
from collections.abc import Sequence

_CLASSES: tuple[tuple[str, str], ...] = (
    ("unnamed", r"\b(?:sources?|anonym\w+|unnamed|person familiar|people familiar|briefed on|close to|on condition of|insiders?|rumou?rs?|unidentified|a member of|an official|two officials|officials who|social networks|it is being said|(?:a|one|another) (?:friend|acquaintance|man|woman|person|colleague) (?:at|in|of|from) the)\b"),
    ("state_media", r"\b(?:state (?:news )?(?:agency|television|tv|media|radio|broadcaster)|state-(?:run|owned)|belta|tass|xinhua|official (?:gazette|news agency))\b"),
    ("medical", r"\b(?:doctors?|nurses?|surgeons?|hospitals?|clinics?|medics?|paramedics?|ambulances?|health workers?|physicians?|medical|coroner|morgue|first-aid|matron|midwife|midwives)\b"),
    ("official", r"\b(?:returning officer|medical officer of|election officer|duty officer of the (?:board|commission)|(?:(?:prime|deputy|interior|justice|health|energy|finance|defen[cs]e|transport|information|first deputy) )ministers?|(?:the|state|provincial|regional) governors?|commissioner for \w+|prosecutor[- ]general|attorney[- ]general|secretary[- ]general of the (?:ministry|government)|inspector[- ]general)\b"),
    ("security_force", r"\b(?:police(?:man|men|woman)?|officers?|army|military|troops|soldiers?|gendarmes?|gendarmerie|guards?|security forces?|special forces|navy|air force|defen[cs]e headquarters|general staff|prison (?:service|administration|directorate|guards?|warden)|wardens?|(?:police|deputy|chief) commissioner|(?:major|brigadier|lieutenant)[- ]general|(?<!secretary[- ])(?<!prosecutor[- ])(?<!director[- ])(?<!attorney[- ])generals?|gen|colonels?|col|majors?|maj|captains?|capt|lieutenants?|lt|sergeants?|sgt|corporals?|inspectors?|superintendents?|constables?|detectives?|interior troops|riot|command(?:er|ant)|garrison|brigade|battalion|marines|militia)\b"),
    ("rights_group", r"\b(?:rights|amnesty|human rights|helsinki|viasna|watch(?:dog)?|observers?|observer (?:network|mission)|monitors?|monitoring|legal aid|lawyers?|hotline|ngo|red cross|ombuds\w+|prisoners' committee|documentation cent\w+)\b"),
    ("opposition", r"\b(?:opposition|challenger|campaign|candidate|unions?|unionists?|strike committee|strikers|dissidents?|rebels?|organi[sz]ers?|marshals|protest(?:er)?s?' |coalition|front|guild|brotherhood|league|movement|party|federation|congress of (?:labou?r|workers)|workers' )\b"),
    ("international", r"\b(?:united nations|un|osce|european (?:union|commission|parliament)|eu|nato|african union|embassy|ambassadors?|foreign ministers?|conference of|secretary-general of|mediators?|truce|peacekeep\w+|mission|league of states|state department|white house|kremlin)\b"),
    ("official", r"\b(?:ministry|ministr\w+|ministers?|president|presidential|prime minister|government|governors?|mayors?|officials?|authorit\w+|commission(?:er)?s?|board|electoral|parliament|speaker|deputy|deputies|senators?|prosecutors?|court|judges?|council(?:lor)?s?|prefect\w*|spokes\w+|headquarters|agency|department|directorate|administration|lawmakers?|mp|chair(?:man|woman)?|premier|secretary|attorney|sheriff|state|regime|head of)\b"),
    ("employer", r"\b(?:company|combine|plant|factory|management|directors?|operator|employers?|corporation|firm|mine owners?|port authority|shipyard|mill|owners?|managers?|ltd|inc)\b"),
    ("media", r"\b(?:news(?:paper)?s?|media|reports?|reporters?|journalists?|press|radio|television|tv|times|post|herald|wire|mirror|tribune|gazette|courier|daily|agency|reuters|afp|bbc|ap)\b"),
    ("expert", r"\b(?:analysts?|experts?|professors?|historians?|economists?|scientists?|researchers?|engineers?|pollsters?|academics?)\b"),
    ("witness", r"\b(?:witness(?:es)?|eyewitness(?:es)?|residents?|neighbou?rs?|workers?|employees?|survivors?|protesters?|demonstrators?|detainees?|students?|relatives?|parents?|mothers?|fathers?|sisters?|brothers?|wives|wife|sons?|families|villagers?|teachers?|drivers?|passengers?|electricians?|miners?|dockers?|people|man|woman|boy|girl|uncle|friends?|fans|priests?|mechanic|seller|shopkeepers?|bakers?|farmers?|fish\w+|cooks?|principal|head ?(?:master|mistress|teacher)|traders?|volunteers?|pupils?|apprentices?|tenants?|locals|inmates?|prisoners?|sells|sixteen-year-old|\w+-year-old)\b"),
    ("medical", r"\bdr\b"),
)  # fmt: skip
_COMPILED = tuple((name, re.compile(pattern, re.I)) for name, pattern in _CLASSES)
# What a party does is not what it is: "demonstrators protesting the official results".
_DOING = re.compile(
    r"(?:\s+(?:who|that|which|against|\w{4,}ing)|,?\s+(?:quoted|cited|reported) by)\s[^;]*"
)


# "The challenger's lawyer", "a spokeswoman for the company": whose it is tells more than what it is.
_OF = (
    re.compile(r"^(?P<whose>[^,;]{2,60}?)['’]s?\s+(?:[\w-]+\s+){0,3}(?:lawyer|clerk|secretary|spokes\w+|deputy|aide|adviser|engineer|manager|director|office|press (?:office|service|secretary)|chief|head|coordinator|representative)$", re.I),
    re.compile(r"(?:spokes\w+|director(?:-general)?|head|chief|manager|engineer|lawyer|secretary(?:-general)?|press (?:office|service|secretary)|representative|coordinator|member|chair\w*|president)\s+(?:of|for|at)\s+(?:the\s+)?(?P<whose>[^,;]{2,60})$", re.I),
)  # fmt: skip
_TELLING = frozenset(
    "employer opposition security_force rights_group medical international media state_media".split()
)


def party_class(
    forms: Sequence[str], beside: Sequence[str] = (), *, person_named: bool = False
) -> str:
    """One of the guidelines' classes, from the words a party is called by; `unnamed` if none tells.

    Its own forms come before what stands `beside` its name, and in a form whose body it
    is before what it is there. A person with a name of whom nothing is told is a witness.
    """
    for form in forms:
        for pattern in _OF:
            found = pattern.search(form.strip(" ,"))
            whose = _of_words(found["whose"]) if found else None
            if whose in _TELLING:
                return str(whose)
    for words in (" ; ".join(forms), " ; ".join(beside)):
        if found_class := _of_words(words):
            return found_class
    return "witness" if person_named else "unnamed"


def _of_words(words: str) -> str | None:
    for text in (_DOING.sub(" ", words), words):
        for name, pattern in _COMPILED:
            if pattern.search(text):
                return name
    return None
