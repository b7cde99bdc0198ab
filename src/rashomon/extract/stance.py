"""What a claimant does with the content: asserts, denies, promises …

By the cue first, then by the words of the content, and where neither tells by the
reader's head, if it is sure. What each reaches stands in docs/quality.md.
"""

import re

import numpy as np
from numpy.typing import NDArray

from rashomon.model import Stance

# Probability from which the head's stance is taken where no word tells. Lower ones gain on texts
# that the lists were not written by and lose on those that they were (docs/model-card.md).
SURE = 0.8
_STANCES = tuple(Stance)

_CUES: tuple[tuple[Stance, str], ...] = (
    (Stance.RETRACTS, r"retract|withdr[ae]w|took back|taken? back|correct(?:ed|ion|s)\b|recant|rescind|revised|lowered|backtrack"),
    (Stance.APOLOGISES, r"apolog|express(?:ed|es)? (?:his |her |their )?regret|regret|asked? (?:for )?(?:forgiveness|pardon)|sorry"),
    (Stance.DENIES, r"\bden(?:y|ies|ied|ying|ial)|reject|dismiss|refut|rebut|debunk|disavow|insist(?:ed|s)? .*\bnot?\b"),
    (Stance.DISPUTES, r"disput|contest|challeng|contradict|question(?:ed|s|ing)\b|cast(?:s|ing)? doubt|doubt|does not accept|refus(?:ed|es) to (?:recogni[sz]e|accept)|disagree"),
    (Stance.CONFIRMS, r"confirm|acknowledg|admit|conced|verif|corroborat"),
    (Stance.PROMISES, r"promis|pledg|vow|swor?e|guarante|assur|undertook|committed to"),
    (Stance.THREATENS, r"threat"),
    (Stance.WARNS, r"warn|caution"),
    (Stance.ACCUSES, r"accus|blam|alleg|denounc|condemn|charg(?:ed|es|ing) that|complain|fault"),
    (Stance.ANNOUNCES, r"announc|declar|proclaim|disclos|unveil|issued"),
    (Stance.ESTIMATES, r"estimat|reckon|put(?:s|ting)? (?:it|the|its|their|his)|project|predict|forecast|guess"),
    (Stance.ASKS, r"\bwonder|inquir|ask(?:s|ed|ing)? (?:whether|if|why|how|what|who|when|where)\b"),
    (Stance.DEMANDS, r"demand|urg(?:e|es|ed|ing)\b|call(?:s|ed|ing)? (?:for|on|upon)|appeal|order(?:s|ed|ing)?\b|insist(?:s|ed) (?:that|on)|instruct|request|ask(?:s|ed|ing)?\b.*\bto\b|plead|implor|exhort|press(?:ed|es|ing) for|want(?:s|ed)?\b"),
)  # fmt: skip
_CONTENTS: tuple[tuple[Stance, str], ...] = (
    (Stance.APOLOGISES, r"\bapolog|\b(?:i am|i['’]m|we are|we['’]re) (?:truly |deeply |very )?sorry\b|\bforgive (?:me|us)\b|\bask .{0,40}(?:pardon|forgiveness)|\b(?:i|we) regret\b|\bashamed\b"),
    (Stance.DENIES, r"^\W*(?:that )?(?:no\b|not\b|nobody\b|no one\b|none\b|never\b|nothing\b|neither\b)(?! (?:fewer|more|less|later|doubt|effort|comment|longer))|\bthere (?:was|were|is|are|has been|have been|had been) (?:no|not|never|neither)\b(?! (?:fewer|more|less|later|longer|doubt|need|grounds?|reason|question|way|point|place|room|possibility|excuses?|alternatives?|substitute|justification|guarantees?|limit|better|greater|bigger|other|such thing))|\b(?:nobody|no one|none|no (?:shots?|force|abuse|ransom|orders?|weapons?|civilians?|hostages?|prisoners?|children|money)) (?:was|were|had|has|been|of|whatever)\b|\b(?:he|she|they|it|we|i|police|troops|officers|soldiers|forces|government|ministry) (?:had |has |have )?(?:did not|never|not) (?:fire|fired|order|ordered|kill|killed|beat|beaten|use|used|shoot|shot|attack|attacked|take|taken|took|pay|paid|touch|give|gave|report|reported|say|told|tell|sign|signed|detain|arrest|happen)|\b(?:lies?|untrue|fabricat\w+|slander|rumou?rs?|nonsense|inventions?)\b|\bneither \w+ (?:\w+ )?nor\b|\b(?:is|are|was|were|been) (?:simply |plainly |entirely )?(?:false|unfounded|baseless|invented)\b|\bdo(?:es)? not correspond\b"
      r"|\b(?:was|were|are|is|been) not (?:used|beaten|harmed|touched|fired|detained|arrested|issued|given|armed)\b|\bnot (?:a|one) (?:round|bullet|shot|shell|blow)\b|\bnothing else\W*$|\bhave(?: not|n['’]t) (?:fled|gone|left|resigned)"
      r"|\bnot (?:one|a single) (?:coin|shot|person|child|prisoner|bullet|soldier|man|woman|cent|ballot)\b"),
    (Stance.PROMISES, r"\b(?:i|we) (?:will|shall|promise|guarantee|pledge)\b(?! (?:not|never))|\b(?:will|would) be (?:paid|freed|released|returned|compensated|published|punished|found|brought|rebuilt|restored|investigated|let|reached|counted|home|at home)\b|\b(?:given|give) (?:you |them |the \w+ )?my word\b|\bno effort will\b"),
    (Stance.WARNS, r"\b(?:will|would) not (?:tolerate|allow|permit)\b|\brisks? (?:of|a|losing)\b"),
    (Stance.DEMANDS, r"^\W*(?:let|stop|release|free|resign|return|publish|show us|leave|come out) |\bmust (?:be|stop|resign|go|release|leave|publish|end|explain)\b|\bshould (?:be (?:released|freed|dismissed|tried|punished)|resign|release|stop|publish)\b|\bwe (?:demand|call on|invite)\b"),
    (Stance.ACCUSES, r"\b(?:beat|beaten|beating|tortur\w+|abus(?:e|ed)|kicked|raped?|shot (?:at|dead|him|her|them|into)|(?:they|police|officers|soldiers|troops|guards) fired|fired (?:at|on|into)|stole|stolen|rigg\w+|falsif\w+|forg(?:ed|ery)|rewritten|stuff(?:ed|ing)|lied|cover(?:ed|-)[ -]?up|forced (?:him|her|them|us|me|people|detainees) |killed by|bribe\w*|looted|attacked (?:us|them|peaceful)|threatened|blackmail\w*|murder(?:ed|ers)?|hiding|concealed?|swindl\w+|cheat(?:ed|ing)?|hostage|live rounds|(?:hit|struck) (?:them|him|her|us|me)|(?:been )?(?:ordered|instructed) (?:him |her |them )?to (?:remove|delete|wait|lie|sign|change|say)|made (?:him |her |them |us |me )?to (?:run|sign|stand|kneel|walk|lie|sing)|with (?:stones|clubs|batons|truncheons))\b"),
)  # fmt: skip
_TAKEN_BACK = re.compile(
    r"\b(?:technical|clerical|typing|typographical|keyboard|counting|arithmetic|transmission) error\b|\bcounted twice\b|\bdouble[- ]count|\bin error\b|\bbadly informed\b"
    r"|\bmisread\b|\bmistakenly (?:published|announced|reported)\b|\bno longer stands?\b|\bnever have been published\b|\btest entry\b|\bexpression of hope\b|\bpremature\b|\bby mistake\b"
    r"|\b(?:number|figure|count|page|total|tally|[\d.,]+ ?%) (?:[\w’'-]+ ){0,7}(?:was|were) wrong\b",
    re.I,
)
_REFUSING = re.compile(r"\brefus", re.I)
_BIDDING = re.compile(r"\b(?:told?|tell(?:s|ing)?|ask(?:s|ed|ing)?|said)\b", re.I)
_BY_CUE = tuple((stance, re.compile(pattern, re.I)) for stance, pattern in _CUES)
_BY_CONTENT = tuple((stance, re.compile(pattern, re.I)) for stance, pattern in _CONTENTS)


