"""What the page asks of a dossier: names for ids, words for spans, items by report."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property

from rashomon.model import (
    NEGATION,
    Dossier,
    DossierClaim,
    DossierFigure,
    DossierReport,
    Party,
    Position,
    Question,
    Stance,
    agreeing,
    shortened,
)

STATUSES = {
    "disputed": "cannot all be true, or one side contests the other's account",
    "denied": "one side asserts, the other only denies",
    "retracted": "taken back by whoever said it",
    "revised": "a later figure replaces an earlier one",
    "agreed": "independent sources are compatible",
    "single_source": "only one source says so",
}
MATRIX_ROWS, MATRIX_COLUMNS = 14, 8
CELL = 5  # words of one speaker on one question
BACKGROUND = 2  # months before the first report beyond which a figure is background
_FALLEN = {"revises": "superseded", "retracts": "retracted"}
_AGAINST = ("denies", "disputes", "retracts")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.I)
_DEPUTY = re.compile(
    r"(?:his|her|its|their) (?:[a-z]+ )?(?:deputy|spokes\w+|lawyer|wife|husband|brother|sister|mother|father|son|daughter|aide|adviser|predecessor|successor)"
)
_OWNERS = frozenset({"his", "her", "its", "their", "our", "my"})
LONGEST_NAME = 48  # characters of a name at a glance
_TELLING = frozenset({Stance.ASSERTS, Stance.ACCUSES, Stance.ANNOUNCES, Stance.CONFIRMS})
LONGEST_OFFICE = 48  # characters of an office that stands beside a name
OPEN = ("disputed", "denied", "retracted", "revised")  # statuses where somebody differs
GLANCE, SIDES, NAMES = 12, 3, 2  # questions, sides and names at a glance
TELLING = 4  # words of a claim that say something by themselves
_HEARSAY = re.compile(
    r"\b(?:(?:media|press|news) )?(?:reports|rumou?rs?|allegations?|accusations?|suggestions?|claims)\b",
    re.I,
)
TAIL = 60  # characters of what a share of the vote is a share of
_WITHIN = re.compile(
    r"\s*(?:of (?:the )?(?:valid )?votes?\s+)?(?:in|among|where|at|with)\s(?:(?!\band\b|\bbut\b)[^,.;:!?()“”\"])+"
)
LEAD = 220  # characters of the lead under the title
_SENTENCE = re.compile(r".{30,}?[.!?](?=\s)")
TOPIC = 3  # words that tell what a question is about
ROOT = 4  # letters by which two words are one
_OPENING = '“"«„'
_MARKS = frozenset('“”"«»„')
_ACTING = (*_AGAINST, "apologises")
# Words that can tell what something is about: of four letters and more, and not these.
_WORDS = re.compile(
    r"\b(?!(?:about|after|again|against|already|also|although|been|before|being|both|could|does|down|during|each|even|every"
    r"|first|from|have|having|here|into|itself|just|later|like|made|make|many|more|most|much|must|nobody|none|only|other|over"
    r"|same|should|since|some|such|take|taken|than|that|their|them|then|there|these|they|this|those|through|told|under|until"
    r"|everyone|everybody|monday|tuesday|wednesday|thursday|friday|saturday|sunday|very|well|were|what|when|where|which|while|whom|whose|will|with|without|would|your|said|says|claim|claims|reports?)\b)"
    r"[^\W\d_]{4,}\b(?!['’]t)",
    re.I,
)
SHORT = 110  # characters of a side's words at a glance


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a question in a line: who, in which words or with what number."""

    who: str
    words: str
    standing: str
    also: str = ""  # who else is on this side, in words of their own
    concedes: bool = False


def _as_worded(words: str) -> str:
    """A claim's words in a line: between quotation marks only where the report quotes them whole."""
    bare = " ".join(words.split()).removeprefix("that ")
    inner = shortened(bare, SHORT)
    if bare[:1] in _OPENING and not set(inner) & _MARKS:
        return f"“{inner}”"
    return bare.strip(" .,;:") if len(bare) <= SHORT else bare[:SHORT].rsplit(" ", 1)[0] + " …"


