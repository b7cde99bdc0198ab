"""The app: every view has an address, every decision is appended. Rendered on the server, no script."""

import io
import secrets
import zipfile
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Annotated, Any, TypeVar
from urllib.parse import quote, unquote, urlencode

import msgspec
from fastapi import Depends, FastAPI, Form, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from jinja2 import ChoiceLoader, Environment, PackageLoader

from rashomon.dossier import changes, dossier_json, filters
from rashomon.dossier import pages as files
from rashomon.dossier.charts import Chart, chart, warm
from rashomon.dossier.filters import Filter
from rashomon.dossier.page import environment, marked, style
from rashomon.dossier.views import STATUSES, View
from rashomon.model import (
    FIGURE_KINDS,
    MEASURES,
    VERBS,
    Cast,
    DossierFigure,
    Judgement,
    Question,
    RashomonError,
    Stance,
    digest,
    in_force,
    not_undone,
)
from rashomon.pipeline import CLAIM_FIELDS, FIGURE_FIELDS, correction
from rashomon.resolve import Suggestion, suggestions
from rashomon.store import CaseStore
from rashomon.web import tables
from rashomon.web.known import Known, Shown
from rashomon.web.safety import Guard

MADE = 40  # charts and the like that are kept
PAGE = 30  # questions, figures or parties a page
ROWS = 150  # figures a page
MOST = 6  # members of a position on a page of many questions
ALL = 10_000
T = TypeVar("T")
_NAMES = frozenset({"same", "different", "unsure"})


class NotHere(Exception):
    """What an address names is not in the case as it is shown."""


@cache
def _environment() -> Environment:
    base = environment()
    return base.overlay(
        loader=ChoiceLoader(
            [PackageLoader("rashomon.web"), base.loader or PackageLoader("rashomon.dossier")]
        )
    )


class Asked(msgspec.Struct):
    """What all pages take from their address: the day, whether decisions count, the filter, the page.

    `shown` is the view that the request was given, the same from its first look to its last.
    """

    day: str
    decided: bool
    wanted: Filter
    number: int
    shown: Shown | None = None

    @property
    def keep(self) -> str:
        """The part of the query string that every link carries on."""
        kept = {"as_of": self.day} if self.day else {}
        if not self.decided:
            kept["decisions"] = "off"
        return f"?{urlencode(kept)}" if kept else ""


