"""Which questions, claims and reports a reader asked for: by words, status, party, class, outlet, place and time."""

from collections.abc import Iterator, Sequence

import msgspec

from rashomon.dossier.views import View
from rashomon.model import DossierClaim, DossierFigure, Question

HITS = 200  # places of a search that are shown


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for; "" asks for nothing. `since` and `until` are days (ISO)."""

    q: str = ""
    status: str = ""
    party: str = ""
    party_class: str = ""
    outlet: str = ""
    place: str = ""
    measure: str = ""
    since: str = ""
    until: str = ""

    @property
    def empty(self) -> bool:
        return not any(getattr(self, name) for name in self.__struct_fields__)


def questions(view: View, wanted: Filter) -> list[Question]:
    """The questions of which at least one member is wanted, in the dossier's order."""
    found = [
        q
        for q in view.dossier.questions
        if (not wanted.status or q.status == wanted.status)
        and (not wanted.measure or q.measure == wanted.measure)
    ]
    by_member = msgspec.structs.replace(wanted, status="", measure="")
    return found if by_member.empty else [q for q in found if _any_member(view, q, wanted)]


def _any_member(view: View, question: Question, wanted: Filter) -> bool:
    said, everything, members = view.asked(question)
    words = wanted.q.casefold().split()
    if not all(word in everything for word in words):
        return False
    # What its title does not say one and the same member must.
    missing = [word for word in words if word not in said]
    return any(
        _fits(view, item, wanted) and all(word in view.folded(item) for word in missing)
        for item in members
    )


def _fits(view: View, item: DossierClaim | DossierFigure, wanted: Filter) -> bool:
    if wanted.since or wanted.until:
        day = view.as_of(item) if isinstance(item, DossierFigure) else (item.said_at or "")[:10]
        day = day or (view.reports[item.report].published or "")[:10]
        if (wanted.since and day < wanted.since) or (wanted.until and day > wanted.until):
            return False
    return (
        (not wanted.party or item.speaker == wanted.party)
        and (not wanted.party_class or view.party_class(item) == wanted.party_class)
        and (not wanted.outlet or view.outlet(view.reports[item.report]) == wanted.outlet)
        and (not wanted.place or wanted.place.casefold() in view.folded(item))
    )


def figures(view: View, wanted: Filter) -> list[DossierFigure]:
    """The figures that are wanted, in the dossier's order."""
    words = wanted.q.casefold().split()
    return [
        f
        for f in view.dossier.figures
        if (not wanted.measure or f.measure == wanted.measure)
        and _fits(view, f, wanted)
        and all(w in view.folded(f) for w in words)
    ]


class Hit(msgspec.Struct, frozen=True):
    """A place where the words stand: a report's id, its words around them, and the mark to open."""

    report: str
    before: str
    words: str
    after: str
    link: str


def search(view: View, q: str) -> Sequence[Hit]:
    """Where all the texts hold a phrase, in the order of the reports; the nearest mark before it opens."""
    return list(_hits(view, " ".join(q.split())))[:HITS]


def _hits(view: View, phrase: str) -> Iterator[Hit]:
    if not phrase:
        return
    found = 0
    for report in view.dossier.reports:
        text, at = report.text, -1
        folded = text.lower() if len(text.lower()) == len(text) else text
        while (at := folded.find(phrase.lower(), at + 1)) >= 0 and found < HITS:
            found += 1
            end = at + len(phrase)
            yield Hit(
                report=report.id,
                before=" ".join(text[max(0, at - 70) : at].split()),
                words=text[at:end],
                after=" ".join(text[end : end + 90].split()),
                link=view.mark_near(report.id, at),
            )