class View:
    """Look-ups over one dossier; `href` says where an id's words are shown, by default on the same page."""

    def __init__(self, dossier: Dossier, href: Callable[["View", str], str] | None = None) -> None:
        self.dossier = dossier
        self._href = href
        self._folded: dict[str, str] = {}
        self._asked: dict[str, tuple[str, str, list[DossierClaim | DossierFigure]]] = {}
        self.reports: dict[str, DossierReport] = {r.id: r for r in dossier.reports}
        self.parties: dict[str, Party] = {p.id: p for p in dossier.parties}
        self.claims: dict[str, DossierClaim] = {c.id: c for c in dossier.claims}
        self.figures: dict[str, DossierFigure] = {f.id: f for f in dossier.figures}
        self.claims_of: dict[str, list[DossierClaim]] = defaultdict(list)
        self.figures_of: dict[str, list[DossierFigure]] = defaultdict(list)
        for claim in dossier.claims:
            self.claims_of[claim.report].append(claim)
        for figure in dossier.figures:
            self.figures_of[figure.report].append(figure)
        self.relations: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for r in dossier.relations:
            self.relations[r.source].append((r.type, r.target, r.because))
        self.fallen: dict[str, str] = {}
        for r in dossier.relations:
            if r.type in _FALLEN:
                self.fallen[r.target] = _FALLEN[r.type]
        self.statuses = STATUSES
        self.counts = Counter(q.status for q in dossier.questions)

    @cached_property
    def _publishing(self) -> dict[str, Party]:
        """The parties that publish reports of their own and are no newspapers, by their names in small letters."""
        return {
            form.casefold(): p
            for p in self.dossier.parties
            if p.kind == "organisation" and p.party_class not in ("media", "state_media")
            for form in (*p.aliases, p.name)
        }

    @cached_property
    def outlets(self) -> list[str]:
        """Whose reports these are, each once."""
        return list(dict.fromkeys(self.outlet(r) for r in self.dossier.reports))

    @cached_property
    def days(self) -> str:
        """The first and last day of publication; "" unknown."""
        known = sorted(r.published[:10] for r in self.dossier.reports if r.published)
        return " to ".join(dict.fromkeys((known[0], known[-1]))) if known else ""

    @cached_property
    def lead(self) -> tuple[str, str]:
        """What the earliest report is about in its own words, its headline or first sentence, and whose it is; empty without reports."""
        for report in self.dossier.reports:
            told = [s.span.of(report.text) for s in report.segments if s.kind == "headline"]
            told += [s.span.of(report.text) for s in report.segments if s.kind == "body"]
            words = " ".join(" ".join(told[:1]).split())
            if words:
                first = _SENTENCE.match(words)
                return shortened(first[0] if first else words, LEAD), self.outlet(report)
        return "", ""

    @cached_property
    def guessed(self) -> Counter[str]:
        """By status how many questions rest on the machine's reading alone."""
        return Counter(q.status for q in self.dossier.questions if q.likelihood is not None)

    def office(self, name: str) -> str:
        """What the reports call somebody beside the name: "interior minister"; "" if nothing short."""
        party = self.named.get(name)
        for alias in party.aliases if party else ():
            plain = _ARTICLE.sub("", alias)
            owned = plain.split(maxsplit=1)[0].lower() in _OWNERS if plain else True
            told = not set(plain.casefold().split()) & set(name.casefold().split())
            if plain[:1].islower() and told and not owned and len(plain) <= LONGEST_OFFICE:
                return plain
        # "His deputy" tells at least that he is one, in the report's words.
        return next(
            (f"“{a}”" for a in (party.aliases if party else ()) if _DEPUTY.fullmatch(a)), ""
        )

    @cached_property
    def named(self) -> dict[str, Party]:
        """The people of the case by name."""
        return {
            p.name: p for p in self.dossier.parties if p.kind == "person" and p.name[:1].isupper()
        }

    def href(self, id: str) -> str:
        """The address of a claim, figure, question, party or report."""
        return self._href(self, id) if self._href else f"#{id}"

    def at(self, href: Callable[["View", str], str]) -> "View":
        """The same look-ups with other addresses."""
        other = copy(self)
        other._href = href
        return other

    def report_of(self, id: str) -> str | None:
        """The report in which a claim or figure stands, or the report itself."""
        item = self.claims.get(id) or self.figures.get(id)
        return item.report if item else id if id in self.reports else None

    def as_of(self, figure: DossierFigure) -> str:
        """The last day that a figure holds for; shorter than ten characters if only half known."""
        return figure.when.split("/")[-1][:10].rstrip("~?")

    @cached_property
    def first_day(self) -> str:
        return min((r.published[:10] for r in self.dossier.reports if r.published), default="")

    def is_background(self, figure: DossierFigure) -> bool:
        """Whether a figure is of another year, or of a month well before the first report."""
        day, first = self.as_of(figure), self.first_day
        if not day[:4].isdigit() or len(first) < 10:
            return False
        if len(day) < 7:
            return day[:4] != first[:4]
        apart = 12 * (int(first[:4]) - int(day[:4])) + int(first[5:7]) - int(day[5:7])
        return apart > BACKGROUND

    def standing(self, item: DossierClaim | DossierFigure) -> str:
        """live, superseded or retracted, as the relations have it."""
        return self.fallen.get(item.id, "live")

    def folded(self, item: DossierClaim | DossierFigure) -> str:
        """All that is said of an item, for searching: speaker, words, place, group."""
        if item.id not in self._folded:
            words = (
                f"{''.join(self.sentence(item))} {item.where} {item.who} {item.measure}"
                if isinstance(item, DossierFigure)
                else self.words(item)
            )
            self._folded[item.id] = f"{self.speaker(item)} {words}".casefold()
        return self._folded[item.id]

    def asked(self, question: Question) -> tuple[str, str, list[DossierClaim | DossierFigure]]:
        """What a question is searched by: its title and reason, these and all its members' words, and the members."""
        if question.id not in self._asked:
            members = [item for p in question.positions for item in self.members(p)]
            said = f"{question.title} {question.why}".casefold()
            words = "\n".join([said, *map(self.folded, members)])
            self._asked[question.id] = said, words, members
        return self._asked[question.id]

    def fold(self) -> None:
        """Fold every item and count every word now, so that the first page and search do not wait for it."""
        _ = self._common  # kept once it is counted
        for claim in self.dossier.claims:
            self.folded(claim)
        for figure in self.dossier.figures:
            self.folded(figure)
        for question in self.dossier.questions:
            self.asked(question)

    def mark_near(self, report: str, at: int) -> str:
        """The address of the mark in a report that begins last before a place, else of the report."""
        marks = [(c.content[0].start, c.id) for c in self.claims_of[report]]
        marks += [(f.span.start, f.id) for f in self.figures_of[report]]
        before = [mark for mark in marks if mark[0] <= at]
        return self.href(max(before)[1] if before else report)

    def outlet(self, report: DossierReport) -> str:
        """What a reader calls a report: outlet, agency or file name."""
        return report.outlet or report.origin or report.path.rsplit("/", 1)[-1]

    def speaker(self, item: DossierClaim | DossierFigure) -> str:
        """The claimant's name, or whose voice it is."""
        if item.speaker in self.parties:
            return self.parties[item.speaker].name
        if isinstance(item, DossierFigure):
            publisher = self.outlet(self.reports[item.report])
            # A committee that publishes its own count claims it; a newspaper only tells.
            party = self._publishing.get(publisher.casefold())
            return party.name if party else f"{publisher} (its own voice)"
        return "nobody named"

    def party_class(self, item: DossierClaim | DossierFigure) -> str:
        party = self.parties.get(item.speaker or "")
        return party.party_class if party else "report"

    def act(self, claim: DossierClaim) -> str:
        """What a claimant does with the words shown: "denies, saying", where "denies" would turn "there was no abuse" round."""
        negated = claim.stance is Stance.DENIES and NEGATION.search(self.words(claim))
        verb = agreeing(self.speaker(claim), claim.stance.value)
        return f"{verb}, saying" if negated else verb

    def words(self, claim: DossierClaim) -> str:
        """The content of a claim as it stands, its pieces joined by an ellipsis."""
        text = self.reports[claim.report].text
        return " … ".join(" ".join(s.of(text).split()) for s in claim.content)

    def sentence(self, figure: DossierFigure) -> tuple[str, str, str]:
        """A figure with the words before and after it."""
        text = self.reports[figure.report].text
        before = text[max(0, figure.span.start - 70) : figure.span.start]
        after = text[figure.span.end : figure.span.end + 90]
        before = before[before.rfind("\n") + 1 :]
        after = after.split("\n")[0]
        return (
            before.split(" ", 1)[-1] if len(before) >= 70 else before,
            figure.said,
            after.rsplit(" ", 1)[0] if len(after) >= 90 else after,
        )

    def interval(self, low: float | None, high: float | None) -> str:
        """An interval in words: "6,001 or more", "at most 6,999", "60 to 70"."""
        if low is None and high is None:
            return "no number"
        if low is None:
            return f"at most {high:,g}" if high is not None else ""
        if high is None:
            return f"{low:,g} or more"
        return f"{low:,g}" if low == high else f"{low:,g} to {high:,g}"

    def members(self, position: Position) -> list[DossierClaim | DossierFigure]:
        """A position's figures and the claims that hold none of them."""
        figures = [self.figures[i] for i in position.figures if i in self.figures]
        held = {f.claim for f in figures}
        claims = [self.claims[i] for i in position.claims if i in self.claims and i not in held]
        return [*figures, *claims]

    def glance(self, sections: list[tuple[str, list[Question]]]) -> list[Question]:
        """The first questions of a page on which sides differ, as words or numbers say."""
        shown = [q for status, found in sections if status in OPEN for q in found]
        return [
            q
            for q in shown
            if q.likelihood is None and (len(q.positions) > 1 or q.status == "denied")
        ][:GLANCE]

    def beyond(self, sections: list[tuple[str, list[Question]]]) -> int:
        """How many matters on which somebody differs stand below the table at a glance only."""
        differing = [q for s, found in sections if s in OPEN for q in found if q.likelihood is None]
        return len(differing) - len(self.glance(sections))

    def sides(self, question: Question) -> list[Side]:
        """The positions of a question in a line each, the first few; of what is only denied, that nobody else says it.

        An answer given up since is no side of a dispute of others that still stand.
        """
        standing = [p for p in question.positions if p.standing == "live"]
        disputed = question.status == "disputed" and len(standing) > 1
        told = standing if disputed else question.positions
        found = [self._side(question, p) for p in told[:SIDES]]
        if len(found) == 1:
            members = self.members(question.positions[0])
            said = " ".join(
                s.of(self.reports[m.report].text)
                for m in members
                if not isinstance(m, DossierFigure)
                for s in (*m.cue, *m.content)
            )
            whose = _HEARSAY.search(said)
            heard = f"{whose[0]} by nobody named" if whose else "nobody named says so"
            return [Side("", f"{heard}: only the denial tells of it", "live"), *found]
        return found

    def _side(self, question: Question, position: Position) -> Side:
        members = sorted(
            self.members(position),
            key=lambda m: (
                m.speaker is None,
                not isinstance(m, DossierFigure) and m.stance not in _TELLING,
            ),
        )
        # A number within a denial is told by the denier and claimed by another.
        claiming = [m for m in members if m.speaker in position.parties]
        named = claiming or [m for m in members if m.speaker is not None] or members
        names = list(dict.fromkeys(self.speaker(m) for m in named))
        who = self._called(names)
        if not members:
            return Side(who, "", position.standing)
        figures = [m for m in members if isinstance(m, DossierFigure)]
        if not question.measure and len(figures) == len(members):
            counted = figures[0]
            what = "votes for " if counted.measure == "votes" and counted.who else ""
            words = f"{counted.said} {what}{counted.who or counted.measure.replace('_', ' ')}"
            return Side(f"{who}:", words, position.standing)
        if question.measure and figures:
            words = " / ".join(list(dict.fromkeys(f.said for f in figures))[:NAMES])
            if question.measure == "vote_share":
                words += self._of_what(figures[0])
            day = figures[0].when if question.status == "revised" else ""
            words += f", as of {day}" if day else ""
            return Side(f"{who}:", words, position.standing)
        # "The ministry's claim" says less than what goes with it.
        first = next(
            (m for m in members if not isinstance(m, DossierFigure) and len(self.words(m).split()) >= TELLING),
            members[0],
        )  # fmt: skip
        # Nobody's words are put into another's mouth: who else is on this side is told apart.
        others = [n for n in names if n != self.speaker(first)]
        who, also = self._called([self.speaker(first)]), self._called(others)
        if isinstance(first, DossierFigure):
            said = shortened("".join(self.sentence(first)), SHORT)
            return Side(f"{who}:", said, position.standing, also)
        acts: str = first.stance.value if first.stance.value in _ACTING else ""
        told = [first] if not acts else self._told(first, members)
        concedes = acts == "apologises"
        if acts:
            acts = self.act(told[0]) if acts == "denies" else agreeing(self.speaker(first), acts)
        shown = []
        for claim in told:
            words = self.words(claim)
            if words.startswith("to "):  # "refused to recognise the result"
                text = self.reports[claim.report].text
                words = " ".join([*(s.of(text) for s in claim.cue), words])
            shown.append(_as_worded(words))
        return Side(
            f"{who} {acts}".rstrip() + ":",
            "; ".join(shown),
            position.standing,
            also,
            concedes=concedes,
        )

    def _called(self, names: Sequence[str]) -> str:
        """The first names with their offices, and how many more there are."""
        more = f" and {len(names) - NAMES} more" if len(names) > NAMES else ""
        shown = [
            f"{n} ({office})" if (office := self.office(n)) else shortened(n, LONGEST_NAME)
            for n in names[:NAMES]
        ]
        return ", ".join(shown) + more

    def _told(
        self, first: DossierClaim, members: Sequence[DossierClaim | DossierFigure]
    ) -> list[DossierClaim]:
        """What a speaker says against something, in two claims at most: what is denied, then the denial's own words."""
        also = [
            m
            for m in members
            if m is not first
            and not isinstance(m, DossierFigure)
            and m.speaker in (first.speaker, None)
        ]
        return sorted([first, *also[:1]], key=lambda m: bool(NEGATION.search(self.words(m))))

    def _of_what(self, share: DossierFigure) -> str:
        """For whom a share of the vote is, and of which votes where its clause says so: "in Dorn"."""
        tail = _WITHIN.match(self.sentence(share)[2])
        whose = f" for {share.who}" if share.who else ""
        return whose + (f", {shortened(tail[0], TAIL)}" if tail else "")

    def topic(self, question: Question) -> str:
        """What a question of fact is about, in the few words that its claims share and others have not; its title, if it is about numbers alone."""
        members = [
            m
            for p in question.positions
            for m in self.members(p)
            if not isinstance(m, DossierFigure)
        ]
        if not members:
            return question.title
        words: dict[str, str] = {}  # by root, in the order of telling
        first: set[str] = set()  # the roots of the first claim that has any
        held: Counter[str] = Counter()
        for member in members:
            found = {w[:ROOT].lower(): w for w in reversed(_WORDS.findall(self.words(member)))}
            held.update(found.keys())
            first = first or set(found)
            for root, word in reversed(found.items()):
                words.setdefault(root, word)
        shared = [r for r in words if held[r] > 1]
        shared.sort(key=lambda r: -min(held[r], SIDES) / (1 + self._common[r]) ** 0.5)
        rest = [r for r in words if held[r] == 1 and r in first]
        return ", ".join(words[r] for r in [*shared, *rest][:TOPIC])

    @cached_property
    def _common(self) -> Counter[str]:
        """In how many claims of the case a word stands, by its root."""
        return Counter(
            root
            for claim in self.dossier.claims
            for root in {w[:ROOT].lower() for w in _WORDS.findall(self.words(claim))}
        )

    def note(self, question: Question) -> str:
        """What a status does not tell by itself: that a later count by others is no correction."""
        if question.status != "revised" or not question.measure:
            return ""
        said = [{m.speaker for m in self.members(p)} for p in question.positions]
        if len(said) < 2:
            return ""
        return (
            "by the same"
            if set.intersection(*said)
            else "the count moved on; both may hold for their day"
        )

    def groups(self, position: Position) -> list[list[DossierClaim | DossierFigure]]:
        """A position's members, those of one speaker in the same words together: copies, captions, repetitions."""
        grouped: dict[tuple[str, str], list[DossierClaim | DossierFigure]] = defaultdict(list)
        for item in self.members(position):
            said = item.said.lower() if isinstance(item, DossierFigure) else self.words(item)
            grouped[self.voice(item), said].append(item)
        return list(grouped.values())

    def voice(self, item: DossierClaim | DossierFigure) -> str:
        """Whoever vouches: a party, or the text that a report copies."""
        report = self.reports[item.report]
        return item.speaker or report.copy_of or report.id

    def is_figure(self, item: object) -> bool:
        return isinstance(item, DossierFigure)

    def sections(self) -> list[tuple[str, list[Question]]]:
        """Questions by status, those that disagree first."""
        by_status: dict[str, list[Question]] = defaultdict(list)
        for question in self.dossier.questions:
            by_status[question.status].append(question)
        return [(status, by_status[status]) for status in STATUSES if by_status[status]]

    def by_measure(self) -> list[tuple[str, list[DossierFigure]]]:
        """Figures by measure, in the order of their as-of."""
        grouped: dict[str, list[DossierFigure]] = defaultdict(list)
        for figure in self.dossier.figures:
            grouped[figure.measure].append(figure)
        return [
            (measure, sorted(grouped[measure], key=lambda f: (f.when, f.report, f.span)))
            for measure in sorted(grouped, key=lambda m: (m == "other", m))
        ]

    def matrix(self) -> tuple[list[Question], list[tuple[Party, list[str]]]]:
        """Who says what: the questions that disagree, and for each speaker a word a question."""
        open_questions = [q for q in self.dossier.questions if q.status in OPEN]
        columns = open_questions[:MATRIX_COLUMNS]
        said: dict[str, list[list[str]]] = defaultdict(lambda: [[] for _ in columns])
        for n, question in enumerate(columns):
            for position in question.positions:
                for item in self.members(position):
                    if item.speaker in self.parties:
                        word = item.said if isinstance(item, DossierFigure) else item.stance.value
                        said[item.speaker][n].append(word)
        rows = [
            (self.parties[id], [", ".join(list(dict.fromkeys(words))[:CELL]) for words in cells])
            for id, cells in said.items()
        ]
        rows.sort(key=lambda row: (-sum(map(bool, row[1])), row[0].name, row[0].id))
        return columns, rows[:MATRIX_ROWS]
