"""Whether a text is in English, which is what the reader reads."""

import re
from collections import Counter

# The most frequent words of each language; a text's language is whose words it has most of.
_WORDS = {
    "en": "the of and to in that was for said with is on as by were he has had at from",
    "fr": "le la les des et une que est dans pour qui sur pas avec au du ont par été",
    "de": "der die und das den von mit ist nicht ein eine dem des auf für sich im wurde",
    "es": "el los las que una del por con para es se al como fue su más lo un",
    "pt": "os que uma não do da em com para foi mais dos das ao é são pelo um",
    "it": "il che di è per non una con del della sono gli le dei nel alla si",
    "nl": "de het een van en dat niet zijn met voor op te aan door bij werd",
    "pl": "nie się na że jest do to jak po przez od dla oraz był są",
    "ru": "и в не на что с он как по это из за для от был",
    "uk": "і в не на що з у та до як за від для був про",
    "be": "і ў не на што з у да як за ад для быў пра",
    "ro": "și în de la nu cu pe care din este sunt fost pentru mai",
    "tr": "ve bir bu için ile da de olarak çok daha olan gibi",
    "hu": "a az és hogy nem is egy meg volt ez azt de",
}
_SETS = {name: frozenset(words.split()) for name, words in _WORDS.items()}
_SCRIPTS = (
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("ka", re.compile(r"[\u10a0-\u10ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
SAMPLE = 20_000
FEWEST = 8  # words below which a language is not guessed


def guess(text: str) -> str | None:
    """An ISO 639-1 code, or None where the text is too short to tell."""
    sample = text[:SAMPLE]
    for name, script in _SCRIPTS:
        if len(script.findall(sample)) > len(sample) / 5:
            return name
    words = re.findall(r"[^\W\d_]+", sample.lower())
    if len(words) < FEWEST:
        return None
    counts = Counter(words)
    scores = {name: sum(counts[w] for w in known) for name, known in _SETS.items()}
    best = max(scores, key=lambda name: (scores[name], name == "en"))
    return best if scores[best] >= len(words) / 30 else None
