"""The extractor: one reading of a report gives its claims, figures, mentions and times."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from rashomon.extract import (
    attribution,
    ballots,
    channels,
    counts,
    mentions,
    names,
    numbers,
    quotes,
    tallies,
    times,
)
from rashomon.extract.along import Along
from rashomon.extract.attribution import Attribution
from rashomon.extract.calendar import edtf, parse
from rashomon.extract.encoder import WEIGHTS, Encoder, Seen
from rashomon.extract.mentions import COMMON, PRONOUN, PROPER
from rashomon.extract.sentences import Sentences
from rashomon.extract.stance import stance
from rashomon.extract.words import split
from rashomon.model import (
    VOTED,
    Claim,
    Directness,
    Extraction,
    Figure,
    Form,
    Mention,
    Rejected,
    Report,
    SegmentKind,
    Span,
    Time,
    digest,
)

Floats = NDArray[np.float32]

_NAMED = frozenset({"person", "organisation", "place"})
_FORMS = (Form.DESCRIPTION, Form.NAME, Form.PRONOUN)
_SILENT = frozenset(
    {SegmentKind.PROMO, SegmentKind.CREDIT, SegmentKind.BYLINE, SegmentKind.DATELINE}
)
_AUTHORS = frozenset({"we", "us", "our", "i"})  # outside quotation marks, whoever wrote the text
SHORTEST_OUTER = 6  # words of a claim in which another is looked for
INNER = 0.57  # least score of a claim within a claim
_SAYING = re.compile(
    r"\b(?:said|says|told|tells|claim(?:s|ed)|den(?:y|ies|ied)|admit(?:s|ted)|order(?:s|ed)|warn(?:s|ed)|promis(?:es|ed)|threaten(?:s|ed)"
    r"|shout(?:s|ed)|insist(?:s|ed)|accus(?:es|ed)|demand(?:s|ed)|instructed|announced|according to|called on|asked)\b",
    re.I,
)
_RELATIVE = frozenset({"that", "which"})
_GOVERNING = frozenset("of for by to with in at from near".split())
ANTECEDENT = 5  # words before a relative pronoun in which its noun is looked for
FEW = 13  # speakers of one claim from which they are a crowd
# What follows a source in its own phrase and is its channel: "the ministry, quoted by the state agency".
_QUOTED_BY = re.compile(r",?\s+(?:as\s+)?(?:quoted|cited|reported)\s+by\s.*$", re.S)
# A source that is a paper: what it says is said by whoever issued it.
_DOCUMENT = re.compile(
    r"^(?:(?!(?:of|from|by|on|in|at|with|for)\b)[\w’'.-]+\s+){0,4}"
    r"(?:communiqu[eé]|statement|bulletin|(?:press\s+)?release|table|web\s?site|web\s?page|page|list|post|newsletter|leaflet|circular|count|tally|register|records)"
    r"(?:\s+(?:from|by|on|issued|published|posted|released|of)\s.*)?$",
    re.I | re.S,
)
# Verbs and links with which no source ends, whatever the weights think.
_NOBODY = frozenset(
    "is are was were be been being has have had do does did will would and or but of to".split()
)
# "38% in the port", "three people were held in Marl": what leads from a figure to its place.
_IN = re.compile(
    r"(?:\s+[^\W\d]+(?:['’-][^\W\d]+)*){0,4}?\s+(?:in|at|near|outside|across|around)\s+(?:the\s+)?"
)
# "We do not claim that …": what stands before the cue and may lie outside it.
_NEGATED = re.compile(
    r"\b(?:(?:do|does|did|has|have|had) not|(?:do|does|did)n['’]t|never)\s+(?:\w+ly\s+)?$", re.I
)
_VOTE = r"(?:(?:presidential|parliamentary|general|local|regional|municipal|national|first-round|second-round)\s+)?(?:run-?off|(?:by-|re-)?elections?|vote|poll|ballot|referendum|plebiscite|round|re-?run|primary|contest)"
_VOTE_AFTER = re.compile(rf"['’]s\s+(?:disputed\s+|contested\s+)?{_VOTE}\b", re.I)
_VOTE_BEFORE = re.compile(rf"\b{_VOTE}(?:\s+held)?\s+(?:of|on|last)\s+(?:last\s+)?$", re.I)
# Counts that go on after the event: of these "Thursday's fire" tells no as-of.
_GOING_ON = frozenset("killed injured missing detained abducted hospitalised displaced".split())
_POSSESSIVE = re.compile(r"['’]s\b")
# "Three were shot then", "forty of them": as of the day named just before.
_TAKES_UP = re.compile(
    r"\b(?:then|at (?:the|that) time|that (?:day|night|evening|morning|week|month|year))[.,;]", re.I
)
_OF_THEM = re.compile(r"\s+of\s+(?:them|those|these|whom)\b")
FRESH = 10  # days after a vote in which a count of it is news
_WON = VOTED - {"turnout"}
QUOTED = 4  # of those quoted before how many are tried as the one whom "he said" takes up
# "None of the three has said".
_NO_ONE = re.compile(r"(?:none|neither|nobody|no one|no-one)\b", re.I)
FAR = 300  # words farther back than which nobody is
SPEAKING = 30  # words back to whom "he said" takes up
_ANSWERING = re.compile(
    r"\b(?:den(?:y|ies|ied)|reject|dismiss|disput|retort|repl(?:y|ies|ied)|respond|answer|counter)",
    re.I,
)
BACK = 1500  # words over which a description takes up a name
REACH = 6000  # characters from a claim's start to its end at the most: a window's length
DIRECT = 0.8  # share of quoted letters from which a claim is direct


class Extractor(Protocol):
    """Anything that finds claims and figures in reports; what it can't ground it rejects."""

    name: str
    version: str

    def extract(self, reports: Iterable[Report]) -> Iterator[Extraction]:
        """One Extraction a report, in order."""
        ...


