"""Measure against ../shared and compare with benchmarks/floors.json.

    python benchmarks/run.py --shared ../shared [--only NAME …] [--write]

Exit status 1 if anything measured lies below its floor or a corpus is not the one the
floor was measured on. `--write` sets the floors to what was measured; a floor that
falls by it needs a reason in the changelog.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from training.data import texts
from training.transliteration import held_out

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
# A measured value may lie this much below its floor: another processor's int8 sums differ.
SLACK = 0.005

# Name: predictor and its arguments, scorer and its arguments, corpus; {out} is ours, {data} the corpus.
SETS: dict[str, tuple[list[str], list[str], str]] = {
    "attribution": (["attribution", "{data}.jsonl", "{out}"], ["score_attributions.py", "{data}", "--pred", "{out}", "--bootstrap", "0", "--json", "{json}"], "data/attribution/dev"),
    "entities": ([], ["entities", "{data}", "--json", "{json}"], "data/entities/dev.jsonl"),
    "figures": (["figures", "{data}", "{out}"], ["score_figures.py", "{data}", "{out}", "--json", "{json}"], "data/figures/dev.jsonl"),
    "figures-unread": (["figures", "{data}", "{out}"], ["score_figures.py", "{data}", "{out}", "--json", "{json}"], "tests/unread-figures.jsonl"),
    "times-timebank": (["times", "{data}", "{out}"], ["score_times.py", "{data}", "--pred", "{out}", "--json", "{json}"], "data/times/timebank.jsonl"),
    "times-aquaint": (["times", "{data}", "{out}"], ["score_times.py", "{data}", "--pred", "{out}", "--json", "{json}"], "data/times/aquaint.jsonl"),
    "names-pairs": (["names", "pairs", "{data}", "{out}"], ["score_names.py", "pairs", "{data}", "--pred", "{out}", "--json", "{json}"], "data/names/pairs_dev.tsv"),
    "names-translit": (["names", "translit", "{data}", "{out}"], ["score_names.py", "translit", "{data}", "--pred", "{out}", "--json", "{json}"], "data/names/translit_dev.tsv"),
    "counts": (["counts", "{data}", "{out}"], ["score_counts.py", "{data}", "--pred", "{out}", "--json", "{json}"], "data/counts/dev.jsonl"),
    "epistemic": (["epistemic", "{data}", "{out}"], ["score_epistemic.py", "{data}", "--pred", "{out}", "--json", "{json}"], "data/epistemic/dev.jsonl"),
    "seeds": (
        ["dossiers", "{data}", "{out}", "--one"],
        ["score_dossier.py", "{shared}/gold/seeds.json", "{out}", "--json", "{json}"],
        "seeds",
    ),
    "rules": ([], ["rules", "{data}", "{shared}/bench/score_dossier.py", "--json", "{json}"], "cases"),
    "own": (["dossiers", "{data}", "{out}"], ["score_dossier.py", "--cases", "{data}", "--dossiers", "{out}", "--json", "{json}"], "tests/cases"),
    "unseen": (["dossiers", "{data}", "{out}"], ["score_dossier.py", "--cases", "{data}", "--dossiers", "{out}", "--json", "{json}"], "tests/unseen"),
    "unseen-rules": ([], ["rules", "{data}", "{shared}/bench/score_dossier.py", "--json", "{json}"], "tests/unseen"),
    "unread": (["dossiers", "{data}", "{out}"], ["score_dossier.py", "--cases", "{data}", "--dossiers", "{out}", "--json", "{json}"], "tests/unread"),
    "own-rules": ([], ["rules", "{data}", "{shared}/bench/score_dossier.py", "--json", "{json}"], "tests/cases"),
    "real-unread": ([], ["real", "{data}", "{shared}/data", "--json", "{json}"], "tests/unread-relations.jsonl"),
    "cases": (["dossiers", "{data}", "{out}"], ["score_dossier.py", "--cases", "{data}", "--dossiers", "{out}", "--json", "{json}"], "cases"),
}  # fmt: skip


def place(corpus: str, shared: Path) -> Path:
    """Where a corpus lies: below the shared folder, our own cases in the repository."""
    return (HERE.parent if corpus.startswith("tests/") else shared) / corpus


def held_out_blocks(source: Path, folder: str) -> Path:
    """The blocks of a transliteration corpus that training/transliteration.py left out."""
    head, *rows = source.read_text("utf8").splitlines(keepends=True)
    out = Path(folder) / "held-out.tsv"
    out.write_text("".join([head, *(r for r in rows if held_out(r.split("\t")[0]))]), "utf8")
    return out


def with_texts(notes: Path, shared: Path, folder: str) -> Path:
    """Figures noted by document and offset, in the form of the corpus of figures."""
    noted = [json.loads(line) for line in notes.open(encoding="utf8")]
    known = {c: texts(shared / "data", c) for c in sorted({row["corpus"] for row in noted})}
    out = Path(folder) / "figures.jsonl"
    with out.open("w", encoding="utf8") as file:
        for row in noted:
            text = known[row["corpus"]][row["doc"]][row["start"] : row["end"]]
            words = [{k: text[slice(*f[k])] if f[k] else "" for k in ("who", "where", "speaker")} for f in row["figures"]]  # fmt: skip
            figures = [f | w | {"said": text[slice(*f["span"])]} for f, w in zip(row["figures"], words, strict=True)]  # fmt: skip
            named = {"doc": f"{row['corpus']}/{row['doc']}@{row['start']}", "published": row["published"]}  # fmt: skip
            file.write(json.dumps({**named, "text": text, "figures": figures}) + "\n")
    return out


def digest(path: Path) -> str:
    """SHA-256 over a file, or over a folder's files and names in order."""
    state = hashlib.sha256()
    for file in [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file()):
        state.update(file.relative_to(path.parent).as_posix().encode())
        state.update(file.read_bytes())
    return f"sha256:{state.hexdigest()}"


