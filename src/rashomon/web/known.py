"""A case as it is now or was known on a day, derived once and kept until something is added."""

from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import NamedTuple

from rashomon.dossier.views import View
from rashomon.model import Judgement
from rashomon.pipeline import derive, known_by, protected, withheld
from rashomon.store import CaseStore

KEPT = 6  # dossiers kept
PATIENCE = 2.0  # seconds after which the case is shown as it was before

State = tuple[tuple[int, ...], str, bool]


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


class Shown(NamedTuple):
    """A view with the state of the case that it shows; `behind` if a newer one is being derived."""

    view: View
    state: State
    behind: bool


class Known:
    """The dossiers of one case folder. Safe to share between threads."""

    def __init__(self, folder: Path, extractor: str, redact: Sequence[str] = ()) -> None:
        self.folder, self.extractor, self.redact = folder, extractor, tuple(redact)
        self._lock = Lock()
        self._views: OrderedDict[State, Future[View]] = OrderedDict()
        self._since: dict[State, float] = {}  # when the deriving of each was asked for
        self._before: dict[tuple[str, bool], tuple[View, State]] = {}  # the last made of each
        self._work = ThreadPoolExecutor(max_workers=1)

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

    def view(
        self, *, day: str = "", decided: bool = True, keep: str = "", wait: bool = False
    ) -> Shown:
        """The case as known at the end of a day (ISO; "" now), with or without people's decisions.

        A large case takes a while to derive. Unless told to `wait`, whoever asks gets after
        PATIENCE seconds the case as it was before, marked as behind; never where a name is
        withheld, since what is decided or added can make more of it known.
        """
        with CaseStore.open(self.folder) as store:
            judgements, size = store.judgements(), store.size()
        withholding = bool(self.redact or protected(judgements))
        # Without people's decisions, and where they withhold nothing, how many there are is no matter.
        counts = bool(judgements) and (decided or withholding)
        state = ((*size[:2], size[2] if counts else 0, *size[3:]), day, decided and counts)
        with self._lock:
            future = self._views.get(state)
            if future is None:
                future = self._views[state] = self._work.submit(self._derived, day, decided)
                self._since[state] = monotonic()
                while len(self._views) > KEPT:
                    gone, _ = self._views.popitem(last=False)
                    self._since.pop(gone, None)
            self._views.move_to_end(state)
            before = self._before.get((day, decided))
            left = max(0.0, self._since[state] + PATIENCE - monotonic())
        if withholding or wait:
            before = None
        try:
            made = future.result(None if before is None else left)
        except TimeoutError:
            assert before is not None  # noqa: S101  only then is there a limit
            view, known = before
            return Shown(view.at(Address(keep)), known, behind=True)
        except Exception:
            with self._lock:
                self._views.pop(state, None)  # what failed once is tried again
            raise
        with self._lock:
            self._before[day, decided] = made, state
        return Shown(made.at(Address(keep)), state, behind=False)

    def _derived(self, day: str, decided: bool) -> View:
        with CaseStore.open(self.folder) as store:
            judgements = store.judgements()
            facts = list(store.dated_facts(self.extractor))
            everything = known_by(facts, "")
            read_by_now = {report.path for report, _ in everything}
            rejected = [r for r in store.rejected() if r.path not in read_by_now]
        made = View(
            derive(
                known_by(facts, day),
                judgements=judgements if decided else (),
                rejected=rejected,
                redaction=withheld(everything, judgements, self.redact),
                whole=not day,
            )
        )
        made.fold()
        return made

    def size(self) -> tuple[int, ...]:
        """How many facts of each kind the case holds."""
        with CaseStore.open(self.folder) as store:
            return store.size()

    def days(self) -> list[str]:
        """The days of publication, for the date control."""
        return sorted({r.published[:10] for r in self.view().view.dossier.reports if r.published})
