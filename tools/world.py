"""Make reglet/figures/world-50m.json.gz, the countries that maps are drawn from.

    npm pack world-atlas@2.0.2 && tar xf world-atlas-2.0.2.tgz
    python tools/world.py package/countries-50m.json

The file keeps the arcs of the TopoJSON, which neighbours share, and for each country its code of
ISO 3166 (by CLDR, which Babel has), its English name and its rings.
"""

import gzip
import json
import sys
from itertools import chain
from pathlib import Path
from typing import Any

from babel.core import get_global

TARGET = Path(__file__).parent.parent / "reglet" / "figures" / "world-50m.json.gz"


def rings_of(geometry: dict[str, Any]) -> list[list[int]]:
    """Return the rings of a polygon or of several, as numbers of arcs."""
    arcs: list[Any] = geometry.get("arcs", [])
    return arcs if geometry["type"] == "Polygon" else list(chain.from_iterable(arcs))


def extract(topology: dict[str, Any]) -> dict[str, Any]:
    """Keep what maps are drawn from."""
    codes = get_global("territory_aliases")
    return {
        **topology["transform"],
        "arcs": [list(chain.from_iterable(arc)) for arc in topology["arcs"]],
        "countries": [
            {
                "code": codes.get(each.get("id", ""), [""])[0],
                "name": each["properties"]["name"],
                "rings": rings_of(each),
            }
            for each in topology["objects"]["countries"]["geometries"]
        ],
    }


def main() -> None:
    """Read the TopoJSON named on the command line, and write the file."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    text = json.dumps(extract(topology), ensure_ascii=False, separators=(",", ":"))
    TARGET.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
