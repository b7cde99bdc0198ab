"""What kind of claimant a party is, from its names and how the reports describe it."""

import re

_CLASSES: tuple[tuple[str, str], ...] = (
    ("unnamed", r"\b(?:sources?|anonym\w+|unnamed|person familiar|people familiar|briefed on|close to|on condition of|insiders?|rumou?rs?|unidentified|a member of|an official|two officials|officials who|social networks|it is being said)\b"),
    ("state_media", r"\b(?:state (?:news )?(?:agency|television|tv|media|radio|broadcaster)|state-(?:run|owned)|belta|tass|xinhua|official (?:gazette|news agency))\b"),
    ("medical", r"\b(?:doctors?|nurses?|surgeons?|hospitals?|clinics?|medics?|paramedics?|ambulances?|health workers?|physicians?|medical|coroner|morgue)\b"),
    ("security_force", r"\b(?:police(?:man|men|woman)?|officers?|army|military|troops|soldiers?|gendarmes?|gendarmerie|guards?|security forces?|special forces|navy|air force|defen[cs]e headquarters|interior troops|riot|command(?:er|ant)|garrison|brigade|battalion|marines|militia)\b"),
    ("rights_group", r"\b(?:rights|amnesty|human rights|helsinki|viasna|watch(?:dog)?|observers?|observer (?:network|mission)|monitors?|monitoring|legal aid|lawyers?|hotline|ngo|red cross|ombuds\w+|prisoners' committee|documentation cent\w+)\b"),
    ("opposition", r"\b(?:opposition|challenger|campaign|candidate|unions?|unionists?|strike committee|strikers|dissidents?|rebels?|organi[sz]ers?|marshals|protest(?:er)?s?' |coalition|front)\b"),
    ("international", r"\b(?:united nations|un|osce|european (?:union|commission|parliament)|eu|nato|african union|embassy|ambassadors?|foreign ministers?|conference of|secretary-general of|mediators?|chancellor|state department|white house|kremlin)\b"),
    ("official", r"\b(?:ministry|ministr\w+|ministers?|president|presidential|prime minister|government|governors?|mayors?|officials?|authorit\w+|commission(?:er)?s?|board|electoral|parliament|speaker|deputy|deputies|senators?|prosecutors?|court|judges?|council(?:lor)?s?|prefect\w*|spokes\w+|headquarters|agency|department|directorate|administration|lawmakers?|mp|chair(?:man|woman)?|premier|secretary|attorney|sheriff|state|regime|head of)\b"),
    ("employer", r"\b(?:company|combine|plant|factory|management|directors?|operator|employers?|corporation|firm|mine owners?|port authority|ltd|inc)\b"),
    ("media", r"\b(?:news(?:paper)?s?|media|reports?|reporters?|journalists?|press|radio|television|tv|times|post|herald|wire|mirror|tribune|gazette|courier|daily|agency|reuters|afp|bbc|ap)\b"),
    ("expert", r"\b(?:analysts?|experts?|professors?|historians?|economists?|scientists?|researchers?|engineers?|pollsters?|academics?)\b"),
    ("witness", r"\b(?:witness(?:es)?|eyewitness(?:es)?|residents?|neighbou?rs?|workers?|employees?|survivors?|protesters?|demonstrators?|detainees?|students?|relatives?|parents?|mothers?|fathers?|sisters?|brothers?|wives|wife|sons?|families|villagers?|teachers?|drivers?|passengers?|electricians?|miners?|dockers?|people|man|woman|boy|girl|uncle|friends?|fans|priests?)\b"),
)  # fmt: skip
_COMPILED = tuple((name, re.compile(pattern, re.I)) for name, pattern in _CLASSES)
# What a party does is not what it is: "demonstrators protesting the official results".
_DOING = re.compile(r"\s+(?:who|that|which|against|\w{4,}ing)\s[^;]*")


def party_class(descriptions: str) -> str:
    """One of the guidelines' classes, from the words a party is called by; `unnamed` if none tells."""
    for text in (_DOING.sub(" ", descriptions), descriptions):
        for name, pattern in _COMPILED:
            if pattern.search(text):
                return name
    return "unnamed"