class Reader:
    """The shipped reader: an encoder run once over the text, heads, and the rules around them."""

    name = "reader"

    def __init__(self, weights: Path = WEIGHTS) -> None:
        self.encoder = Encoder(weights)
        self.version = f"{version('rashomon')}-{self.encoder.card['version']}"

    def extract(self, reports: Iterable[Report]) -> Iterator[Extraction]:
        """One Extraction a report, in order; a report in another language is passed over with a reason."""
        for report in reports:
            if report.language not in (None, "en"):
                reason = f"in another language ({report.language}): the reader reads English"
                yield Extraction(
                    report=report.id,
                    rejected=(
                        Rejected(
                            stage="extract", reason=reason, path=report.path, report=report.id
                        ),
                    ),
                )
            else:
                yield Reading(report, self.encoder).extraction()


class Reading:
    """One report being read: its words and what the heads said of them."""

    def __init__(self, report: Report, encoder: Encoder) -> None:
        self.report, self.text = report, report.text
        self.words = split(self.text)
        self.sentences = Sentences(self.text)
        self.today: date | None = parse(report.published)
        self.times = Along(times.expressions(self.text, self.today), lambda t: t.start)
        self.segments = Along(report.segments, lambda s: s.span.start)
        self.marks = quotes.quoted(self.text)
        self.quoted = Along(self.marks, lambda s: s.start)
        self._read(encoder)
        self.heads = Along(self.mentions, lambda m: m.head)
        self.clusters: dict[int, list[mentions.Mention]] = defaultdict(list)
        for mention in self.mentions:
            self.clusters[mention.cluster].append(mention)
        self.best = {n: names.best(self.text, self.words, c) for n, c in self.clusters.items()}

    def _read(self, encoder: Encoder) -> None:
        phrases = counts.Phrases(self.text, self.words, self.times.items)
        self.attributions: list[Attribution] = []
        self.counts: list[counts.Count] = []
        headed = []
        for seen in encoder.read(self.words):
            found = list(attribution.attributions(seen, encoder.bias))
            counted = list(counts.counts(seen, phrases, encoder.bias, self.text, self.sentences))
            self.counts.extend(counted)
            headed.append(mentions.found(seen, encoder.bias, self.words, silent=self._silent))
            here = headed[-1].mentions
            found = tallies.with_given(
                seen, self.text, self.words, self.sentences, phrases.by_anchor, here, found
            )
            told = [c.phrase for c in counted]
            found += tallies.credited(
                seen, self.text, self.words, self.sentences, told, here, found
            )
            self.attributions += found
        known = {a.anchor for a in self.attributions}
        self.attributions += [a for a in self._inner(encoder) if a.anchor not in known]
        self.mentions = mentions.clustered(
            headed,
            self.words.forms,
            np.array(encoder.card["pair"], dtype=np.float32),
            float(encoder.card["pair_constant"]),
            dict(self._speaking([m for h in headed for m in h.mentions])),
        )

    def _speaking(
        self, found: Sequence[mentions.Mention]
    ) -> Iterator[tuple[int, mentions.Speaking]]:
        """By the last word of whoever is quoted, what is said and who was quoted before, SPEAKING of the report's own words back at most.

        Not who is quoted within other words, or denies the other's, or before whom another
        of the people `found` is told of in his sentence or named at the head of one since.
        """
        people = Along([m for m in found if m.kind == "person" and m.form != PRONOUN], lambda m: m.last)  # fmt: skip
        quoted = [(a.source, a) for a in self.attributions if a.source is not None and a.cue]
        quoted.sort(key=lambda q: (q[0], q[1].anchor))
        for n, ((first, end), one) in enumerate(quoted):
            cue = " ".join(self.words.forms[i] for i in one.cue)
            earlier = [] if _ANSWERING.search(cue) else quoted[max(0, n - QUOTED) : n][::-1]
            before = -1
            for (start, last), other in earlier:
                inside = self._within_quotes(start) and not self._within_quotes(first)
                if last >= first or inside or first in other.content:
                    continue
                if first - last > FAR:
                    break
                own = [i for i in range(last + 1, first) if not self._within_quotes(i)]
                own = [i for i in own if i not in one.content]
                told = people.within(last + 1, first)
                if len(own) <= SPEAKING and not any(self._rival(m, one, last) for m in told):
                    before = last
                break
            yield end, mentions.Speaking(before, one.content)

    def _within_quotes(self, word: int) -> bool:
        return self._quoted_at(self.words.starts[word])

    def _rival(self, told: mentions.Mention, one: Attribution, last: int) -> bool:
        """Whether somebody told of behind the word `last` and before a source can be who is meant by it."""
        assert one.source is not None  # noqa: S101  asked of sources alone
        forms, start = self.words.forms, self.words.starts[told.first]
        several = told.form == COMMON and mentions.PLURAL.search(forms[told.head])
        if told.first <= last or told.head in one.content or several:
            return False
        if self._within_quotes(told.first):
            return False
        sentence, _ = self.sentences.around(self.words.starts[one.source[0]])
        heads = told.form == PROPER and self.sentences.around(start)[0] == start
        return heads or start >= sentence

    def _inner(self, encoder: Encoder) -> Iterator[Attribution]:
        """Claims within claims: the words of a claim that holds a verb of saying, read once more by themselves.

        The corpus that taught the reader never marks them, so they are found only so.
        """
        for outer in self.attributions:
            runs = [run for run in _unbroken(outer.content) if run[1] - run[0] >= SHORTEST_OUTER]
            for first, last in runs:
                text = self.text[self.words.starts[first] : self.words.ends[last]]
                if _SAYING.search(text, 1):
                    seen = encoder.within(self.words, first, last + 1)
                    for one in attribution.attributions(seen, encoder.bias):
                        if one.source is not None and one.score >= INNER and len(one.content) > 2:
                            yield one

    def _silent(self, word: int) -> bool:
        """Whether a word stands in a part of the page that tells nothing: a promo, a credit."""
        return self._kind_at(self.words.starts[word]) in _SILENT

    def extraction(self) -> Extraction:
        claims, meanings = self._claims()
        return Extraction(
            report=self.report.id,
            mentions=tuple(self._mentions()),
            times=tuple(
                Time(span=Span(t.start, t.end), type=t.type, value=t.value)
                for t in self.times.items
            ),
            claims=claims,
            figures=tuple(self._figures(claims)),
            meanings=meanings,
        )

    # Mentions

    def _mentions(self) -> Iterator[Mention]:
        numbers: dict[int, int] = {}
        for m in sorted(self.mentions, key=lambda m: (m.first, -m.last)):
            if m.kind in _NAMED:
                cluster = numbers.setdefault(m.cluster, len(numbers))
                yield Mention(
                    span=self._span(m.first, m.last),
                    kind=m.kind,
                    cluster=cluster,
                    form=_FORMS[m.form],
                )

    def _span(self, first: int, last: int) -> Span:
        return Span(self.words.starts[first], self.words.ends[last])

    # Claims

    def _claims(self) -> tuple[tuple[Claim, ...], dict[str, bytes]]:
        made = [(claim, a) for a in self.attributions if (claim := self._claim(a)) is not None]
        unique = {claim.id: claim for claim, _ in made}
        ordered = sorted(unique.values(), key=lambda c: (c.content[0], c.id))
        meanings = {claim.id: _packed(a.meaning) for claim, a in made}
        return tuple(_with_parents(ordered)), meanings

    def _claim(self, one: Attribution) -> Claim | None:
        content = self._runs([i for i in one.content if not self._silent(i)])
        if not content:
            return None
        cue = self._runs([i for i in one.cue if not self._silent(i)])
        words_of_source = self._within_paragraph(one.source, one.anchor)
        if words_of_source and self.words.forms[words_of_source[1]].lower() in _NOBODY:
            words_of_source = None
        source = () if words_of_source is None else (self._span(*words_of_source),)
        named = self._said_by_a_paper(one) or words_of_source
        speaker = None if named is None else self.speaker(*named)
        speaker = speaker and names.untitled(speaker)
        said = " … ".join(s.of(self.text) for s in cue)
        if cue and _NEGATED.search(self.text, max(0, cue[0].start - 20), cue[0].start):
            said = f"not {said}"
        words = " ".join(s.of(self.text) for s in content)
        around = self._around(content, cue or source)
        return Claim(
            id=digest("c", self.report.id, content, cue, source),
            content=content,
            cue=cue,
            source=source,
            speaker=speaker,
            channel=channels.channel(around, sourced=bool(source)),
            stance=stance(said, words, one.stances),
            directness=self._directness(content),
            said_at=self._said_at(content, cue or source),
            score=round(one.score, 3),
        )

    def meaning(self, spans: Sequence[Span], seen: Sequence[Seen]) -> bytes:
        """What some words of the report say, as in `Extraction.meanings`; `seen` are the text's windows."""
        rows = [
            i
            for s in spans
            for i in range(
                bisect_left(self.words.starts, s.start), bisect_left(self.words.starts, s.end)
            )
        ]
        window = next(w for w in seen if w.window.core_first <= rows[0] < w.window.core_last)
        inside = [i - window.window.first for i in rows if i < window.window.last]
        return _packed(attribution.meaning(window, np.array(inside)))

    def _within_paragraph(
        self, source: tuple[int, int] | None, anchor: int
    ) -> tuple[int, int] | None:
        """The part of a source that lies in one paragraph, on the side of its cue."""
        if source is None:
            return None
        first, last = source
        breaks = [
            i
            for i in range(first, last)
            if "\n\n" in self.text[self.words.ends[i] : self.words.starts[i + 1]].replace("\r", "")
        ]
        if not breaks:
            return source
        return (breaks[-1] + 1, last) if anchor > last else (first, breaks[0])

    def _runs(self, indices: Sequence[int]) -> tuple[Span, ...]:
        """Word indices as spans; neighbours join, also over a line break."""
        out: list[Span] = []
        previous = -2
        for i in indices:
            if i == previous + 1:
                out[-1] = Span(out[-1].start, self.words.ends[i])
            else:
                out.append(self._span(i, i))
            previous = i
        return tuple(out)

    def _kind_at(self, at: int) -> SegmentKind:
        segment = self.segments.before(at)
        return segment.kind if segment and at < segment.span.end else SegmentKind.BODY

    def _around(self, content: Sequence[Span], cue: Sequence[Span]) -> str:
        """The sentence of the cue without the claim's content."""
        if not cue:
            return ""
        start, end = self.sentences.around(cue[0].start)
        kept, at = [], start
        for span in sorted(content):
            if span.end > at and span.start < end:
                kept.append(self.text[at : max(at, span.start)])
                at = min(span.end, end)
        return "".join([*kept, self.text[at:end]])

    def _directness(self, content: tuple[Span, ...]) -> Directness:
        quoted = quotes.share(content, self.marks, self.text)
        if quoted >= DIRECT:
            return Directness.DIRECT
        return Directness.MIXED if quoted > 0 else Directness.INDIRECT

    def _said_at(self, content: Sequence[Span], cue: Sequence[Span]) -> str | None:
        """The date that stands by the cue and outside the content, nearest first."""
        if not cue:
            return None
        start, end = self.sentences.around(cue[0].start)
        near = [
            t
            for t in self.times.within(start, end)
            if t.type in ("DATE", "TIME") and not any(s.start <= t.start < s.end for s in content)
        ]
        for t in sorted(near, key=lambda t: abs(t.start - cue[0].start)):
            if value := edtf(t.value):
                return value
        return None

    def speaker(self, first: int, last: int) -> str | None:
        """The best name for a source given in word indices: its cluster's, else its own words."""
        relative = self.words.forms[last].lower()
        if (relative in _RELATIVE or (relative == "who" and first == last)) and (
            antecedent := self._antecedent(last)
        ):
            first, last = antecedent
        inside = self.heads.within(first, last + 1)
        own = _QUOTED_BY.sub("", names.surface(self.text, self.words, first, last))
        if own.lower() in _AUTHORS and not self._quoted_at(self.words.starts[first]):
            return self.report.outlet or self.report.byline
        if _NO_ONE.match(own):
            return None
        if not inside:
            return None if own.lower() in names.PRONOUNS else names.apposed(own) or own
        if _DOCUMENT.match(own) and (issuer := self._issuer(inside, last)):
            return issuer
        if named := self._person_named(inside, last):
            fuller = names.apposed(own)
            return fuller if fuller and fuller.split()[-1] == named else named
        main = self._main(inside, first, last)
        if main is None:
            return names.apposed(own) or own
        if (
            main.form != PRONOUN
            and main.kind != "person"
            and names.proper(self.text, self.words, main) is None
        ):
            return names.apposed(own) or self._named_by_head(main) or own
        resolved = self.best.get(main.cluster)
        if main.form == PRONOUN:
            return resolved
        return resolved or names.apposed(own) or own

    def _issuer(self, inside: Sequence[mentions.Mention], last: int) -> str | None:
        """Whose a document is that speaks: "its communiqué", "a statement from the governor's office"."""
        forms = self.words.forms
        for m in sorted(inside, key=lambda m: (m.first, m.last)):
            whose = ("'", "s") in (forms[m.last + 1 : m.last + 3], forms[m.last - 1 : m.last + 1])
            issued = forms[max(0, m.first - 1) : m.first] in (("from",), ("by",))
            if issued and m.kind != "place":
                # "From the governor's office", of which perhaps only the governor was seen.
                return names.surface(self.text, self.words, m.first, last if whose else m.last)
            if m.last < last and (whose or (m.form == PRONOUN and m.first == m.last)):
                return self.best.get(m.cluster)
        return None

    def _said_by_a_paper(self, one: Attribution) -> tuple[int, int] | None:
        """The words before a relative pronoun that stands right before the cue, where the source stands farther off."""
        relative = min(one.cue, default=0) - 1
        if relative < 1 or self.words.forms[relative].lower() not in _RELATIVE:
            return None
        near = one.source is not None and one.source[1] >= relative - 1
        return None if near else self._antecedent(relative)

    def _antecedent(self, relative: int) -> tuple[int, int] | None:
        """The words that a relative pronoun stands for: "the official results that said", "Ann Bell, who said"."""
        end = relative - 2 if self.words.forms[relative - 1] == "," else relative - 1
        ending = [
            m
            for m in self.heads.within(end - mentions.BEFORE, end + 1)
            if m.last == end and m.form == PROPER and m.kind == "person"
        ]
        if ending:
            widest = min(ending, key=lambda m: m.first)
            return widest.first, widest.last
        for i in range(relative - 1, max(0, relative - ANTECEDENT) - 1, -1):
            form = self.words.forms[i].lower()
            if not form[:1].isalnum():
                return None
            if form in ("the", "a", "an"):
                return (i, relative - 1) if i < relative - 1 else None
        return None

    def _main(
        self, inside: Sequence[mentions.Mention], first: int, last: int
    ) -> mentions.Mention | None:
        """The mention that is the source itself, not one within it: a possessor, a body served."""
        forms = self.words.forms
        whole = [
            m
            for m in inside
            if m.last == last
            or not (m.form == PRONOUN or forms[m.last + 1 : m.last + 3] == ("'", "s"))
        ]
        main = min(
            whole, key=lambda m: (m.first > first, m.first, -(m.last - m.first)), default=None
        )
        if main is not None and main.first > first + 1 and main.form == PROPER:
            return None  # "the director of the Port Authority", whom no mention covers
        if main is not None and main.last < last and forms[main.last + 1][:1].isupper():
            return None  # "the Dorn Tractor Plant", of which only the city was seen
        return main

    def _quoted_at(self, at: int) -> bool:
        mark = self.quoted.before(at)
        return mark is not None and at < mark.end

    def _named_by_head(self, description: mentions.Mention) -> str | None:
        """The body last named that a definite description takes up: "the ministry" after "the Interior Ministry"."""
        if self.words.forms[description.first].lower() != "the":
            return None
        head = self.words.forms[description.head].lower()
        for m in reversed(self.heads.within(description.head - BACK, description.head)):
            if m.form == PROPER and m.kind == "organisation":
                inside = self.words.forms[m.first : m.last + 1]
                if head in (form.lower() for form in inside):
                    return self.best.get(m.cluster)
        return None

    def _person_named(self, inside: Sequence[mentions.Mention], last: int) -> str | None:
        """The person whom a source itself names: "his deputy, Anton Reyl", not whom it only refers to.

        In "… for the candidate, Ann Bell, the board's chairwoman, Eva Sol, told" the source
        may have been begun too early.
        """
        apposed = [m for m in inside if m.form == PROPER and self._set_off(m, last)]
        for m in [*apposed, *inside]:
            if m.kind != "person" or m.form != PROPER:
                continue
            after = self.words.forms[m.last + 1 : m.last + 3]
            before = self.words.forms[max(0, m.first - 1) : m.first]
            within = self.words.forms[m.last - 1 : m.last + 1]
            owner = m.last < last and ("'", "s") in (after, within)
            longer = m.last < last and after[0][:1].isupper()  # "the Dorn Tractor Plant"
            # "The Petronorte man" is not Petronorte.
            told = any(o.form == COMMON and o.first <= m.first and o.head > m.last for o in inside)
            adjective = told and m.last < last and after[0].islower()
            if owner or longer or adjective or (before and before[0].lower() in _GOVERNING):
                continue
            return self.best.get(m.cluster) or names.proper(self.text, self.words, m)
        return None

    def _set_off(self, person: mentions.Mention, last: int) -> bool:
        """Whether a name at a source's end is the second in it with a description set off between the two."""
        forms = self.words.forms
        if person.last != last or forms[person.first - 1] != ",":
            return False
        before = self.heads.within(person.first - mentions.BEFORE, person.first - 1)
        named = [
            m.head
            for m in before
            if m.form == PROPER and m.kind == "person" and m.cluster != person.cluster
        ]
        if not named:
            return False
        between = [form.lower() for form in forms[named[-1] + 1 : person.first]]
        set_off = len(between) > 1 and between[0] == "," and between[1] in mentions.SETTING_OFF
        return set_off and "and" not in between

    # Figures

    def _figures(self, claims: Sequence[Claim]) -> Iterator[Figure]:
        around = Along(claims, lambda c: c.content[0].start)
        # "Two officials said" counts who speaks; a crowd of thousands that shouts is counted.
        speaking = {s.start for c in claims for s in c.source}
        for count, who in self._counted(claims):
            phrase = count.phrase
            span = Span(phrase.start, phrase.end)
            if self._kind_at(span.start) in _SILENT:
                continue
            if span.start in speaking and (phrase.number or FEW) < FEW:
                continue
            near = around.within(span.start - REACH, span.start + 1)
            claim = _innermost(near, span) or self._beside(near, span)
            said = span.of(self.text)
            yield Figure(
                id=digest("f", self.report.id, span, count.measure),
                claim=claim.id if claim else None,
                span=span,
                said=said,
                number=phrase.number,
                low=phrase.low,
                high=phrase.high,
                bound=phrase.bound,
                measure=count.measure,
                who=who,
                where=self._where(span),
                when=self._when(span, claim, count.measure),
                kind=count.kind,
                speaker=(claim.speaker or "") if claim else "",
                score=round(counts.calibrated(count.score), 3),
            )

    def _counted(self, claims: Sequence[Claim]) -> Iterator[tuple[counts.Count, str]]:
        """The figures, each with whom it counts; a share of nobody's just behind a turnout is another turnout."""
        found = list(counts.figures(self.counts, self.text))
        phrases = Along((c.phrase for c in found), lambda p: p.start)
        sources = Along((s for c in claims for s in c.source), lambda s: s.start)
        turnout: int | None = None  # where the last share ends, if it is of those who voted
        for count in found:
            start, who = count.phrase.start, self._who(count, phrases, sources)
            goes_on = turnout is not None and start - turnout < counts.CONTINUES
            told = (
                replace(count, measure="turnout")
                if goes_on and count.measure == "vote_share" and not who
                else count
            )
            if told.phrase.share:
                turnout = told.phrase.end if told.measure == "turnout" else None
            yield told, who

    def _who(
        self, count: counts.Count, phrases: Along[numbers.Phrase], sources: Along[Span]
    ) -> str:
        """Whom a figure counts, as worded; for votes the best name of the candidate."""
        if count.measure in _WON:
            sentence = self.sentences.around(count.phrase.start)
            first, last = self.words.between(*sentence)
            won = ballots.holder(
                count.phrase,
                phrases.within(*sentence),
                sentence,
                self.text,
                self.words,
                self.heads.within(first, last),
                lambda m: any(
                    s.end > self.words.starts[m.head]
                    for s in sources.within(sentence[0], self.words.starts[m.head] + 1)
                ),
            )
            if won is not None:
                own = names.surface(self.text, self.words, won.first, won.last)
                return self.best.get(won.cluster) or own
            if count.who is None or not first <= count.who[0] < last:
                return ""
        return "" if count.who is None else names.surface(self.text, self.words, *count.who)

    def _beside(self, claims: Sequence[Claim], span: Span) -> Claim | None:
        """The one claimant of a figure's own sentence, where the claim's words stop short of it."""
        start, end = self.sentences.around(span.start)
        beside = [
            c
            for c in claims
            if any(start <= s.start < end for s in c.cue or c.source) and c.speaker
        ]
        return beside[0] if len({c.speaker for c in beside}) == 1 else None

    def _where(self, span: Span) -> str:
        """The place of a figure, as worded: told right behind it, else the one named nearest in its sentence."""
        start, end = self.sentences.around(span.start)
        first, last = self.words.between(start, end)
        places = [
            m
            for m in self.heads.within(first, last)
            if m.kind == "place" and m.form != PRONOUN and not self._of_a_person(m)
        ]
        for m in places:
            if _IN.fullmatch(self.text, span.end, max(span.end, self.words.starts[m.first])):
                return names.proper(self.text, self.words, m) or names.surface(
                    self.text, self.words, m.first, m.last
                )
        near = [m for m in places if names.proper(self.text, self.words, m) is not None]
        if not near:
            return ""
        place = min(near, key=lambda m: (abs(self.words.starts[m.head] - span.start), m.first))
        return names.proper(self.text, self.words, place) or ""

    def _of_a_person(self, place: mentions.Mention) -> bool:
        """Whether a name that was taken for a place is elsewhere in the report a person's."""
        named = names.proper(self.text, self.words, place)
        return named is not None and named.lower() in self._people

    @cached_property
    def _people(self) -> frozenset[str]:
        """The names of two words or more that are persons', lower case."""
        found = (
            names.proper(self.text, self.words, m)
            for m in self.mentions
            if m.kind == "person" and m.form == PROPER
        )
        return frozenset(n.lower() for n in found if n is not None and " " in n)

    def _when(self, span: Span, claim: Claim | None, measure: str) -> str:
        """The day a figure holds for: a date in its own clause, or in the one before that it takes up, else the day of the report.

        A count of votes is as of its telling, not of the days before on which they were cast;
        so is one that goes on ("the dead of Thursday's fire"), but for a day of its own.
        """
        start, end = self.sentences.around(span.start)
        if _TAKES_UP.search(self.text[start:end]) or _OF_THEM.match(self.text, span.end):
            start = self.sentences.around(max(0, start - 1))[0]
        clause = [t for t in self.times.within(start, end) if t.type in ("DATE", "TIME")]
        if measure in VOTED:
            clause = [t for t in clause if not self._of_the_vote(t)]
        elif measure in _GOING_ON:
            clause = [t for t in clause if not _POSSESSIVE.match(self.text, t.end)]
        if claim is not None:
            held = [t for t in clause if any(s.start <= t.start < s.end for s in claim.content)]
            clause = held or clause
        for t in sorted(clause, key=lambda t: abs(t.start - span.start)):
            value = edtf(t.value)
            if value is None or (self.report.published and value[:10] > self.report.published[:10]):
                continue
            lead = self.text[max(0, t.start - 12) : t.start].lower()
            if re.search(r"\bsince\s+(?:the\s+)?$", lead) and self.today and len(value) == 10:
                return f"{value}/{self.today.isoformat()}"
            return value
        return self.today.isoformat() if self.today else ""

    def _of_the_vote(self, time: times.Expression) -> bool:
        """Whether a time is that of a vote a few days ago: "Sunday's run-off", "the election on Sunday"."""
        told = _VOTE_AFTER.match(self.text, time.end) or _VOTE_BEFORE.search(
            self.text, max(0, time.start - 40), time.start
        )
        cast = parse(edtf(time.value))
        recent = cast is not None and self.today is not None and (self.today - cast).days <= FRESH
        return bool(told) and recent


