"""Time and memory of parties and questions on a generated case: python benchmarks/scale.py REPORTS [--items 30] [--mentions 20]

Everything is made up from a seed: reports of one event with claims, figures and names,
as an extractor would give them. One process, one thread.
"""

import argparse
import os
import random
import resource
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from rashomon.model import Claim, Extraction, Figure, Mention, Report, Span, Stance, digest
from rashomon.reconcile import reconcile
from rashomon.resolve import parties

MEASURES = ("killed", "injured", "detained", "released", "attending", "damaged", "missing", "other")
WORDS = (
    "police square crowd order street guards prison market bridge ballot count hospital doctor teacher harbour strike"
    " village curfew convoy shot fire smoke truck letter court judge minister promise names list family night morning"
).split()
SYLLABLES = "ka ro mi ta le vo sha ne du gor pel zan bri osk fen lar ist mav".split()


def name(rng: random.Random) -> str:
    return " ".join("".join(rng.sample(SYLLABLES, 3)).capitalize() for _ in range(2))


def report(n: int, rng: random.Random, people: list[str], items: int, mentions: int) -> tuple[Report, Extraction]:  # fmt: skip
    id = digest("r", n)
    day = f"2022-09-{1 + n % 28:02}"
    text, claims, figures, found, meanings = "", [], [], [], {}
    for k in range(items):
        who = rng.choice(people)
        start = len(text)
        content = " ".join(rng.sample(WORDS, 9))
        number = rng.choice((3, 12, 40, 120, 640, 2100)) + rng.randint(0, 3)
        text += f"{who} said {number} {content}. "
        said = Span(start + len(who) + 6, len(text) - 2)
        if k < mentions:
            found.append(Mention(span=Span(start, start + len(who)), kind="person", cluster=k))
        claim = Claim(
            id=digest("c", n, k), content=(said,), source=(Span(start, start + len(who)),), speaker=who,
            stance=rng.choice((Stance.ASSERTS, Stance.ASSERTS, Stance.ASSERTS, Stance.DENIES, Stance.ACCUSES)),
        )  # fmt: skip
        claims.append(claim)
        meanings[claim.id] = np.array([rng.randint(-30, 30) for _ in range(64)], dtype=np.int8).tobytes()  # fmt: skip
        if k % 2:
            place = Span(said.start, said.start + len(str(number)))
            figures.append(
                Figure(
                    id=digest("f", n, k), claim=claim.id, span=place, said=str(number), number=number, low=number, high=number,
                    measure=rng.choice(MEASURES), who=rng.choice(("people", "children", "officers", "houses")), when=day, speaker=who, score=0.9,
                )
            )  # fmt: skip
    made = Report(id=id, path=f"{n:06}.txt", outlet=f"Outlet {n % 60}", published=day, sha256="0" * 64, text=text)  # fmt: skip
    extraction = Extraction(
        report=id, mentions=tuple(found), claims=tuple(claims), figures=tuple(figures), meanings=meanings,
    )  # fmt: skip
    return made, extraction


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=int)
    parser.add_argument("--items", type=int, default=20)
    parser.add_argument("--mentions", type=int, default=20)
    options = parser.parse_args()
    rng = random.Random(7)
    people = [name(rng) for _ in range(max(20, options.reports // 8))]
    facts = [report(n, rng, people, options.items, options.mentions) for n in range(options.reports)]  # fmt: skip
    reports, extractions = tuple(r for r, _ in facts), tuple(e for _, e in facts)
    began = time.process_time()
    cast = parties(reports, extractions)
    named, so_far = time.process_time(), peak()
    outcome = reconcile(reports, extractions, cast, {})
    done = time.process_time()
    items = sum(len(e.claims) + len(e.figures) for e in extractions)
    print(f"{len(reports)} reports, {sum(len(e.mentions) for e in extractions)} mentions, {items} claims and figures")  # fmt: skip
    print(f"parties    {named - began:6.1f} s  {len(cast.parties)}, peak so far {so_far:.0f} MB")
    print(f"questions  {done - named:6.1f} s  {len(outcome.questions)}, {len(outcome.relations)} relations")  # fmt: skip
    print(f"peak       {peak():6.0f} MB")


def peak() -> float:
    """The most memory held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
