"""Names withheld: replaced in every text and every field before anything is derived."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar
from urllib.parse import unquote

import msgspec

from rashomon.model import TITLES, Cast, Extraction, Judgement, Rejected, Report, Span, in_force

S = TypeVar("S", bound=msgspec.Struct)
WITHHELD = "[name withheld]"
_SHORTEST = 2  # letters of a part of a name that is withheld by itself
_ANYWHERE = 6  # letters from which a name is withheld inside longer words too: "#FreeVashchenko"
_ADDRESSES = frozenset({"url", "path", "external_id"})
_PARTICLES = frozenset("de da di la le van von der den del al el bin ibn y e du dos das".split())
_NOT_NAMES = (
    frozenset(
        (
            "the a an his her their its our my this that of and for in on at to from interior foreign prime defence defense state"
            " ministry office head first deputy opposition former mrs union party group republic national central"
        ).split()
    )
    | TITLES
    | _PARTICLES
)


def protected(judgements: Sequence[Judgement]) -> list[str]:
    """The names that people marked as to be withheld."""
    return sorted({s for j in in_force(judgements) if j.verb == "protect" for s in j.subject})


def labels(names: Iterable[str], cast: Cast) -> dict[str, str]:
    """What each form of the withheld people is replaced by: a numbered label a person, where there are several.

    Forms are the names given, what else the reports call these people by name, and the
    parts of those. A part that two of them share gets the label without a number; one that
    is somebody else's name as well is withheld there, too: the safe side.
    """
    people: list[set[str]] = []
    for name in sorted({" ".join(n.split()) for n in names} - {""}):
        own = {name}
        for party in cast.parties:
            forms = (party.name, *party.aliases)
            if party.kind in ("person", "organisation") and _fold(name) in map(_fold, forms):
                own.update(form for form in forms if _is_name(form))
        parts = {p for form in (*own, name.title()) for p in _parts(form)}
        known = next((p for p in people if own & p), None)
        if known is None:
            people.append(own | parts)
        else:
            known |= own | parts
    out: dict[str, str] = {}
    for n, person in enumerate(people, 1):
        label = WITHHELD if len(people) == 1 else f"{WITHHELD[:-1]} {n}]"
        for form in person:
            out[_fold(form)] = label if out.get(_fold(form), label) == label else WITHHELD
    return {form: label for form, label in out.items() if form}


def _is_name(form: str) -> bool:
    """Whether a form is a name and no description: "Ann Bell", not "The mayor, Ann Bell,"."""
    words = [w for w in re.findall(r"[\w’'-]+", form) if w.lower() not in _PARTICLES]
    bare = [w for w in words if w.lower().strip(".") not in TITLES]
    return bool(bare) and "," not in form and all(w[:1].isupper() or not w.isascii() for w in words)


def _parts(form: str) -> list[str]:
    found = re.findall(r"[^\W\d_][\w’'-]+", form)
    return [
        p
        for p in found
        if len(p) >= _SHORTEST and not p[0].islower() and p.lower() not in _NOT_NAMES
    ]


def _fold(text: str) -> str:
    return " ".join(_folded(text)[0].split())


def _folded(text: str) -> tuple[str, list[int]]:
    """A text in plain lower case without accents, and for each of its characters the place in the text."""
    out: list[str] = []
    at: list[int] = []
    for i, char in enumerate(text):
        for part in unicodedata.normalize("NFKD", "'" if char in "’ʼ‘`" else char).lower():
            if not unicodedata.combining(part):
                out.append(part)
                at.append(i)
    return "".join(out), at


class Redaction:
    """Replaces name forms and carries offsets over. Letter case, accents and line breaks do not hide a name."""

    def __init__(self, forms: Mapping[str, str]) -> None:
        self.label = dict(forms)
        ordered = sorted(forms, key=lambda f: (-len(f), f))
        self.pattern = re.compile("|".join(self._anywhere(f) for f in ordered) or r"(?!)")
        self.bare = [re.sub(r"[\W_]+", "", form) for form in ordered]

    @staticmethod
    def _anywhere(form: str) -> str:
        words = r"[\s_\-–]+".join(re.escape(w) for w in form.split())
        whole = words if len(form) >= _ANYWHERE else rf"(?<![^\W_]){words}(?![^\W_])"
        return f"(?:{whole})"

    def _cuts(self, text: str) -> list[tuple[int, int, str]]:
        """Start, end and label of each name in a text."""
        plain, at = _folded(text)
        cuts = []
        for found in self.pattern.finditer(plain):
            end = at[found.end() - 1] + 1
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
            form = " ".join(re.split(r"[\s_\-–]+", found.group()))
            cuts.append((at[found.start()], end, self.label.get(form, WITHHELD)))
        return cuts

    @staticmethod
    def unseen(facts: Iterable[tuple[Report, Extraction]], names: Iterable[str]) -> list[str]:
        """The names that no text of the reports holds."""
        texts = [_fold(report.text) for report, _ in facts]
        return [name for name in names if not any(_fold(name) in text for text in texts)]

    def words(self, text: str) -> str:
        """A text with the names replaced."""
        out, done = [], 0
        for start, end, label in self._cuts(text):
            out += [text[done:start], label]
            done = end
        return "".join([*out, text[done:]])

    def _address(self, value: str) -> str:
        """A file name or address, withheld whole if a name is in it, however it is written there."""
        plain = re.sub(r"[\W_]+", "", _folded(unquote(value))[0])
        return WITHHELD if any(len(b) >= 4 and b in plain for b in self.bare) else self.words(value)

    def report(self, report: Report, extraction: Extraction) -> tuple[Report, Extraction]:
        """A report and what was found in it without the names; spans still slice to their words."""
        cuts = self._cuts(report.text)
        moved = _mover(cuts)
        text = self.words(report.text)
        kept = [
            msgspec.structs.replace(s, span=span)
            for s in report.segments
            if (span := moved(s.span)) is not None
        ]
        plain = {
            name: self._address(value) if name in _ADDRESSES else self.words(value)
            for name in report.__struct_fields__
            if name not in ("id", "sha256", "text")
            and isinstance(value := getattr(report, name), str)
        }
        clean = msgspec.structs.replace(report, text=text, segments=tuple(kept), **plain)
        return clean, self._extraction(extraction, text, moved)

    def judgement(self, judgement: Judgement) -> Judgement:
        """A decision without the names."""
        return msgspec.structs.replace(
            judgement,
            subject=tuple(self.words(s) for s in judgement.subject),
            by=self.words(judgement.by),
            because=self.words(judgement.because),
            value=None if judgement.value is None else self.words(judgement.value),
        )

    def rejection(self, rejected: Rejected) -> Rejected:
        """Something left out, without the names; its span no longer holds."""
        return msgspec.structs.replace(
            rejected,
            reason=self.words(rejected.reason),
            path=None if rejected.path is None else self._address(rejected.path),
            span=None,
        )

    def _extraction(
        self, found: Extraction, text: str, moved: Callable[[Span], Span | None]
    ) -> Extraction:
        def spans(old: tuple[Span, ...]) -> tuple[Span, ...]:
            return tuple(s for span in old if (s := moved(span)) is not None)

        def clean(item: S) -> S:
            fields = {
                name: self.words(value)
                for name in item.__struct_fields__
                if name not in ("id", "claim", "parent")
                and type(value := getattr(item, name)) is str
            }
            return msgspec.structs.replace(item, **fields)

        claims = [
            msgspec.structs.replace(
                clean(c), content=spans(c.content), cue=spans(c.cue), source=spans(c.source)
            )
            for c in found.claims
        ]
        figures = []
        for figure in found.figures:
            span = moved(figure.span)
            if span is not None:
                figures.append(
                    msgspec.structs.replace(clean(figure), span=span, said=span.of(text))
                )
        return msgspec.structs.replace(
            found,
            claims=tuple(c for c in claims if c.content),
            figures=tuple(figures),
            mentions=tuple(
                msgspec.structs.replace(m, span=s)
                for m in found.mentions
                if (s := moved(m.span)) is not None
            ),
            times=tuple(
                msgspec.structs.replace(t, span=s)
                for t in found.times
                if (s := moved(t.span)) is not None
            ),
            rejected=tuple(self.rejection(r) for r in found.rejected),
        )


def _mover(cuts: Sequence[tuple[int, int, str]]) -> Callable[[Span], Span | None]:
    """Where a span of the old text lies in the new one; a name that it cuts is taken whole."""

    def place(at: int, *, end: bool) -> int:
        shift = 0
        for first, last, label in cuts:
            if first >= at:
                break
            if at < last:
                return first + shift + (len(label) if end else 0)
            shift += len(label) - (last - first)
        return at + shift

    def moved(span: Span) -> Span | None:
        new = Span(place(span.start, end=False), place(span.end, end=True))
        return new if new.start < new.end else None

    return moved
