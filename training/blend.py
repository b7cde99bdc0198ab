"""One network from several runs of the last course: what each learnt since their common start, in shares.

python -m training.blend --start STATE --run DIR SHARE [--run DIR SHARE …] --out DIR

STATE is the `state.pt` that the course began with, each DIR a run of `training.train` that
began there. A run's own share (`Course.share`) is undone first, so that 1 is all that it
learnt. Runs on different notes err differently: .15 of one and .70 of another did better
on most held-out texts than .85 of either (docs/model-card.md).
"""

import argparse
import json
from pathlib import Path

import torch

from training.train import COURSES


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--run", nargs=2, action="append", required=True, metavar=("DIR", "SHARE"))
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    start = torch.load(options.start, weights_only=False)["result"]
    blended = {name: value.clone() for name, value in start.items()}
    made = []
    for folder, share in options.run:
        result = torch.load(Path(folder) / "state.pt", weights_only=False)["result"]
        for name, value in result.items():
            blended[name] += float(share) / COURSES[-1].share * (value - start[name])
        made.append({"share": float(share), **json.loads((Path(folder) / "run.json").read_text())})
    torch.save({"course": len(COURSES), "result": blended}, options.out / "state.pt")
    (options.out / "run.json").write_text(json.dumps({"blended": made}, indent=1))


if __name__ == "__main__":
    main()
