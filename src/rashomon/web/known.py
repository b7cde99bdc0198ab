"""A case as it is now or was known on a day, derived once and kept until something is added."""

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from rashomon.dossier.views import View
from rashomon.model import Judgement
from rashomon.pipeline import derive, known_by, protected, withheld
from rashomon.store import CaseStore

KEPT = 6  # dossiers kept


class Address:
    """Links of the app: a claim or figure to its words in its report, the rest to their own page.

    `keep` is the query string that every link carries on.
    """

    def __init__(self, keep: str) -> None:
        self.keep = keep

    def __call__(self, view: View, id: str) -> str:
        if report := view.report_of(id):
            return f"/reports/{report}{self.keep}" + (f"#{id}" if id != report else "")
        return f"/{'parties' if id in view.parties else 'questions'}/{id}{self.keep}"


class Known:
    """The dossiers of one case folder. Safe to share between threads."""

    def __init__(self, folder: Path, extractor: str, redact: Sequence[str] = ()) -> None:
        self.folder, self.extractor, self.redact = folder, extractor, tuple(redact)
        self._lock = Lock()
        self._views: OrderedDict[tuple[object, ...], View] = OrderedDict()

    def judgements(self, *, raw: bool) -> list[Judgement]:
        """All decisions; unless `raw`, without the names that they or the options withhold.

        Even raw, names withheld by an option stay so: only who started the app knows them.
        """
        with CaseStore.open(self.folder) as store:
            found = list(store.judgements())
            if not self.redact and (raw or not protected(found)):
                return found
            facts = [(r, e) for _, r, e in store.dated_facts(self.extractor)]
        redaction = withheld(facts, () if raw else found, self.redact)
        if redaction is None:
            return found
        return [redaction.judgement(j) for j in found]

    def view(self, *, day: str = "", decided: bool = True, keep: str = "") -> View:
        """The case as known at the end of a day (ISO; "" now), with or without people's decisions."""
        with self._lock, CaseStore.open(self.folder) as store:
            judgements = store.judgements()
            state = (store.size(), day, decided or not judgements)
            made = self._views.get(state)
            if made is None:
                facts = list(store.dated_facts(self.extractor))
                everything = known_by(facts, "")
                read_by_now = {report.path for report, _ in everything}
                made = View(
                    derive(
                        known_by(facts, day),
                        judgements=judgements if decided else (),
                        rejected=[r for r in store.rejected() if r.path not in read_by_now],
                        redaction=withheld(everything, judgements, self.redact),
                        whole=not day,
                    )
                )
                self._views[state] = made
                while len(self._views) > KEPT:
                    self._views.popitem(last=False)
            self._views.move_to_end(state)
        return made.at(Address(keep))

    def size(self) -> tuple[int, ...]:
        """How many facts of each kind the case holds."""
        with CaseStore.open(self.folder) as store:
            return store.size()

    def days(self) -> list[str]:
        """The days of publication, for the date control."""
        return sorted({r.published[:10] for r in self.view().dossier.reports if r.published})
