"""The rules alone, on gold claims, figures and parties: python -m benchmarks.rules CASES SCORER [--json OUT]

CASES holds folders with gold.json beside the reports; SCORER is bench/score_dossier.py.
What this scores lower than 1 the rules lose; what the end-to-end figures lose beyond
that, the reader and the parties lose.
"""

import argparse
import importlib.util
import json
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from rashomon.extract.encoder import Encoder
from rashomon.extract.reader import Reader, Reading
from rashomon.model import Cast, Claim, Directness, Extraction, Figure, Party, Report, Span, Stance
from rashomon.reconcile import reconcile
from rashomon.sources import copies, read


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def meanings(reading: Reading, encoder: Encoder, claims: list[Claim]) -> dict[str, bytes]:
    seen = list(encoder.read(reading.words))
    return {c.id: reading.meaning(c.content, seen) for c in claims}


def given(folder: Path, perfect: dict[str, Any]) -> dict[str, Any]:
    """The dossier of a case in which all but the questions and relations is gold."""
    reports = {Path(r.path).name: r for r in read([folder]) if isinstance(r, Report)}
    of = {r["id"]: reports[r["path"]] for r in perfect["reports"]}
    names = {p["id"]: p["name"] for p in perfect["parties"]}
    spoken: dict[str, str] = {}
    by_report: dict[str, tuple[list[Claim], list[Figure]]] = {
        r.id: ([], []) for r in reports.values()
    }
    for row in perfect["claims"]:
        text = of[row["report"]].text
        claim = Claim(
            id=row["id"], content=tuple(Span(*s) for s in row["content"]), speaker=names.get(row["speaker"]),
            stance=Stance(row["stance"] or "asserts"), directness=Directness(row["directness"] or "indirect"),
        )  # fmt: skip
        by_report[of[row["report"]].id][0].append(claim)
        assert claim.content[0].of(text)  # noqa: S101  gold spans slice
        if row["speaker"]:
            spoken[claim.id] = row["speaker"]
    for row in perfect["figures"]:
        report = of[row["report"]]
        span = Span(*row["span"])
        figure = Figure(
            id=row["id"], span=span, said=span.of(report.text), number=row["number"], low=row.get("low"), high=row.get("high"),
            bound=row["bound"], measure=row["measure"], kind=row["kind"] or "total", who=row.get("who") or "", where=row.get("where") or "",
            when=row["when"] or "", speaker=names.get(row["speaker"], ""), score=1.0,
        )  # fmt: skip
        by_report[report.id][1].append(figure)
        if row["speaker"]:
            spoken[figure.id] = row["speaker"]
    encoder = Reader().encoder
    extractions = [
        Extraction(
            report=r.id, claims=tuple(by_report[r.id][0]), figures=tuple(by_report[r.id][1]),
            meanings=meanings(Reading(r, encoder), encoder, by_report[r.id][0]),
        )
        for r in reports.values()
    ]  # fmt: skip
    gold = json.loads((folder / "gold.json").read_text("utf8"))
    bodies = {p["name"]: p.get("for") for p in gold["parties"]}
    by_name = {name: id for id, name in names.items()}
    parties = tuple(
        Party(
            id=p["id"],
            name=p["name"],
            kind=p.get("kind") or "person",
            party_class=p.get("class") or "unnamed",
            aliases=tuple(p.get("aliases", ())),
            speaks_for=by_name.get(bodies.get(p["name"]) or ""),
        )
        for p in perfect["parties"]
    )
    outcome = reconcile(
        list(reports.values()),
        extractions,
        Cast(parties=parties, speakers=spoken),
        copies(list(reports.values())),
    )
    made = json.loads(msgspec.json.encode(outcome))
    return perfect | {"questions": made["questions"], "relations": made["relations"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    scorer = load(options.scorer)
    total: Counter[Any] = Counter()
    for folder in sorted(p.parent for p in options.cases.glob("*/gold.json")):
        gold = json.loads((folder / "gold.json").read_text("utf8"))
        perfect = scorer.perfect(gold, folder)
        for row, item in zip(perfect["figures"], (g for g in gold["figures"]), strict=False):
            row |= {"who": item.get("who"), "where": item.get("where")}
        total += scorer.Case(gold, given(folder, perfect)).run()
    out = scorer.report(total)
    if options.json:
        options.json.write_text(json.dumps(out))


if __name__ == "__main__":
    main()