def stance(cue: str, content: str, read: NDArray[np.float32] | None = None) -> Stance:
    """The stance of a claim from its cue's words, its content's, or what the head `read`: a probability for each Stance."""
    worded = _worded(cue, content)
    if worded is None and read is not None and read.max() > SURE:
        return _STANCES[int(read.argmax())]
    return worded or Stance.ASSERTS


# "Did not say that", "never claimed": the content is no assertion of whoever is told of so.
_UNSAID = re.compile(
    r"(?:\b(?:not|never)\b|n['’]t\b).*\b(?:sa(?:y|id)|claim|assert|suggest|alleg|contend|believ|think|thought|maintain|argue)",
    re.I,
)


# "Has not denied", "never disavowed": nothing is denied, and nothing owned up to either.
_UNDENIED = re.compile(
    r"(?:\b(?:not|never|nor|neither|without)\b|n['’]t\b)\s+(?:\w+\s+){0,2}(?:deny|den(?:ied|ying)|reject|dismiss|refut|rebut|disavow|disput|contest|challeng|contradict|doubt|question)",
    re.I,
)
# "Declined to comment", "would not discuss it": who keeps silent denies nothing.
_DECLINING = re.compile(
    r"\b(?:declin|refus|(?:would|will|could|did) not\b|(?:would|could|did)n['’]t\b)", re.I
)
_SILENT = re.compile(
    r"\W*(?:to )?(?:(?:any|further|public|publicly|immediate|immediately) )*(?:comments?|discuss|elaborate|speculate|answer|respond|be (?:named|identified|interviewed|quoted))\b",
    re.I,
)
_PUTTING = re.compile(r"\bquestion(?:s|ed|ing)?\b", re.I)
_WHY = re.compile(r"\W*(?:why|how|what|when|where|who|which)\b", re.I)


_OPEN = re.compile(r"\W*(?:whether|if|how|what|when|where|why|who|which)\b", re.I)


def _worded(cue: str, content: str) -> Stance | None:
    """The stance that words tell; None where none does."""
    if _UNSAID.search(cue) and not _OPEN.match(content):
        return Stance.DENIES
    if _UNDENIED.search(cue) or (_DECLINING.search(cue) and _SILENT.match(content)):
        return Stance.ASSERTS
    if _PUTTING.search(cue) and _WHY.match(content):
        return Stance.ASKS
    if _TAKEN_BACK.search(content) and not re.search(r"\bden(?:y|ies|ied)\b", cue, re.I):
        return Stance.RETRACTS
    for found, pattern in _BY_CUE:
        if pattern.search(cue):
            return found
    if _REFUSING.search(cue) and re.match(
        r"\W*(?:to )?(?:recogni[sz]e|accept|acknowledge)\b", content
    ):
        return Stance.DISPUTES
    if _BIDDING.search(cue) and re.match(r"\W*(?:\w+ )?to [a-z]", content):
        return Stance.DEMANDS
    for found, pattern in _BY_CONTENT:
        if pattern.search(content):
            return found
    return None
