"""Words near a number that tell what it counts, weighed beside the head's own opinion."""

import re
from math import exp, log
from typing import Final

from rashomon.model import MEASURES

# Measure: words that speak for it. Lower case; matched in the number's sentence.
_CUES: Final = {
    "killed": r"killed|killing|dead|died|dies|deaths?|death toll|toll|shot dead|los(?:t|ing) (?:his |her |their )?li(?:fe|ves)|cost(?:ing)? .{0,12}lives|bod(?:y|ies)|drowned|fatalit\w+|slain|corpses|perished|murdered",
    "injured": r"injur\w+|wound\w*|hurt|shot(?! dead| and killed| to death)",
    "missing": r"missing|unaccounted|disappeared|vanished|never (?:been )?(?:seen|found)|not (?:been )?found|not (?:come|returned)",
    "detained": r"arrest\w*|detain(?:s|ed|ing)?|detention|in custody|into custody|jailed|imprisoned|rounded up|behind bars|held in|being held|taken away by police",
    "abducted": r"abduct\w*|kidnap\w*|hostages?|carried off|taken by (?:gunmen|armed men)",
    "released": r"releas\w+|freed|set free|let go|walked free|handed over to|amnest\w+|were free|home from custody|rescued",
    "charged": r"charged|indict\w+|charges",
    "sentenced": r"sentenced|convicted|prison terms|found guilty|suspended sentences",
    "hospitalised": r"hospital\w*|intensive care|clinic|being treated|had treated|treated for|in a (?:critical|serious) condition",
    "displaced": r"fled|fleeing|displaced|homeless|evacuat\w+|refugees?|took refuge|taken refuge|left their homes",
    "attending": r"march(?:ed|ers|es)?|rall(?:y|ied)|crowds?|demonstrat\w+|gather(?:ed|ing)?|attend\w*|turned out|took part|protest(?:ed)|mourners|on the square|lined the streets",
    "on_strike": r"(?:on |joined the |the )?strike|strikers|striking|walked out|stayed out|stayed away|downed tools|stoppage|stopped work|absent",
    "deployed": r"deploy\w+|sent (?:in|to)|dispatched|patrol\w*|reinforcements|mobili[sz]ed|guarded",
    "suspects": r"gunmen|attackers|suspects|robbers|assailants|masked men|wanted",
    "votes": r"votes?|ballots?|seats|delegates",
    "turnout": r"turnout|voters|had voted|cast (?:their )?ballots",
    "damaged": r"burn(?:ed|t|ing)|damaged|destroyed|looted|smashed|torched|set (?:on fire|alight|ablaze)|collapsed|vandali[sz]ed",
    "attacks": r"shots|explosions?|blasts?|attacks?|shells?|rounds|bombs?|bombings|incidents?|raids",
    "seized": r"seized|confiscated|impounded|recovered",
}  # fmt: skip
_BY_MEASURE = {name: re.compile(rf"\b(?:{pattern})\b", re.I) for name, pattern in _CUES.items()}
_SHARE = {
    "turnout": re.compile(r"\b(?:turnout|participation|registered voters|of voters|of the electorate)\b", re.I),
    "vote_share": re.compile(r"\b(?:of the vote|votes?|voted|won|wins|winning|received|receives|share|lead|leads|led|ahead|against|candidate|challenger|incumbent|ballots?|tall(?:y|ies)|poll(?:s|ed)?)\b", re.I),
}  # fmt: skip
_BREAK = re.compile(r"[;:–—]|,\s|\b(?:and|while|but|of whom|among them|including)\b", re.I)
# A number that names no noun of its own and so continues what was counted before.
_BARE_BEFORE = re.compile(
    r"\b(?:from|to|at|of|is|was|now|not|number|numbers|figure|stands? (?:by|at)|stood at|speaks? of|spoken of|says?|said|makes it|put it at|keeps? to|admits? to|given as|counts?|rose to|risen to|fell to)\s+(?:the\s+|only\s+)?$",
    re.I,
)
_BARE_AFTER = re.compile(
    r"\s*(?:[.,;:!?)”\"’»]|$|\b(?:on|by|this|that|in all|in total|and|so|as|earlier|yesterday|dead|names?|more on|according)\b)",
    re.I,
)

_PARTITIVE = re.compile(
    r"\s+(?:names?\b|of (?:them|those|these|us|whom)\b|others\b|more (?:on|had|were|have)\b)", re.I
)

# "900 of those detained have been released" are released.
_PREDICATE = re.compile(r"\b(?:was|were|been|being|are|is|got)\s+(?:\w+ly\s+)?$", re.I)

PREDICATE = 2.0  # times that a cue which the number is the subject of counts
CLEAR = 0.35  # weight of a cue from which it settles what a number counts
WEIGHT = 4.0  # nats that a cue right beside the number adds; 3 and 7 were no better on figures dev
REACH = 7.0  # words over which its weight falls to a third
ACROSS = 0.55  # what is left of it across a comma, colon or conjunction


def scores(
    text: str, start: int, end: int, sentence: tuple[int, int], *, share: bool
) -> dict[str, float]:
    """For each measure the weight, 0 to 1, of its nearest cue in the sentence of a number."""
    first, last = sentence
    found: dict[str, float] = {}
    for name, pattern in (_SHARE if share else _BY_MEASURE).items():
        for match in pattern.finditer(text, first, last):
            if match.start() < end and start < match.end():
                continue
            between = (
                text[end : match.start()] if match.start() >= end else text[match.end() : start]
            )
            weight = exp(-len(between.split()) / REACH) * ACROSS ** len(_BREAK.findall(between))
            if match.start() >= end and _PREDICATE.search(between):
                weight = min(1.0, PREDICATE * weight)
            found[name] = max(found.get(name, 0.0), weight)
    return found


def bare(text: str, start: int, end: int) -> bool:
    """Whether a number stands without a noun, as in "the toll rose from nine to 16"."""
    return bool(
        _BARE_BEFORE.search(text[max(0, start - 30) : start])
        and _BARE_AFTER.match(text[end : end + 20])
    )


def partitive(text: str, end: int) -> bool:
    """Whether a number goes on about those counted before: "four of them", "131 names"."""
    return bool(_PARTITIVE.match(text[end : end + 20]))


def weighed(probabilities: list[float], cues: dict[str, float]) -> list[float]:
    """The head's probabilities of none and each measure with the cues' weight added, summing to 1."""
    logits = [log(max(p, 1e-6)) for p in probabilities]
    for name, weight in cues.items():
        logits[1 + MEASURES.index(name)] += WEIGHT * weight
    top = max(logits)
    raised = [exp(x - top) for x in logits]
    total = sum(raised)
    return [x / total for x in raised]