def call(words: list[str], shared: Path, values: dict[str, str]) -> None:
    filled = [w.format(**values) for w in words]
    if filled[0].endswith(".py"):
        command = [sys.executable, str(shared / "bench" / filled[0]), *filled[1:]]
    else:
        command = [sys.executable, "-m", f"benchmarks.{filled[0]}", *filled[1:]]
    subprocess.run(command, check=True, cwd=HERE.parent, stdout=subprocess.DEVNULL)


def flat(found: object, prefix: str = "") -> dict[str, float]:
    """Numbers of nested JSON by their path."""
    if isinstance(found, dict):
        return {
            k: v for key, value in found.items() for k, v in flat(value, f"{prefix}{key}.").items()
        }
    return {prefix[:-1]: float(found)} if isinstance(found, (int, float)) else {}


def measure(name: str, shared: Path) -> dict[str, float]:
    predictor, scorer, corpus = SETS[name]
    with tempfile.TemporaryDirectory() as folder:
        values = {
            "data": str(place(corpus, shared).resolve()),
            "out": f"{folder}/out",
            "shared": str(shared.resolve()),
            "json": f"{folder}/scores.json",
        }
        if name == "names-translit":
            values["data"] = str(held_out_blocks(Path(values["data"]), folder))
        if name == "figures-unread":
            values["data"] = str(with_texts(Path(values["data"]), shared, folder))
        if predictor:
            call(predictor, shared, values)
        call(scorer, shared, values)
        return flat(json.loads(Path(values["json"]).read_text()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--only", nargs="*", choices=sorted(SETS), default=sorted(SETS))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    floors = json.loads(FLOORS.read_text())
    below = 0
    for name in options.only:
        found = measure(name, options.shared)
        known = floors.setdefault(name, {"corpus": "", "floors": {}})
        corpus = digest(place(SETS[name][2], options.shared))
        if options.write:
            known["corpus"] = corpus
            known["floors"] = {key: round(found[key], 4) for key in known["floors"] if key in found}
        elif known["corpus"] != corpus:
            print(f"{name}: another corpus ({corpus}) than the floors' ({known['corpus']})")
            below += 1
        for key, floor in known["floors"].items():
            mark = "ok" if found[key] >= floor - SLACK else "BELOW"
            below += mark == "BELOW"
            print(f"{name:16} {key:34} {found[key]:.4f}  floor {floor:.4f}  {mark}")
    if options.write:
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n")
    sys.exit(below > 0)


if __name__ == "__main__":
    main()
