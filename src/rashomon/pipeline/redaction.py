"""Names withheld: replaced in every text and every field before anything is derived."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import msgspec

from rashomon.model import TITLES, Cast, Extraction, Judgement, Rejected, Report, Span, in_force

WITHHELD = "[name withheld]"
S = TypeVar("S", bound=msgspec.Struct)
_SHORTEST = 3  # letters of a part of a name that is withheld by itself


def protected(judgements: Sequence[Judgement]) -> list[str]:
    """The names that people marked as to be withheld."""
    return sorted({j.subject[0] for j in in_force(judgements) if j.verb == "protect"})


def forms_of(names: Iterable[str], cast: Cast) -> list[str]:
    """Every form of the parties that bear one of the names, and the capitalised parts of those forms.

    Longest first. A part that is withheld may be somebody else's name, too: the safe side.
    """
    wanted = {name.casefold() for name in names}
    forms = set(names)
    for party in cast.parties:
        own = (party.name, *party.aliases)
        if party.kind == "person" and wanted & {form.casefold() for form in own}:
            forms.update(form for form in own if any(c.isupper() for c in form))
    for form in sorted(forms):
        for part in re.findall(r"[^\W\d_][\w’'-]+", form):
            if part[0].isupper() and len(part) >= _SHORTEST and part.lower() not in TITLES:
                forms.add(part)
    return sorted(forms, key=lambda f: (-len(f), f))


class Redaction:
    """Replaces name forms and carries offsets over."""

    def __init__(self, forms: Sequence[str]) -> None:
        self.pattern = re.compile(
            "|".join(rf"(?<!\w){re.escape(form)}(?!\w)" for form in forms if form.strip())
            or r"(?!)",
            re.I,
        )

    def words(self, text: str) -> str:
        return self.pattern.sub(WITHHELD, text)

    def report(self, report: Report, extraction: Extraction) -> tuple[Report, Extraction]:
        """A report and what was found in it without the names; spans still slice to their words."""
        moved = self._mover(report.text)
        text = self.words(report.text)
        kept = [
            msgspec.structs.replace(s, span=span)
            for s in report.segments
            if (span := moved(s.span)) is not None
        ]
        plain = {
            name: self.words(value)
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
            because=self.words(judgement.because),
            value=None if judgement.value is None else self.words(judgement.value),
        )

    def rejection(self, rejected: Rejected) -> Rejected:
        """Something left out, without the names; its span no longer holds."""
        return msgspec.structs.replace(
            rejected,
            reason=self.words(rejected.reason),
            path=None if rejected.path is None else self.words(rejected.path),
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

    def _mover(self, text: str) -> Callable[[Span], Span | None]:
        """Where a span of the old text lies in the new one; a name that it cuts is taken whole."""
        cuts = [(m.start(), m.end()) for m in self.pattern.finditer(text)]

        def place(at: int, *, end: bool) -> int:
            shift = 0
            for first, last in cuts:
                if first >= at:
                    break
                if at < last:
                    return first + shift + (len(WITHHELD) if end else 0)
                shift += len(WITHHELD) - (last - first)
            return at + shift

        def moved(span: Span) -> Span | None:
            new = Span(place(span.start, end=False), place(span.end, end=True))
            return new if new.start < new.end else None

        return moved
