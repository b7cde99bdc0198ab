"""Dossiers of every case below a folder: python benchmarks/dossiers.py CASES OUT

A case is a folder with gold.json beside its reports; OUT gets <case>.json, which
bench/score_dossier.py --cases CASES --dossiers OUT reads. With --one, CASES is one
folder of reports and OUT the file of its dossier.
"""

import argparse
from pathlib import Path

from rashomon.dossier import dossier_json
from rashomon.model import Report
from rashomon.pipeline import derive, extract
from rashomon.sources import read


def dossier(folder: Path) -> bytes:
    reports = [r for r in read([folder]) if isinstance(r, Report)]
    return dossier_json(derive(extract(reports)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--one", action="store_true")
    options = parser.parse_args()
    if options.one:
        options.out.write_bytes(dossier(options.cases))
        return
    options.out.mkdir(parents=True, exist_ok=True)
    for folder in sorted(p.parent for p in options.cases.glob("*/gold.json")):
        (options.out / f"{folder.name}.json").write_bytes(dossier(folder))


if __name__ == "__main__":
    main()
