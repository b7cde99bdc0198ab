"""What a claimant does with the content: asserts, denies, promises …

By the cue first, then by the words of the content. The lists are ours; what they reach
on the visible cases stands in docs/quality.md.
"""

import re

from rashomon.model import Stance

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
_PLAIN = re.compile(
    r"\b(?:s(?:ay|ays|aid|aying)|t(?:ell|ells|old|elling)|accord(?:ing|s)|add(?:s|ed|ing)?|wr(?:ote|ites?|iting|itten)|stat(?:es|ed|ing)|report(?:s|ed|ing)?"
    r"|not(?:es|ed|ing)|explain(?:s|ed)?|put|speaks?|spoke|repl(?:ies|ied)|answer(?:s|ed)?|maintain(?:s|ed)?|insist(?:s|ed)?|stress(?:es|ed)?|repeat(?:s|ed)?|quoted|tweeted|post(?:s|ed)|message|statement|reiterated|claim(?:s|ed)?)\b|^$",
    re.I,
)  # fmt: skip
_CONTENTS: tuple[tuple[Stance, str], ...] = (
    (Stance.APOLOGISES, r"\bapolog|\b(?:i am|i['’]m|we are|we['’]re) (?:truly |deeply |very )?sorry\b|\bforgive (?:me|us)\b|\bask (?:for )?(?:your |their )?(?:forgiveness|pardon)|\bi regret\b|\bwe regret\b"),
    (Stance.RETRACTS, r"\b(?:technical|clerical|typing|counting|arithmetic) error\b|\bcounted twice\b|\bdouble[- ]count|\bin error\b|\bpremature\b|\bwas (?:a mistake|mistaken|wrong|incorrect)\b|\bmisread\b|\bmistakenly\b|\bshould (?:have read|never have been published)\b|\bno longer stands?\b"),
    (Stance.DENIES, r"^\W*(?:no\b|not\b|nobody\b|no one\b|none\b|never\b|nothing\b|neither\b)|\b(?:there (?:was|were|is|are|has been|have been) (?:no|not|never)\b)|\b(?:did|does|do|was|were|has|have|had|is|are) not\b(?! (?:yet|know|clear|only|say|sure|immediately|want|need|accept|agree|able|enough))|\b(?:didn|doesn|don|wasn|weren|hasn|haven|isn|aren)['’]t (?!know|want|need)|\bnever (?:happened|took|gave|fired|ordered|used|existed|been)|\b(?:lies?|untrue|false|fabricat\w+|invention|slander|rumou?rs?|nonsense)\b|\bno (?:one|shots?|force|abuse|ransom|order|orders|such|weapons?|evidence|civilians?|hostages?|prisoners?) "),
    (Stance.PROMISES, r"\b(?:i|we) (?:will|shall|promise|guarantee|pledge)\b|\bwill be (?:paid|freed|released|returned|compensated|published|punished|found|brought|rebuilt|restored|investigated)\b|\bwould be (?:paid|freed|released|returned|compensated|published|punished|restored|let)\b"),
    (Stance.DEMANDS, r"^\W*(?:let|stop|release|free|resign|give|return|publish|show us|leave)\b|\bmust (?:be|stop|resign|go|release|leave|publish|end|explain)\b|\bshould (?:be (?:released|freed|dismissed|tried|punished)|resign|release|stop|publish)\b|\bwe (?:demand|call on|want)\b"),
    (Stance.ACCUSES, r"\b(?:beat|beaten|beating|tortur\w+|abus(?:e|ed)|kicked|raped?|shot (?:at|dead|him|her|them|into)|fired (?:at|on|into)|stole|stolen|rigg\w+|falsif\w+|forg(?:ed|ery)|stuff(?:ed|ing)|lied|covered up|cover-up|forced (?:him|her|them|us|me|people|detainees) |killed by|bribe\w*|looted|attacked (?:us|them|peaceful)|threatened|blackmail\w*|murder(?:ed|ers)?|hiding|concealed?|swindl\w+|cheat(?:ed|ing)?)\b"),
)  # fmt: skip
_BY_CUE = tuple((stance, re.compile(pattern, re.I)) for stance, pattern in _CUES)
_BY_CONTENT = tuple((stance, re.compile(pattern, re.I)) for stance, pattern in _CONTENTS)


def stance(cue: str, content: str) -> Stance:
    """The stance of a claim from its cue's words and, where the cue is plain, its content's."""
    for found, pattern in _BY_CUE:
        if pattern.search(cue):
            return found
    if _PLAIN.search(cue.strip()):
        for found, pattern in _BY_CONTENT:
            if pattern.search(content):
                return found
    return Stance.ASSERTS
