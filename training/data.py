"""Training samples from the annotated corpora: words and, for each task, its labels.

A sample is one document (or passage) as `rashomon.extract.words` splits it. Labels
a corpus does not have stay None, and the loss of that task skips the sample.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rashomon.extract.words import Words, is_number, number_anchor, split
from rashomon.model import Report, digest
from rashomon.sources.layout import segments

ROLES = ("none", "content", "cue")
MENTION_TYPES = ("none", "person", "organisation", "place", "other")
FORMS = ("common", "proper", "pronoun")
MEASURES = (
    "none killed injured missing detained abducted released charged sentenced hospitalised displaced"
    " attending on_strike deployed suspects votes vote_share turnout damaged attacks seized other"
).split()
STANCES = (
    "asserts confirms denies disputes accuses warns threatens promises demands apologises announces"
    " estimates retracts asks"
).split()
PRONOUNS = frozenset(
    "i me my mine we us our ours you your he him his himself she her hers herself it its itself they them their"
    " theirs themselves this that these those both all each one".split()
)
FIGURE_KINDS = ("total", "increment", "subset", "share")


@dataclass
class Attribution:
    """One attribution in word indices; `source` is a first and last word or None."""

    anchor: int
    content: list[int]
    cue: list[int]
    source: tuple[int, int] | None
    stance: int | None = None
    meaning: Any = None  # the sentence vector to come near to, set by training.train
    matters: frozenset[str] = frozenset()  # what of its case it is about


@dataclass
class Mention:
    """One mention in word indices, first and last inclusive."""

    head: int
    first: int
    last: int
    type: int
    form: int
    cluster: int


@dataclass
class FigureLabel:
    """A number word: its measure (0 = no figure), kind and the words counted."""

    anchor: int
    measure: int
    kind: int
    who: tuple[int, int] | None


@dataclass
class Sample:
    """A document with the labels that its corpus has."""

    doc: str
    words: Words
    attributions: list[Attribution] | None = None
    mentions: list[Mention] | None = None
    figures: list[FigureLabel] | None = None
    case: str = ""  # reports of one case are trained on together


def rows(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf8") as lines:
        for line in lines:
            yield json.loads(line)


class Finder:
    """Words of a document by character, in constant time."""

    def __init__(self, words: Words, length: int) -> None:
        self.at = [-1] * (length + 1)
        for i in range(len(words)):
            for k in range(words.starts[i], words.ends[i]):
                self.at[k] = i

    def spans(self, spans: Iterable[list[int]]) -> list[int]:
        return sorted({self.at[k] for s, e in spans for k in range(s, e)} - {-1})


def attributions(path: Path, stances: Path | None = None) -> Iterator[Sample]:
    """PolNeAR: a sample for each annotator of each document.

    `stances` are our notes on the stance of its first annotator's claims: `doc`, `n`
    (the claim's place in the list) and `stance`, a line each.
    """
    known = {(row["doc"], row["n"]): row["stance"] for row in rows(stances)} if stances else {}
    for row in rows(path):
        words = split(row["text"])
        find = Finder(words, len(row["text"]))
        noted = [
            one | {"stance": known.get((row["doc"], n))}
            for n, one in enumerate(row["attributions"])
        ]
        for marked in [noted, *row.get("others", {}).values()]:
            yield Sample(row["doc"], words, attributions=list(_attributions(marked, find)))


def _attributions(marked: list[dict], find: Finder) -> Iterator[Attribution]:
    """Longest content first, so that a word of a claim within a claim belongs to the inner one."""
    for one in sorted(marked, key=lambda m: -sum(e - s for s, e in m["content"])):
        content, cue, source = (find.spans(one[role]) for role in ("content", "cue", "source"))
        if not content:
            continue
        anchor = (cue or source or content)[0]
        stance = one.get("stance")
        known = STANCES.index(stance) if stance in STANCES else None
        matters = frozenset(one.get("matters", ()))
        yield Attribution(anchor, content, cue, _run(source), known, matters=matters)


def passages(path: Path) -> Iterator[Sample]:
    """Our own passages: text, claims with their stance, and figures, all by offset."""
    for n, row in enumerate(rows(path)):
        yield _passage(f"own-{n}", row)


def _passage(doc: str, row: dict) -> Sample:
    sample = figure_sample(doc, row["text"], row["figures"])
    find = Finder(sample.words, len(row["text"]))
    sample.attributions = list(_attributions(row["claims"], find))
    return sample


def reports(path: Path) -> Iterator[Sample]:
    """Our own reports: as `passages`, with mentions as [start, end, kind, cluster, start of the head word]."""
    for n, row in enumerate(rows(path)):
        yield _report(f"report-{n}", row)


def cases(notes: Path) -> Iterator[list[Sample]]:
    """Our own cases, those of `relations-read.jsonl` last: the reports of each, as `reports` has them, their claims with the matters they are about.

    A matter is a question of the case or a relation between two of its statements; what a
    figure's relations say holds for the claims that hold the figure.
    """
    for row in (r for name in ("cases", "relations-read") for r in rows(notes / f"{name}.jsonl")):
        matters: dict[str, set[str]] = {}
        for n, question in enumerate(row["questions"]):
            for item in (i for position in question["positions"] for i in position):
                matters.setdefault(item, set()).add(f"q{n}")
        for n, (_, one, other) in enumerate(row["relations"]):
            for item in (one, other):
                matters.setdefault(item, set()).add(f"r{n}")
        samples = []
        for n, report in enumerate(row["reports"]):
            for claim in report["claims"]:
                held = [
                    f["id"]
                    for f in report["figures"]
                    if any(s <= f["span"][0] and f["span"][1] <= e for s, e in claim["content"])
                ]
                claim["matters"] = set().union(*(matters.get(i, ()) for i in (claim["id"], *held)))
            sample = _report(f"{row['case']}-{n}", report)
            sample.case = row["case"]
            samples.append(sample)
        yield samples


def related(notes: Path) -> list[dict]:
    """The cases from which is learnt how statements stand to each other; the reader has learnt from the first ones, too."""
    return [
        row for name in ("relations-read", "relations") for row in rows(notes / f"{name}.jsonl")
    ]


def texts(data: Path, corpus: str) -> dict[str, str]:
    """The documents of a corpus that notes stand off from, by their names; of incidents each report."""
    found = {}
    for row in rows(data / f"{corpus}.jsonl"):
        found |= {f"{row['incident']}:{one['id']}": one["text"] for one in row.get("reports", ())}
        if "text" in row:
            found[row["doc"]] = row["text"]
    return found


def real(notes: Path, data: Path) -> list[dict]:
    """Real reports of one event in the form of our cases, with what a reader thinks of relations the program once stated.

    The notes give corpus, document and offsets; the texts stay in `data`. `judged` are
    ("claim" or "figure", type, [report, start, end], the same of the other, whether the
    relation is right, whether both are about one matter: "yes", "half" or "no").
    """
    noted = list(rows(notes))
    corpora = sorted({one["corpus"] for row in noted for one in row["reports"]})
    known = {corpus: texts(data, corpus) for corpus in corpora}
    return [
        {
            "case": row["case"],
            "reports": [
                {**one, "text": known[one["corpus"]][one["doc"]], "claims": [], "figures": []}
                for one in row["reports"]
            ],
            "relations": [],
            "judged": row["relations"],
        }
        for row in noted
    ]


def as_read(row: dict) -> list[Report]:
    """The reports of a case as the program would have read them."""
    return [
        Report(
            id=digest("r", row["case"], str(n)),
            path=f"{n:02}.txt",
            outlet=one["outlet"],
            published=one["published"],
            sha256="0" * 64,
            text=one["text"],
            segments=segments(one["text"]),
        )
        for n, one in enumerate(row["reports"])
    ]


def overlap(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two places, report, start and end, share half of the longer."""
    both = min(one[2], other[2]) - max(one[1], other[1])
    return one[0] == other[0] and both > 0 and 2 * both >= max(one[2] - one[1], other[2] - other[1])


def _report(doc: str, row: dict) -> Sample:
    kinds = {"person": 1, "organisation": 2, "place": 3}
    sample = _passage(doc, row)
    find = Finder(sample.words, len(row["text"]))
    sample.mentions = []
    for start, end, kind, cluster, head in row["mentions"]:
        span, at = find.spans([[start, end]]), find.at[head]
        form = _form(sample.words.forms[at])
        sample.mentions.append(Mention(at, span[0], span[-1], kinds[kind], form, cluster))
    sample.mentions.sort(key=lambda m: m.head)
    return sample


def _form(head: str) -> int:
    """The place in FORMS of a mention by its head word."""
    if head.lower() in PRONOUNS:
        return 2
    return int(head[:1].isupper())


def _run(indices: list[int]) -> tuple[int, int] | None:
    """The longest unbroken run of word indices."""
    best: tuple[int, int] | None = None
    start = previous = None
    for i in indices:
        start = i if previous is None or i != previous + 1 else start
        previous = i
        if best is None or i - start > best[1] - best[0]:
            best = (start, i)
    return best


def mentions(path: Path) -> Iterator[Sample]:
    """GUM: mentions by their syntactic head, with clusters."""
    kinds = {"person": 1, "organization": 2, "place": 3}
    for row in rows(path):
        words = split(row["text"])
        find = Finder(words, len(row["text"]))
        tokens = row["tokens"]
        by_head: dict[int, Mention] = {}
        for start, end, kind, cluster, *_ in row["mentions"]:
            if kind == "time":
                continue
            span = find.spans([[start, end]])
            head = _head(tokens, start, end)
            if not span or head is None:
                continue
            at = find.at[tokens[head][0]]
            form = {"PROPN": 1, "PRON": 2, "DET": 2}.get(tokens[head][2], 0)
            mention = Mention(at, span[0], span[-1], kinds.get(kind, 4), form, cluster)
            old = by_head.get(at)
            if old is None or mention.last - mention.first < old.last - old.first:
                by_head[at] = mention
        yield Sample(row["doc"], words, mentions=sorted(by_head.values(), key=lambda m: m.head))


def _head(tokens: list[list], start: int, end: int) -> int | None:
    """The token of a span whose syntactic head lies outside it."""
    inside = [i for i, token in enumerate(tokens) if token[0] >= start and token[1] <= end]
    members = set(inside)
    return next(
        (i for i in inside if tokens[i][3] not in members and tokens[i][2] != "PUNCT"), None
    )


def figures(path: Path) -> Iterator[Sample]:
    """Annotated passages: every number word is a figure or is none."""
    for row in rows(path):
        yield figure_sample(row["doc"], row["text"], row["figures"])


def figure_sample(doc: str, text: str, annotated: list[dict]) -> Sample:
    words = split(text)
    find = Finder(words, len(text))
    labels: dict[int, FigureLabel] = {}
    inside: set[int] = set()
    for figure in annotated:
        span = find.spans([figure["span"]])
        inside.update(span)
        at = number_anchor([words.forms[i] for i in span])
        if at is None:
            continue
        who = _near(text, figure["who"], figure["span"])
        who_words = find.spans([who]) if who else []
        labels[span[at]] = FigureLabel(
            span[at],
            MEASURES.index(figure["measure"]),
            FIGURE_KINDS.index(figure["kind"]),
            (who_words[0], who_words[-1]) if who_words else None,
        )
    for i, form in enumerate(words.forms):
        if is_number(form) and i not in inside:
            labels[i] = FigureLabel(i, 0, -1, None)
    return Sample(doc, words, figures=[labels[i] for i in sorted(labels)])


def _near(text: str, wanted: str, span: list[int]) -> list[int] | None:
    """The occurrence of a string that is nearest to a span, after it if both are as near."""
    best, distance = None, 10**9
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        gap = at - span[1] if at >= span[1] else (span[0] - at - len(wanted)) * 2
        if 0 <= gap < distance:
            best, distance = [at, at + len(wanted)], gap
        at = text.find(wanted, at + 1)
    return best


def standoff(notes: Path, data: Path) -> Iterator[Sample]:
    """Our own notes on texts of the corpora: passages by document and offset."""
    wanted = list(rows(notes))
    known = {corpus: texts(data, corpus) for corpus in sorted({row["corpus"] for row in wanted})}
    for row in wanted:
        text = known[row["corpus"]][row["doc"]][row["start"] : row["end"]]
        annotated = [
            {**f, "who": text[slice(*f["who"])] if f["who"] else ""} for f in row["figures"]
        ]
        yield figure_sample(f"{row['doc']}@{row['start']}", text, annotated)