def _unbroken(indices: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of neighbouring word indices, first and last."""
    start = previous = None
    for i in indices:
        if previous is None or i != previous + 1:
            if start is not None and previous is not None:
                yield start, previous
            start = i
        previous = i
    if start is not None and previous is not None:
        yield start, previous


def _packed(vector: Floats) -> bytes:
    """A vector of unit length in signed bytes."""
    return np.round(vector * 127).astype(np.int8).tobytes()


def _innermost(claims: Sequence[Claim], span: Span) -> Claim | None:
    """The shortest claim whose content holds a span."""
    holding = [
        c for c in claims if any(s.start <= span.start and span.end <= s.end for s in c.content)
    ]
    return min(holding, key=lambda c: sum(s.end - s.start for s in c.content), default=None)


def _with_parents(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Claims whose content and source lie inside another claim's content get it as parent."""
    around = Along(claims, lambda c: c.content[0].start)
    for claim in claims:
        spans = claim.content + claim.source
        first = min(s.start for s in spans)
        outer = [
            o
            for o in around.within(first - REACH, first + 1)
            if o.id != claim.id
            and all(any(big.holds(s) for big in o.content) for s in spans)
            and sum(s.end - s.start for s in o.content)
            > sum(s.end - s.start for s in claim.content)
        ]
        if outer:
            parent = min(outer, key=lambda o: sum(s.end - s.start for s in o.content))
            yield msgspec.structs.replace(claim, parent=parent.id)
        else:
            yield claim
