"""Reports, claims and figures by hand, for tests that load no weights."""

from rashomon.extract import numbers
from rashomon.model import (
    Claim,
    Extraction,
    Figure,
    Mention,
    Report,
    Span,
    Stance,
    digest,
)
from rashomon.sources.layout import segments


def span(text: str, words: str, nth: int = 0) -> Span:
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def report(text: str, **fields: object) -> Report:
    values = {
        "path": "a.txt",
        "outlet": "Outlet",
        "published": "2022-09-13",
        "sha256": "0" * 64,
    } | fields
    return Report(
        id=digest("r", text, values["outlet"], values["path"]),
        text=text,
        segments=segments(text),
        **values,
    )


def claim(
    of: Report,
    content: str,
    speaker: str | None,
    *,
    stance: Stance = Stance.ASSERTS,
    source: str = "",
) -> Claim:
    place = span(of.text, content)
    return Claim(
        id=digest("c", of.id, place, speaker),
        content=(place,),
        source=(span(of.text, source or speaker),) if (source or speaker) else (),
        speaker=speaker,
        stance=stance,
        score=0.9,
    )


def figure(
    of: Report,
    said: str,
    measure: str,
    *,
    claim: Claim | None = None,
    when: str = "2022-09-13",
    **fields: object,
) -> Figure:
    place = span(of.text, said)
    phrase = next(p for p in numbers.phrases(said))
    return Figure(
        id=digest("f", of.id, place, measure),
        claim=claim.id if claim else None,
        span=place,
        said=said,
        number=phrase.number,
        low=phrase.low,
        high=phrase.high,
        bound=phrase.bound,
        measure=measure,
        when=when,
        speaker=(claim.speaker or "") if claim else "",
        **{"score": 0.9} | fields,
    )


def mention(of: Report, words: str, kind: str, cluster: int, nth: int = 0) -> Mention:
    return Mention(span=span(of.text, words, nth), kind=kind, cluster=cluster)


def extraction(
    of: Report,
    *,
    claims: tuple = (),
    figures: tuple = (),
    mentions: tuple = (),
    meanings: dict[str, bytes] | None = None,
) -> Extraction:
    return Extraction(
        report=of.id, claims=claims, figures=figures, mentions=mentions, meanings=meanings or {}
    )
