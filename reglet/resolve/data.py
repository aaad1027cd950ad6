"""A report's data as expressions see it: trees of YAML in, rows with look-up by identifier out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reglet.model.project import Tree


class Row:
    """A row, or the named values of a file: nothing but what its keys give."""

    __slots__ = ("_cells",)

    def __init__(self, cells: Mapping[str, object]) -> None:
        self._cells = {key: view(value) for key, value in cells.items()}

    def __getitem__(self, key: object) -> object:
        """Return the value of a key. Raises KeyError where there is none."""
        if not isinstance(key, str):
            raise KeyError(key)
        return self._cells[key]

    def __len__(self) -> int:
        return len(self._cells)

    def __str__(self) -> str:
        """Refuse to be printed. Raises TypeError, always."""
        raise TypeError("a row has no words of its own; name one of its keys")


class Rows:
    """The rows of a file in order, found by number or by their `id`."""

    __slots__ = ("_ids", "_rows")

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = tuple(rows)
        self._ids: dict[str, Row] = {}
        for row in self._rows:
            name = row["id"] if "id" in keys_of(row) else None
            if isinstance(name, str):
                self._ids.setdefault(name, row)

    def __getitem__(self, key: object) -> Row:
        """Return the row of an identifier or a number. Raises LookupError where there is none."""
        if isinstance(key, int) and not isinstance(key, bool):
            return self._rows[key]
        if isinstance(key, str):
            return self._ids[key]
        raise KeyError(key)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __str__(self) -> str:
        """Refuse to be printed. Raises TypeError, always."""
        raise TypeError("rows have no words of their own; name one row, and one of its keys")

    def columns(self) -> tuple[str, ...]:
        """Return the keys that any row has, in the order of their first use."""
        return tuple(dict.fromkeys(key for row in self._rows for key in keys_of(row)))


def view(value: object) -> object:
    """Make rows of mappings, and of lists and mappings of mappings."""
    if isinstance(value, dict):
        if value and all(isinstance(item, dict) for item in value.values()):
            return Rows(Row({"id": name, **item}) for name, item in value.items())
        return Row(value)
    if isinstance(value, list):
        if value and all(isinstance(item, dict) for item in value):
            return Rows(map(Row, value))
        return tuple(map(view, value)) if value else Rows(())
    return value


def keys_of(value: object) -> tuple[str, ...]:
    """Return the names that a row's values have, or the identifiers of rows."""
    if isinstance(value, Row):
        return tuple(value._cells)
    if isinstance(value, Rows):
        return tuple(value._ids)
    return ()


def data_of(trees: Mapping[str, Tree]) -> Row:
    """Return the report's data: a row of its files."""
    return Row({name: tree.value for name, tree in trees.items()})


def table_of(tree: Tree) -> Sequence[tuple[str | int, Mapping[str, object]]] | None:
    """Return the rows of a file, each with its step of the tree's path; None where it has none."""
    value = tree.value
    if isinstance(value, list):
        return [(number, row) for number, row in enumerate(value) if isinstance(row, dict)]
    if isinstance(value, dict):
        rows = [(name, {"id": name, **row}) for name, row in value.items() if isinstance(row, dict)]
        return rows if rows or not value else None
    return None
