"""The chart of type `timeline`: dates and words of a data file in, a figure of them out."""

from reglet.figures.dates import period
from reglet.figures.timeline import Event, timeline_geometry
from reglet.model.words import plain
from reglet.resolve.along import iso_of
from reglet.resolve.drawn import Drawn, countable, figure, fitting, is_rtl, listed
from reglet.resolve.filling import Filling, Nodes, Table
from reglet.resolve.options import Options

MOST_EVENTS = 40
EXPECTED = "date: write YYYY-MM-DD, YYYY-MM or YYYY"


def timeline(filling: Filling, options: Options) -> Nodes:
    """Make a figure of what happened when."""
    table = filling.table(options)
    if table is None or not fitting(options, "timeline", ("value", "values", "panels")):
        return ()
    if "date" not in options.values:
        options.missing((), "date")
        return ()
    if not countable(options, "data", len(table.lines), MOST_EVENTS, "rows"):
        return ()
    keys = (filling.column(options, table, "date"), filling.column(options, table, "label"))
    if not set(keys) <= set(table.columns):
        return ()
    events = sorted(_events(filling, table, *keys), key=lambda event: period(event.iso))
    if not events:
        return ()
    geometry = timeline_geometry(events, filling.wording.date, rtl=is_rtl(filling))
    rows = [(event.date, event.text) for event in events]
    short = ", ".join(event.text for event in events)
    drawn = Drawn("timeline", "timeline_alt", geometry, short, listed(rows), keys, rows)
    return figure(filling, options, drawn)


def _events(filling: Filling, table: Table, date: str, label: str) -> list[Event]:
    """Read the rows; what is no date is reported."""
    events = []
    for line in table.lines:
        iso = iso_of(line.cells.get(date))
        if iso:
            text = plain(filling.cell(table, line, label))
            events.append(Event(iso, filling.wording.date(iso), text))
        else:
            filling.report_cell(table, line, date, EXPECTED)
    return events