def asked(
    as_of: Annotated[str, Query(max_length=40)] = "",
    decisions: Annotated[str, Query(max_length=3)] = "on",
    q: Annotated[str, Query(max_length=200)] = "",
    status: Annotated[str, Query(max_length=20)] = "",
    party: Annotated[str, Query(max_length=40)] = "",
    party_class: Annotated[str, Query(alias="class", max_length=40)] = "",
    outlet: Annotated[str, Query(max_length=200)] = "",
    place: Annotated[str, Query(max_length=100)] = "",
    measure: Annotated[str, Query(max_length=20)] = "",
    since: Annotated[str, Query(max_length=10)] = "",
    until: Annotated[str, Query(max_length=10)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Asked:
    """The query string, checked: a day that is none is left out."""
    wanted = Filter(
        q=q, status=status, party=party, party_class=party_class, outlet=outlet, place=place, measure=measure, since=_day(since), until=_day(until)
    )  # fmt: skip
    return Asked(_day(as_of), decisions != "off", wanted, page)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


Ask = Annotated[Asked, Depends(asked)]


def create_app(
    folder: Path,
    extractor: str,
    *,
    token: str = "",
    hosts: Sequence[str] = ("127.0.0.1:8765", "localhost:8765"),
    private: bool = False,
    redact: Sequence[str] = (),
) -> FastAPI:
    """The app over a case folder as read by `extractor`.

    Calling `state.ready` derives the case before the first request does.
    `hosts` are the values of Host it answers to; `token` is asked for to write, and with
    `private` to read; names in `redact` are withheld everywhere.
    """
    token = token or secrets.token_urlsafe(24)
    app = FastAPI(title="Rashomon", docs_url=None, redoc_url=None, openapi_url=None)
    guard = Guard(hosts, token, private=private)
    app.middleware("http")(guard)
    case = Known(folder, extractor, redact)
    shell = Shell(case, guard)
    _reading(app, shell)
    _lists(app, shell)
    _deciding(app, shell)
    _taking(app, shell)

    @app.exception_handler(NotHere)
    async def not_here(request: Request, error: NotHere) -> Response:
        return shell.page(request, asked(), "message.html", 404, message=str(error), active="")

    @app.exception_handler(RequestValidationError)
    async def odd(request: Request, error: RequestValidationError) -> Response:
        message = "The address or the form holds something that cannot be."
        return shell.page(request, asked(), "message.html", 422, message=message, active="")

    @app.exception_handler(RashomonError)
    async def wrong(request: Request, error: RashomonError) -> Response:
        return shell.page(request, asked(), "message.html", 400, message=str(error), active="")

    app.state.ready = shell.ready

    @app.get("/style.css")
    def stylesheet() -> Response:
        own = (Path(__file__).parent / "templates/app.css").read_text("utf8")
        return Response(style() + own, media_type="text/css")

    return app


class Shell:
    """Renders a page of the app with what all pages show."""

    def __init__(self, case: Known, guard: Guard) -> None:
        self.case, self.guard = case, guard
        self._made: OrderedDict[tuple[object, ...], Any] = OrderedDict()
        self._lock = Lock()

    def view(self, asked: Asked) -> View:
        return self.shown(asked).view

    def whole(self, asked: Asked) -> View:
        """The view with every decision in it, however long it takes: for what leaves the app."""
        found = self.case.view(day=asked.day, decided=asked.decided, keep=asked.keep, wait=True)
        return found.view

    def shown(self, asked: Asked) -> Shown:
        if asked.shown is None:
            asked.shown = self.case.view(day=asked.day, decided=asked.decided, keep=asked.keep)
        return asked.shown

    def counted(self, asked: Asked, measure: str) -> tuple[list[DossierFigure], Chart | None]:
        """The figures of a measure that are asked for, in time, and their chart."""
        view, wanted = self.view(asked), msgspec.structs.replace(asked.wanted, measure=measure)
        found = filters.figures(view, wanted)
        found.sort(key=lambda f: (f.when, f.report, f.span))
        key = ("chart", wanted, asked.keep, self.shown(asked).state)
        return found, self.once(key, lambda: chart(view, measure, found))

    def suggested(self, asked: Asked, decided: list[Judgement]) -> list[Suggestion]:
        """The likeliest pairs of parties that may be one and that nobody has decided on."""
        cast = Cast(parties=self.view(asked).dossier.parties)
        key = ("suggestions", tuple(p.id for p in cast.parties), tuple(j.id for j in decided))
        return self.once(key, lambda: suggestions(cast, decided)[:PAGE])

    def ready(self) -> None:
        """Derive the case, draw its charts and compare its parties before anybody asks."""
        warm()
        now = Asked("", decided=True, wanted=Filter(), number=1)
        for measure, _ in self.view(now).by_measure():
            self.counted(now, measure)
        self.suggested(now, self.case.judgements(raw=False))

    def once(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """What takes long to make, such as a chart, kept for the next who asks; `key` tells it from all others."""
        with self._lock:
            if key in self._made:
                known: T = self._made[key]
                return known
        made = make()
        with self._lock:
            self._made[key] = made
            while len(self._made) > MADE:
                self._made.popitem(last=False)
        return made

    def judgements(self, request: Request) -> list[Judgement]:
        """The decisions; withheld names are shown only to who may undo the decision."""
        return self.case.judgements(raw=self.guard.holds(request))

    def page(
        self, request: Request, asked: Asked, template: str, status: int = 200, **values: object
    ) -> HTMLResponse:
        view, _, behind = self.shown(asked)
        known = {
            "behind": behind, "view": view, "dossier": view.dossier, "asked": asked, "keep": asked.keep, "path": request.url.path,
            "reviewing": self.guard.holds(request), "by": unquote(request.cookies.get("reviewer", "")), "days": self.case.days(),
            "statuses": STATUSES, "classes": sorted({p.party_class for p in view.dossier.parties}), "measures_known": MEASURES,
            "outlets": sorted({view.outlet(r) for r in view.dossier.reports}), "most": MOST, "unshown": {},
            "marked": lambda report: marked(view, report), "link": _link(request),
        }  # fmt: skip
        html = _environment().get_template(template).render(known | values)
        return HTMLResponse(html, status)


def _link(request: Request) -> Callable[..., str]:
    """The address of this page with some of its query changed; "" takes a part out."""

    def link(**changed: object) -> str:
        query = dict(request.query_params) | {k: str(v) for k, v in changed.items()}
        kept = {k.rstrip("_"): v for k, v in query.items() if v and k != "token"}
        return f"{request.url.path}?{urlencode(kept)}" if kept else request.url.path

    return link


def _slice(items: Sequence[Any], number: int, size: int = PAGE) -> tuple[Sequence[Any], int]:
    """A page of items, and how many pages there are."""
    return items[(number - 1) * size : number * size], max(1, -(-len(items) // size))


def _by_status(questions: Sequence[Question]) -> list[tuple[str, list[Question]]]:
    return [(s, found) for s in STATUSES if (found := [q for q in questions if q.status == s])]


def _reading(app: FastAPI, shell: Shell) -> None:
    @app.get("/")
    def overview(request: Request, asked: Ask) -> Response:
        found = filters.questions(shell.view(asked), asked.wanted)
        shown, pages = _slice(found, asked.number)
        perhaps = Counter(q.status for q in found if q.likelihood is not None)
        counts = {s: (len(q) - perhaps[s], perhaps[s]) for s, q in _by_status(found)}
        return shell.page(
            request, asked, "overview.html", sections=_by_status(shown), counts=counts, found=len(found), pages=pages, active="overview"
        )  # fmt: skip

    @app.get("/questions/{id}")
    def question(request: Request, asked: Ask, id: str) -> Response:
        view = shell.view(asked)
        one = next((q for q in view.dossier.questions if q.id == id), None)
        if one is None:
            raise NotHere("This question is not in the case as shown. It may have joined another.")
        return shell.page(
            request, asked, "question.html", question=one, most=ALL, active="overview"
        )

    @app.get("/figures")
    def all_figures(request: Request, asked: Ask) -> Response:
        view = shell.view(asked)
        kinds = [(m, len(f)) for m, f in view.by_measure()]
        chosen = asked.wanted.measure or (kinds[0][0] if kinds else "")
        found, svg = shell.counted(asked, chosen)
        shown, pages = _slice(found, asked.number, ROWS)
        drawn = [(chosen, shown, svg)] if found else []
        return shell.page(
            request, asked, "figures.html", measures=drawn, kinds=kinds, chosen=chosen, pages=pages, active="figures"
        )  # fmt: skip

    @app.get("/who")
    def who(request: Request, asked: Ask) -> Response:
        return shell.page(request, asked, "who.html", active="who")


def _lists(app: FastAPI, shell: Shell) -> None:
    @app.get("/timeline")
    def timeline(request: Request, asked: Ask) -> Response:
        wanted = asked.wanted
        entries = [
            e
            for e in shell.view(asked).dossier.timeline
            if all(w in e.what.casefold() for w in wanted.q.casefold().split())
            and (not wanted.since or e.when[:10] >= wanted.since)
            and (not wanted.until or e.when[:10] <= wanted.until)
        ]
        shown, pages = _slice(entries, asked.number)
        return shell.page(
            request, asked, "timeline.html", entries=shown, pages=pages, active="timeline"
        )

    @app.get("/parties")
    def parties(request: Request, asked: Ask) -> Response:
        words = asked.wanted.q.casefold()
        found = [
            p
            for p in shell.view(asked).dossier.parties
            if words in " ".join((p.name, *p.aliases)).casefold()
            and (not asked.wanted.party_class or p.party_class == asked.wanted.party_class)
        ]
        shown, pages = _slice(found, asked.number)
        maybe = shell.suggested(asked, shell.judgements(request))
        return shell.page(
            request, asked, "parties.html", parties=shown, pages=pages, maybe=maybe, active="parties"
        )  # fmt: skip

    @app.get("/parties/{id}")
    def party(request: Request, asked: Ask, id: str) -> Response:
        view = shell.view(asked)
        if id not in view.parties:
            raise NotHere("This party is not in the case as shown. It may have been merged.")
        said = [c for c in view.dossier.claims if c.speaker == id]
        counted = [f for f in view.dossier.figures if f.speaker == id]
        return shell.page(
            request, asked, "party.html", party=view.parties[id], said=said[:200], counted=counted[:200], active="parties",
            decided=_about(shell, request, {view.parties[id].name, *view.parties[id].aliases}),
        )  # fmt: skip

    @app.get("/reports")
    def reports(request: Request, asked: Ask) -> Response:
        view = shell.view(asked)
        words = asked.wanted.q.casefold()
        found = [
            r
            for r in view.dossier.reports
            if words in f"{r.title} {view.outlet(r)} {r.path}".casefold()
            and (not asked.wanted.outlet or view.outlet(r) == asked.wanted.outlet)
        ]
        shown, pages = _slice(found, asked.number)
        return shell.page(
            request, asked, "reports.html", reports=shown, pages=pages, active="reports"
        )

    @app.get("/reports/{id}")
    def report(request: Request, asked: Ask, id: str) -> Response:
        view = shell.view(asked)
        if id not in view.reports:
            raise NotHere("This report was not known on that day, or is not in the case.")
        return shell.page(request, asked, "report.html", report=view.reports[id], active="reports")

    @app.get("/search")
    def search(request: Request, asked: Ask) -> Response:
        hits = filters.search(shell.view(asked), asked.wanted.q)
        return shell.page(
            request, asked, "search.html", hits=hits, limit=filters.HITS, active="search"
        )

    @app.get("/changes")
    def changed(request: Request, asked: Ask) -> Response:
        since, until = asked.wanted.since, asked.wanted.until
        found = None
        if since:
            before = shell.case.view(day=since, decided=asked.decided)
            then = msgspec.structs.replace(asked, day=until or asked.day)
            after = shell.case.view(day=then.day, decided=asked.decided, keep=then.keep)
            found = [
                (one, after.view.href(one.ref))
                for one in changes(before.view.dossier, after.view.dossier)
            ]
        return shell.page(
            request, asked, "changes.html", changed=found, since=since, until=until, active="changes"
        )  # fmt: skip

    @app.get("/left-out")
    def left_out(request: Request, asked: Ask) -> Response:
        return shell.page(request, asked, "left_out.html", active="left-out")


def _about(shell: Shell, request: Request, subjects: set[str]) -> list[Judgement]:
    return [j for j in in_force(shell.judgements(request)) if subjects & set(j.subject)]


def _deciding(app: FastAPI, shell: Shell) -> None:
    @app.get("/review/{id}")
    def review(request: Request, asked: Ask, id: str) -> Response:
        view = shell.view(asked)
        item = view.claims.get(id) or view.figures.get(id)
        if item is None:
            raise NotHere("Nothing here has this id. What was rejected is listed under decisions.")
        question = next((q for q in view.dossier.questions if id in _members(q)), None)
        fields = FIGURE_FIELDS if view.is_figure(item) else CLAIM_FIELDS
        return shell.page(
            request, asked, "review.html", item=item, question=question, decided=_about(shell, request, {id}), fields=fields,
            stances=[s.value for s in Stance], kinds=FIGURE_KINDS, active="", others=[i for i in _members(question) if i != id],
        )  # fmt: skip

    @app.get("/decisions")
    def decisions(request: Request, asked: Ask) -> Response:
        everything = sorted(shell.judgements(request), key=lambda j: (j.at, j.id), reverse=True)
        standing = not_undone(everything)
        return shell.page(
            request,
            asked,
            "decisions.html",
            everything=everything,
            standing=standing,
            verbs=VERBS,
            active="decisions",
        )

    @app.post("/decisions")
    def decide(
        request: Request,
        verb: Annotated[str, Form(max_length=20)],
        subject: Annotated[list[str], Form(max_length=400)],
        by: Annotated[str, Form(max_length=80)],
        because: Annotated[str, Form(max_length=2000)] = "",
        field: Annotated[str, Form(max_length=20)] = "",
        value: Annotated[str, Form(max_length=400)] = "",
        back: Annotated[str, Form(max_length=400)] = "/decisions",
    ) -> Response:
        subjects = tuple(s.strip() for s in subject if s.strip())
        corrected = correction(field, value) if verb == "correct" else None
        _check(shell, verb, subjects, by)
        at = datetime.now(UTC).isoformat()
        judgement = Judgement(
            id=digest("j", verb, subjects, by, at, value), verb=verb, subject=subjects, by=by.strip(), at=at,
            because=because.strip(), value=msgspec.json.encode(corrected).decode() if corrected else None,
        )  # fmt: skip
        with CaseStore.open(shell.case.folder) as store:
            store.judge(judgement)
        local = back.startswith("/") and not back.startswith("//") and "\\" not in back
        response = RedirectResponse(back if local else "/decisions", 303)
        response.set_cookie("reviewer", quote(by.strip()), samesite="strict", httponly=True)
        return response


def _check(shell: Shell, verb: str, subjects: tuple[str, ...], by: str) -> None:
    """RashomonError where a decision names nothing that is there, or nobody who takes it."""
    if verb not in VERBS or not by.strip():
        raise RashomonError("A decision needs a verb and the name of whoever takes it.")
    paired = verb in ("same", "different", "unsure", "apart", "together")
    if len({s.casefold() for s in subjects}) != (2 if paired else 1) or len(subjects) > 2:
        raise RashomonError("Choose two different things." if paired else "Choose one thing.")
    whole = shell.case.view(decided=False).view
    if verb == "undo":
        known = {j.id for j in shell.case.judgements(raw=True)}
    elif verb in _NAMES:
        known = {
            form for p in shell.case.view().view.dossier.parties for form in (p.name, *p.aliases)
        }
        known |= {form for p in whole.dossier.parties for form in (p.name, *p.aliases)}
    elif verb in ("note", "protect"):
        return
    else:
        known = {*whole.claims, *whole.figures}
    for subject in subjects:
        if subject not in known:
            raise RashomonError(f"{subject!r} is not in this case.")


def _members(question: Question | None) -> list[str]:
    positions = question.positions if question else ()
    return [i for p in positions for i in (*p.figures, *p.claims)]


def _taking(app: FastAPI, shell: Shell) -> None:
    def attached(body: str | bytes, media: str, name: str) -> Response:
        return Response(
            body,
            media_type=media,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    @app.get("/dossier.json")
    def as_json(asked: Ask) -> Response:
        return attached(
            dossier_json(shell.whole(asked).dossier), "application/json", "dossier.json"
        )

    @app.get("/dossier.html")
    def as_page(asked: Ask) -> Response:
        made = dict(files(shell.whole(asked).dossier, "dossier"))
        if len(made) == 1:
            return attached(made["dossier.html"], "text/html", "dossier.html")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in made.items():
                archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        return attached(packed.getvalue(), "application/zip", "dossier.zip")

    @app.get("/claims.csv")
    def claims(asked: Ask) -> Response:
        return attached(tables.claims(shell.whole(asked)), "text/csv", "claims.csv")

    @app.get("/figures.csv")
    def figures(asked: Ask) -> Response:
        return attached(tables.figures(shell.whole(asked)), "text/csv", "figures.csv")

    @app.get("/favicon.ico")
    def icon() -> Response:
        return Response(status_code=204)

    @app.get("/robots.txt")
    def robots() -> Response:
        return PlainTextResponse("User-agent: *\nDisallow: /\n")
