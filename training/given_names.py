"""Write the reader's table of given names: python -m training.given_names NAME_DATA.json OUT.txt

NAME_DATA is `nomquamgender/name_data.json` of the package nomquamgender 0.1.4 (MIT, Van
Buskirk, Clauset and Larremore, "An Open-Source Cultural Consensus Approach to
Name-Based Gender Classification", 2022). Kept are names borne by COUNT people or more, of whom all but one in
thirty are women, or men; two lines, women's names first.
"""

import hashlib
import json
import sys
from pathlib import Path

COUNT = 1000
RARE = 1 / 30


def main() -> None:
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    raw = source.read_bytes()
    women, men = [], []
    for name, (_, count, women_share, *_) in json.loads(raw).items():
        if count >= COUNT and len(name) > 2 and name.isalpha():
            if women_share > 1 - RARE:
                women.append(name)
            elif women_share < RARE:
                men.append(name)
    target.write_text("\n".join(" ".join(sorted(names)) for names in (women, men)) + "\n", "utf8")
    print("sha256:" + hashlib.sha256(raw).hexdigest(), len(women), len(men))


if __name__ == "__main__":
    main()
