"""Figures and claims with what the rules ask of them: who, when, in whose text, about what."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache

import numpy as np

from rashomon.model import (
    VOTED,
    Cast,
    Claim,
    Extraction,
    Figure,
    Judgement,
    Party,
    Report,
    SegmentKind,
    Span,
    Stance,
    agreeing,
    in_force,
    telling,
)

AUTHORITIES = frozenset({"official", "security_force", "state_media"})
# Score of a figure from which it stands against others: of the visible cases' figures more than
# half of the misread lie below, a sixth of the right.
SURE = 0.55
HANDED_ON = (
    0.6  # share of a claim's words that are another's claim from which it only hands that on
)
_DENYING = frozenset({Stance.DENIES, Stance.DISPUTES})
EARLIER_VOTE = 5  # days before the first report from which a vote is another round
_STOP = frozenset(
    (
        "a an the of and or but in on at to for from by with as is are was were be been being has have had do"
        " does did not no nor it its he she they them his her their him we us our you i me my that this these"
        " those there here who whom which what when where why how than then so if because while after before"
        " since until over under about into out up down off all any some more most other such will would shall"
        " should can could may might must said say says told according also only just even still yet very own"
        " same too mr mrs ms one two don doesn didn isn aren wasn weren hasn haven hadn wouldn couldn shouldn"
    ).split()
)
_WORD = re.compile(r"[^\W\d_]{3,}|\d[\d,.]*")
_SUFFIX = re.compile(r"(?:ations?|ings?|edly|ers?|ies|ed|es|s|ly|ment|ion)$")


# "12 women and eight children": nobody is both.
LISTING = re.compile(
    r"\s+[\w’'-]+(?:\s+(?!(?:were|was|are|is|had|have|and)\b)[\w’'-]+){0,3}?(?:,|,?\s+and)\s+", re.I
)
# "Five adults and an unborn child".
_AND_ONE = re.compile(
    r"\s+(?:[\w’'-]+\s+){1,3}?and\s+(?:an?|his|her|their)\s+(?:\w+\s+)?(?:child|boy|girl|baby|infant|toddler|man|woman|policeman|officer|soldier|guard|passer-by|bystander|nephew|niece|son|daughter)\b",
    re.I,
)
_BEFALLING = frozenset(
    "killed injured missing detained abducted released hospitalised displaced".split()
)


def stems(text: str) -> frozenset[str]:
    """The content words of a text without their endings."""
    return frozenset(_stem(w) for w in _WORD.findall(text.lower()) if w not in _STOP)


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    short = _SUFFIX.sub("", word)
    return short if len(short) >= 3 else word


def seldom(number: float | None) -> bool:
    """Whether a number is seldom given for two things: 57.3, 8,131; not 50."""
    return number is not None and (number != round(number) or telling(number))


@dataclass(frozen=True, eq=False)
class Item:
    """A figure or a claim in its report."""

    id: str
    report: Report
    figure: Figure | None
    claim: Claim | None
    party: str | None
    text: str
    sentence: str
    segment: SegmentKind
    original: str  # the report whose text this is: itself, or what it copies

    @property
    def quoted(self) -> str:
        """The words of a claim, an ellipsis where others stand between them."""
        spans = self.claim.content if self.claim else ()
        return " … ".join(s.of(self.report.text) for s in spans) or self.text

    @property
    def cue(self) -> str:
        """The words that say that a claim is made, with what; "" for a figure."""
        spans = self.claim.cue if self.claim else ()
        return " ".join(s.of(self.report.text) for s in spans)

    @cached_property
    def stems(self) -> frozenset[str]:
        return stems(self.text)

    @cached_property
    def told(self) -> frozenset[str]:
        """The content words of its sentence without its numbers and whom a figure counts."""
        who = stems(self.figure.who) if self.figure else frozenset()
        return frozenset(s for s in stems(self.sentence) if not s[0].isdigit()) - who

    @property
    def day(self) -> str:
        """The as-of of a figure, the day of saying of a claim; "" unknown."""
        if self.figure is not None:
            return self.figure.when
        assert self.claim is not None  # noqa: S101  an item is one or the other
        return self.claim.said_at or (self.report.published or "")[:10]

    @property
    def vague(self) -> bool:
        """Whether it is a figure in a vague word: "several", "dozens"."""
        return self.figure is not None and self.figure.bound == "vague"

    @property
    def claim_end(self) -> int:
        """Where the words of a claim end in its report; 0 for a figure."""
        return self.claim.content[-1].end if self.claim else 0

    @cached_property
    def until(self) -> str:
        """The last day of the as-of."""
        return self.day.split("/")[-1][:10]

    @cached_property
    def ordinal(self) -> int:
        """The last day of the as-of as a number of days; 0 if it is not known at all."""
        try:
            return date.fromisoformat(self.until).toordinal()
        except ValueError:
            return int(self.until[:4]) * 365 if self.until[:4].isdigit() else 0


class Case:
    """All items of a case and who vouches for each."""

    def __init__(
        self,
        reports: Sequence[Report],
        extractions: Sequence[Extraction],
        cast: Cast,
        copied: Mapping[str, str],
        judgements: Sequence[Judgement] = (),
    ) -> None:
        decided: dict[frozenset[str], str] = {}
        for judgement in in_force(judgements):
            if judgement.verb in ("apart", "together") and len(set(judgement.subject)) == 2:
                decided.setdefault(frozenset(judgement.subject), judgement.verb)
        # What a person accepted or corrected is sure, whatever the reader thought of it.
        self.reviewed = {
            subject
            for judgement in in_force(judgements)
            if judgement.verb in ("accept", "correct")
            for subject in judgement.subject
        }
        self.apart = {pair for pair, verb in decided.items() if verb == "apart"}
        self.together = {pair for pair, verb in decided.items() if verb == "together"}
        self.reports, self.cast, self.copied = tuple(reports), cast, dict(copied)
        self.parties: dict[str, Party] = {p.id: p for p in cast.parties}
        self.party_of_form = {
            form.lower(): p.id for p in cast.parties for form in (*p.aliases, p.name)
        }
        # The forms of people's names, lower case, with their parties.
        self.people = [
            (form, id)
            for form, id in self.party_of_form.items()
            if self.parties[id].kind == "person"
        ]
        # By report, whose text it is: reports of which neither origin nor outlet is known are each their own.
        self._origins = {r.id: r.origin or r.outlet or r.id for r in reports}
        self.meanings = {
            id: np.frombuffer(packed, dtype=np.int8).astype(np.float32) / 127
            for extraction in extractions
            for id, packed in extraction.meanings.items()
        }
        self.figures: list[Item] = []
        self.claims: list[Item] = []
        for report, extraction in zip(reports, extractions, strict=True):
            ends = _sentence_ends(report.text)
            for figure in extraction.figures:
                self.figures.append(self._item(report, ends, figure=figure))
            for claim in extraction.claims:
                self.claims.append(self._item(report, ends, claim=claim))

        self.figures = list(self._given_to_the_denied())

    def _given_to_the_denied(self) -> Iterator[Item]:
        """The figures; a number within a denial is the claim of whom it is denied of: "no tally gives the 51.8%"."""
        denials = {c.id for c in self.claims if c.claim and c.claim.stance in _DENYING}
        told: dict[tuple[str, float], list[Item]] = defaultdict(list)
        for item in self.figures:
            if item.figure and item.figure.number and item.figure.claim not in denials:
                told[item.figure.measure, item.figure.number].append(item)
        for item in self.figures:
            figure = item.figure
            own = figure is not None and figure.claim in denials and seldom(figure.number)
            given = told[figure.measure, figure.number] if own and figure and figure.number else ()
            others = sorted(
                (o for o in given if o.party not in (None, item.party)),
                key=lambda o: (o.report.published or "", o.report.path, o.id),
            )
            yield replace(item, party=others[0].party) if others else item

    def _item(
        self,
        report: Report,
        ends: Sequence[int],
        *,
        figure: Figure | None = None,
        claim: Claim | None = None,
    ) -> Item:
        made = figure or claim
        assert made is not None  # noqa: S101  called with one of them
        spans = (figure.span,) if figure else claim.content if claim else ()
        start = spans[0].start
        at = bisect_right(ends, start)
        begin = ends[at - 1] if at else 0
        end = ends[at] if at < len(ends) else len(report.text)
        return Item(
            id=made.id,
            report=report,
            figure=figure,
            claim=claim,
            party=self.cast.speakers.get(made.id) or (self._author(report) if figure else None),
            text=" ".join(s.of(report.text) for s in spans),
            sentence=" ".join(report.text[begin:end].split()),
            segment=next(
                (s.kind for s in report.segments if s.span.start <= start < s.span.end),
                SegmentKind.BODY,
            ),
            original=self.copied.get(report.id, report.id),
        )

    def meant_alike(self, one: Item, other: Item) -> float:
        """The cosine of what two claims mean; 0 where the reader gave none."""
        a, b = self.meanings.get(one.id), self.meanings.get(other.id)
        return 0.0 if a is None or b is None else float(a @ b)

    def sure(self, item: Item) -> bool:
        """Whether a figure is read surely enough to be held against others."""
        return item.figure is None or item.figure.score >= SURE or item.id in self.reviewed

    @cached_property
    def sure_figures(self) -> list[Item]:
        """The figures that are read surely enough for arithmetic."""
        return [figure for figure in self.figures if self.sure(figure)]

    @cached_property
    def listed(self) -> frozenset[str]:
        """The figures that stand in a list of parts, so that none is all there were: "five adults and a child", "two men and two women"."""
        found: set[str] = set()
        by_report: dict[str, list[Item]] = defaultdict(list)
        for item in self.figures:
            if item.figure and item.figure.kind != "share" and item.figure.measure in _BEFALLING:
                by_report[item.report.id].append(item)
        for items in by_report.values():
            items.sort(key=lambda i: i.figure.span if i.figure else Span(0, 0))
            for item, other in zip(items, [*items[1:], None], strict=True):
                assert item.figure is not None  # noqa: S101  figures alone were taken
                text, end = item.report.text, item.figure.span.end
                if other is not None and other.figure is not None:
                    same = other.figure.measure == item.figure.measure
                    if same and LISTING.fullmatch(text[end : other.figure.span.start]):
                        found |= {item.id, other.id}
                if _AND_ONE.match(text, end):
                    found.add(item.id)
        return frozenset(found)

    @cached_property
    def increments(self) -> Mapping[tuple[str, str], Sequence[Item]]:
        """The sure figures by which a count grew, by report and measure."""
        found: dict[tuple[str, str], list[Item]] = defaultdict(list)
        for item in self.sure_figures:
            if item.figure and item.figure.kind == "increment" and item.figure.number:
                found[item.report.id, item.figure.measure].append(item)
        return found

    def voucher(self, item: Item) -> str:
        """Who vouches for an item: its party (the body, for a spokesman), else the origin of the text it first stood in.

        Copies, captions and headlines of one text vouch once, and so do all reports of one
        agency or newspaper; so does a body through several spokesmen.
        """
        if item.party is not None:
            party = self.parties[item.party]
            return party.speaks_for or party.id
        return self._origins[item.original]

    def _author(self, report: Report) -> str | None:
        """The party whose own statement a report is: a count in its own voice is that party's.

        A newspaper that is named in its own report gives what others count, as any does.
        """
        for name in (report.outlet, report.byline):
            party = self.party_of_form.get(name.lower()) if name else None
            if party and self.parties[party].party_class not in ("media", "state_media"):
                return party
        return None

    def sources(self, items: Iterable[Item]) -> int:
        """How many independent sources say these things.

        The authorities are one: they count for each other. A report's own voice counts
        only where nobody is named with more than a vague word, for it gives what others
        count.
        """
        named: set[str] = set()
        own: set[str] = set()
        sure = False
        for item in items:
            if item.party is None:
                own.add(self._origins[item.original])
            elif self.parties[item.party].party_class in AUTHORITIES:
                named.add("authorities")
            else:
                named.add(self.voucher(item))
            sure = sure or (item.party is not None and not item.vague)
        return len(named if sure else named | own)

    def city(self, item: Item) -> str:
        """The id of the city for which a figure holds, "" if none is named."""
        where = item.figure.where.lower() if item.figure else ""
        place = self.parties.get(self.party_of_form.get(where, ""))
        return place.id if place is not None and place.within else ""

    def party_named(self, words: str) -> str:
        """The id of the party that words for a candidate name, else a capitalised name in small letters, else ""."""
        plain = re.sub(r"^(?:the|an?)\s+", "", words.lower()).split()
        for start in range(len(plain)):
            if party := self.party_of_form.get(" ".join(plain[start:])):
                return party
        return " ".join(plain) if words[:1].isupper() else ""

    @cached_property
    def holders(self) -> Mapping[tuple[str, float | None, str], frozenset[str]]:
        """By measure, number and time, the parties to whom the reader found such a share of a vote given."""
        found: dict[tuple[str, float | None, str], set[str]] = defaultdict(set)
        for item in self.figures:
            if item.figure is None or item.figure.measure not in VOTED:
                continue
            if (party := self.party_named(item.figure.who)) in self.parties:
                key = (item.figure.measure, item.figure.number, self.background(item))
                found[key].add(party)
        return {key: frozenset(parties) for key, parties in found.items()}

    def alike(self, one: str, other: str) -> bool:
        """Whether two parties' names have a word in common, so that they may be one under two names."""
        names = (set(self.parties[id].name.casefold().split()) for id in (one, other))
        return bool(set.intersection(*names))

    def elsewhere(self, one: Item, other: Item) -> bool:
        """Whether two figures are of two cities, so that neither says anything of the other."""
        a, b = self.city(one), self.city(other)
        return bool(a and b) and a != b

    def name(self, item: Item) -> str:
        """The claimant as a reader would call them."""
        if item.party is not None:
            return self.parties[item.party].name
        return item.report.outlet or item.report.origin or item.report.path.rsplit("/", 1)[-1]

    def does(self, item: Item, verb: str) -> str:
        """The claimant's name with a verb of the third person that agrees with it: "Media reports contest"."""
        name = self.name(item)
        return f"{name} {agreeing(name, verb)}"

    @cached_property
    def name_stems(self) -> frozenset[str]:
        """The words of all names: whoever speaks of one event speaks of the same people and places."""
        named = (p.name for p in self.parties.values() if p.kind != "collective")
        return frozenset(stem for name in named for stem in stems(name))

    @cached_property
    def _claims_in(self) -> dict[str, list[Item]]:
        found: dict[str, list[Item]] = defaultdict(list)
        for claim in self.claims:
            found[claim.report.id].append(claim)
        return found

    def claims_beside(self, item: Item) -> Sequence[Item]:
        """The claims of an item's report, without those that only hand on another's."""
        return [c for c in self._claims_in[item.report.id] if c.id not in self.relayed]

    def holding(self, figure: Item) -> Item | None:
        """The shortest claim whose words hold a figure."""
        return self._held.get(figure.id)

    @cached_property
    def _held(self) -> dict[str, Item]:
        held: dict[str, Item] = {}
        for item in self.figures:
            if item.figure is None:
                continue
            span = item.figure.span
            holding = [
                c
                for c in self._claims_in[item.report.id]
                if c.claim is not None and any(s.holds(span) for s in c.claim.content)
            ]
            if holding:
                held[item.id] = min(holding, key=lambda c: (len(c.text), c.id))
        return held

    @cached_property
    def holding_figures(self) -> frozenset[str]:
        """The claims that hold figures."""
        return frozenset(claim.id for claim in self._held.values())

    def told(self) -> list[Item]:
        """The claims in the order of telling, without those that only hand on another's."""
        kept = (c for c in self.claims if c.id not in self.relayed)
        return sorted(
            kept,
            key=lambda c: (
                c.report.published or "",
                c.report.path,
                c.claim.content[0].start if c.claim else 0,
                c.id,
            ),
        )

    @cached_property
    def relayed(self) -> frozenset[str]:
        """The claims that only hand on another's: “…,” the mayor said, according to the agency."""
        by_id = {c.id: c for c in self.claims}
        found = set()
        for inner in self.claims:
            outer = by_id.get(inner.claim.parent or "") if inner.claim else None
            if outer is not None and len(inner.text) >= HANDED_ON * len(outer.text):
                found.add(outer.id)
        return frozenset(found)

    @cached_property
    def retractions(self) -> list[Item]:
        """The claims that take something back."""
        return [c for c in self.claims if c.claim and c.claim.stance is Stance.RETRACTS]

    @cached_property
    def span_of_days(self) -> tuple[str, str]:
        """First and last day of publication."""
        days = sorted(r.published[:10] for r in self.reports if r.published)
        return (days[0], days[-1]) if days else ("", "")

    @cached_property
    def _votes(self) -> list[int]:
        """The first as-of of each vote that the figures speak of: days with more than EARLIER_VOTE between them."""
        days = sorted(
            {
                i.ordinal
                for i in self.figures
                if i.figure
                and i.figure.measure in VOTED
                and len(i.until) == 10
                and not self.background(i)
            }
        )
        return [day for n, day in enumerate(days) if not n or day - days[n - 1] > EARLIER_VOTE]

    def vote(self, item: Item) -> str:
        """Which of several votes a figure is of, "" if the case has one."""
        if len(self._votes) < 2 or len(item.until) < 10:
            return ""
        first = max((day for day in self._votes if day <= item.ordinal), default=0)
        return date.fromordinal(first).isoformat() if first else ""

    def background(self, item: Item) -> str:
        """The other year an item speaks of, "" if it is about the case's own time."""
        day, (first, _) = item.day, self.span_of_days
        if not first or not day[:4].isdigit():
            return ""
        voted = item.figure is not None and item.figure.measure in VOTED
        if voted and item.until < _before(first, EARLIER_VOTE):
            return item.until
        return day[:4] if len(day) == 4 and day != first[:4] else _far(day, first)


def _before(day: str, days: int) -> str:
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()


def _far(day: str, first: str) -> str:
    """The month of a day more than two months before the first report."""
    months = [
        int(d[:4]) * 12 + int(d[5:7] or 1) if len(d) >= 7 else int(d[:4]) * 12 + 12
        for d in (day, first)
    ]
    return day[:7] if months[1] - months[0] > 2 else ""


_SENTENCE = re.compile(
    r"(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bGen)(?<!\bCol)(?<!\b[A-Z])[.!?…][\"'”’»)]*(?=\s)|\n\s*\n"
)


def _sentence_ends(text: str) -> list[int]:
    return [m.end() for m in _SENTENCE.finditer(text)]
