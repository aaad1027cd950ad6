"""The `map` directive: places of a data file in, a figure with a map of them out."""

from collections.abc import Mapping, Sequence

from reglet.figures.map import Place, Words, map_geometry, shown, window_round
from reglet.figures.world import Box, Country
from reglet.model.words import plain
from reglet.resolve.drawn import Drawn, coordinate, countable, figure, is_rtl
from reglet.resolve.filling import Filling, Nodes, Table
from reglet.resolve.options import Options

MOST_PLACES = 40
MOST_KINDS = 4
NORTHMOST = 85.0  # and southmost, with the sign turned: maps end there
USUAL = {"label": ("label", "place"), "lat": ("lat",), "lon": ("lon",), "kind": ("kind",)}
_WRONG: Box = (0.0, 0.0, 0.0, 0.0)
WINDOW = "write `[west, south, east, north]`, degrees from -180 to 180 and from -85 to 85"


def locator(filling: Filling, options: Options) -> Nodes:
    """Make the figure that a `map` directive asks for."""
    table = filling.table(options)
    if table is None or not countable(options, "data", len(table.lines), MOST_PLACES, "rows"):
        return ()
    keys = {key: _column(filling, options, table, key) for key in USUAL}
    window = _window(options)
    if not all(keys[key] in table.columns for key in ("label", "lat", "lon")) or window is _WRONG:
        return ()
    words = [plain(filling.cell(table, line, keys["kind"])) for line in table.lines]
    kinds = list(dict.fromkeys(words if keys["kind"] else [""]))
    numbers = [kinds.index(word) if keys["kind"] else 0 for word in words]
    if not countable(options, "data", len(kinds), MOST_KINDS, "kinds of places"):
        return ()
    places = _places(filling, table, keys, numbers)
    if len(places) < len(table.lines) or not _all_within(filling, table, keys, window):
        return ()
    return figure(filling, options, _drawn(filling, places, kinds, window or window_round(places)))


def _column(filling: Filling, options: Options, table: Table, key: str) -> str:
    """Return the column that an option names, or that of the usual name."""
    if key in options.values:
        return filling.column(options, table, key)
    found = next((name for name in USUAL[key] if name in table.columns), "")
    if not found and key != "kind":
        options.missing((), key)
    return found


def _window(options: Options) -> Box | None:
    """Return the window that is asked for; `_WRONG` where it is none, which is reported."""
    if "window" not in options.values:
        return None
    value = options.values["window"]
    edges = [float(each) for each in value if _is_number(each)] if isinstance(value, list) else []
    if len(edges) == 4 and isinstance(value, list) and len(value) == 4:
        west, south, east, north = edges
        if -180 <= west < east <= 180 and -NORTHMOST <= south < north <= NORTHMOST:
            return west, south, east, north
    options.report("bad-value", ("window",), WINDOW, found=value, expected="window of a map")
    return _WRONG


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _places(
    filling: Filling, table: Table, keys: Mapping[str, str], kinds: Sequence[int]
) -> list[Place]:
    """Read the places; degrees that are none are reported."""
    lats = coordinate(filling, table, keys["lat"], NORTHMOST)
    lons = coordinate(filling, table, keys["lon"], 180.0)
    names = [plain(filling.cell(table, line, keys["label"])) for line in table.lines]
    return [
        Place(name, lat, lon, kind)
        for name, lat, lon, kind in zip(names, lats, lons, kinds, strict=True)
        if lat is not None and lon is not None
    ]


def _all_within(
    filling: Filling, table: Table, keys: Mapping[str, str], window: Box | None
) -> bool:
    """Tell whether all places are within the window asked for; report those that are not."""
    good = True
    for axis, key in enumerate(("lon", "lat") if window else ()):
        for line in table.lines:
            value = float(str(line.cells[keys[key]]))
            if window and not window[axis] <= value <= window[axis + 2]:
                filling.report_cell(table, line, keys[key], "number of degrees within `window`")
                good = False
    return good


def _drawn(filling: Filling, places: Sequence[Place], kinds: Sequence[str], window: Box) -> Drawn:
    """Say what is drawn: as a drawing, in words and as a table."""
    wording = filling.wording

    rtl = is_rtl(filling)

    def name_of(country: Country) -> str:
        return wording.country(country.code, country.name)

    def kilometres(value: float) -> str:
        return wording.label("kilometres").replace("{n}", wording.number(value))

    geometry = map_geometry(places, window, Words(name_of, kilometres, kinds, rtl))
    rows = []
    for place in places:
        kind = [kinds[place.kind]] if len(kinds) > 1 else []
        rows.append([place.name, *kind, wording.number(place.lat), wording.number(place.lon)])
    head = [wording.label("place"), *([wording.label("kind")] if len(kinds) > 1 else [])]
    head += [wording.label("latitude"), wording.label("longitude")]
    names = ", ".join(place.name for place in places)
    countries = ", ".join(map(name_of, shown(places, window)))
    label = "map_alt" if countries else "map_alone"
    return Drawn("map", label, geometry, names, names, head, rows, {"countries": countries})
