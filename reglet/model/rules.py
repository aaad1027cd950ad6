"""Every diagnostic reglet can give: one literal table, code to wording.

`docs/diagnostics.md` has a heading and `tests/cases/diagnostics/` a case for each row; a test
asserts that the three agree. Add a row here first.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """How one diagnostic is worded; `{names}` are the fields that `diagnose` is given."""

    message: str
    hint: str = ""
    warning: bool = False
    mild: bool = False  # an error that a report may take for less: what is made is sound

    @property
    def yields(self) -> bool:
        """Tell whether `rules:` of report.yaml may say how much it matters."""
        return self.warning or self.mild


RULES: dict[str, Rule] = {
    # files and YAML
    "no-report": Rule("no `report.yaml` in `{folder}`", "run `reglet new {folder}` to make one"),
    "no-sections": Rule(
        "the report has no sections", "write one, as `sections/01-introduction.md`"
    ),
    "missing-file": Rule("no file `{path}`", "correct the name, or write the file"),
    "unreadable-file": Rule("cannot read `{path}`: {reason}", "save it as UTF-8 text"),
    "outside-folder": Rule(
        "`{path}` lies outside the report's folder", "copy the file into the report's folder"
    ),
    "file-limit": Rule(
        "`{path}` is over the limit of {limit}", "make it smaller, or take it out of the folder"
    ),
    "more-mistakes": Rule("there are {count} more of `{code}`", "mend those that are told first"),
    "two-reports": Rule("`report.yaml` stands in `{folder}` too", "keep one of the two"),
    "listed-twice": Rule("`{name}` is listed twice", "list it once"),
    "duplicate-name": Rule("the name `{name}` is already used by `{first}`", "choose another"),
    "yaml-syntax": Rule(
        "this is not YAML: {problem}", "check quotes, colons and indentation above"
    ),
    "yaml-limit": Rule("{what} is over the limit of {limit}", "split the file or make it simpler"),
    "yaml-tag": Rule("the tag `{tag}` is not allowed", "write a plain value"),
    "duplicate-key": Rule("the key `{key}` stands twice", "keep one of the two"),
    "unknown-key": Rule("unknown key `{key}`", "see docs/format.md for the keys"),
    "missing-key": Rule("the key `{key}` is missing", "add a line `{key}: …`"),
    "wrong-type": Rule("`{key}` must be {expected}, not `{found}`"),
    "bad-value": Rule("`{found}` is no {expected}"),
    "bad-date": Rule("`{found}` is no date", "write YYYY-MM-DD, YYYY-MM or YYYY"),
    "mixed-types": Rule(
        "`{key}` is {found} here and {expected} in the rows above",
        "write the same kind everywhere",
        mild=True,
    ),
    # Markdown
    "control-character": Rule("the character U+{code} cannot be printed", "delete it", mild=True),
    "too-deep": Rule("nested deeper than {limit} levels", "take some levels out"),
    "unclosed-div": Rule("this `:::` is never closed", "add a line `:::` where it ends"),
    "bad-attributes": Rule(
        "`{text}` is not a list of attributes", "write `{{#id .class key=value}}`"
    ),
    "unknown-attribute": Rule(
        "the attribute `{name}` is not allowed here", "take it out", warning=True
    ),
    "html-removed": Rule(
        "`{text}` is not on the list of allowed HTML, and is left out",
        "take it out, or write it as Markdown",
        warning=True,
    ),
    "heading-skip": Rule(
        "a heading of level {level} follows one of level {before}",
        "use level {expected}, or add the heading between",
        warning=True,
    ),
    "duplicate-id": Rule("the identifier `{id}` is already used at {first}", "choose another"),
    "reserved-id": Rule("reglet uses the identifier `{id}` itself", "choose another"),
    "empty-term": Rule(
        "this mark of the index has no words", 'write `[words]{{.index}}`, or `term="…"`'
    ),
    "unknown-term": Rule("the index has no term `{term}`", "mark one as `[{term}]{{.index}}`"),
    "empty-link": Rule("this link leads nowhere", "write an address or `#identifier`"),
    "bad-link": Rule(
        "a link to `{target}` is not allowed", "use http:, https:, mailto: or `#identifier`"
    ),
    "too-long": Rule("the file is longer than {limit} characters", "split it into sections"),
    "unopened-div": Rule("this `:::` closes nothing", "take it out, or open a division above"),
    "raw-removed": Rule(
        "raw `{format}` is left out: only HTML is kept", "write it as Markdown", warning=True
    ),
    "table-shape": Rule(
        "this table cannot be read: {reason}", "draw it with `|` alone, or as a `table` block"
    ),
    "table-limit": Rule("this table would have {found} cells, more than {limit}"),
    "table-cells": Rule(
        "this row has {found} cells, its table {columns} columns",
        "write `\\|` for a bar inside a cell, or add columns to the table's second line",
    ),
    # notes
    "unknown-note": Rule("no note `[^{label}]`", "add a paragraph `[^{label}]: …`"),
    "ambiguous-note": Rule(
        "`[^{label}]` is a note of several sections: {sections}",
        "give the one that is meant a label of its own",
    ),
    "note-below": Rule("no table and no caption is here for this note to stand below"),
    "unused-note": Rule(
        "the note `[^{label}]` has no call", "put `[^{label}]` where it belongs", mild=True
    ),
    "duplicate-note": Rule(
        "the note `[^{label}]` is already written at {first}", "give one of the two another label"
    ),
    "empty-note": Rule("the note `[^{label}]` is empty", "write its text", mild=True),
    "note-loop": Rule("the note `[^{label}]` calls itself", "take that call out"),
    # sources
    "bad-sources": Rule("this is not {kind}: {problem}", "mend the entry here or above"),
    "unknown-source": Rule("no source `{key}` in sources.yaml", "add it to sources.yaml"),
    "unused-source": Rule(
        "the source `{key}` is never cited", "cite it as `[@{key}]`, or delete it", warning=True
    ),
    "unknown-style": Rule(
        "no citation style `{style}`", "name a CSL style, or a `.csl` file's path"
    ),
    "bad-style": Rule("the style `{style}` cannot be read: {reason}", "use a CSL 1.0 style"),
    # references, pictures
    "unknown-reference": Rule("nothing is labelled `{label}`", "label it with `{{#{label}}}`"),
    "missing-image": Rule("no picture `{path}`", "correct the name, or add the file"),
    "bad-image": Rule(
        "the picture `{path}` cannot be read: {reason}", "save it as PNG, JPEG or SVG"
    ),
    "remote-image": Rule("`{path}` is on the network", "save the picture in `figures/`"),
    "unfetched-image": Rule(
        "the picture `{path}` cannot be fetched: {reason}", "save the picture in `figures/`"
    ),
    "missing-alt": Rule(
        "this picture has no text for those who cannot see it",
        'write `![what it shows](…)`, or `{{alt=""}}` for decoration',
    ),
    "stray-description": Rule(
        "no picture and no chart stands right above this description",
        "put it below the one that it describes",
    ),
    "bad-description": Rule(
        "{what} may not stand in a description, which not every edition prints",
        "put it into the text or the caption",
    ),
    # data and directives
    "bad-expression": Rule("`{text}` is not a data expression: {reason}"),
    "unknown-data": Rule("there is no `{name}` in the data"),
    "unclosed-expression": Rule("`{{{{` without `}}}}`", "close it with `}}}}`"),
    "unknown-directive": Rule("there is no block `{name}`"),
    "bad-directive": Rule("`{name}`: {reason}"),
    # templates and setting
    "template-error": Rule("{reason}", "correct the template"),
    "template-limit": Rule("the templates of this edition are over the limit of {limit}"),
    "unknown-edition": Rule("there is no edition `{name}`"),
    "no-pages": Rule(
        "the cover `{name}` has no book to go round",
        "name an edition of `standard: x-4` beside it, as `press`",
    ),
    "unknown-theme": Rule("there is no theme `{name}`"),
    "theme-loop": Rule("the theme `{name}` extends itself", "let it extend another theme, or none"),
    "bad-markup": Rule(
        "`{page}` is not well-formed XML: {reason}", "correct the template, or HTML in the text"
    ),
    "unsafe-markup": Rule(
        "`{what}` in `{page}` is not allowed", "take it out of the template or the text"
    ),
    "deep-markup": Rule(
        "elements in `{page}` are nested deeper than {limit} levels", "simplify the template"
    ),
    "page-limit": Rule("the edition `{name}` has more than {limit} pages"),
    "time-limit": Rule("{what} takes more than {limit} of computing"),
    "lost-worker": Rule(
        "the process that set `{part}` was ended from outside",
        "free memory, or give `--jobs 1`; shorten what it sets if it takes too much",
    ),
    "memory-limit": Rule("{what} takes more memory than {limit}"),
    "not-accessible": Rule(
        "the EPUB cannot claim to meet WCAG 2.2 AA: {reason}",
        "mend that, or take `certified-by` out of the edition",
        warning=True,
    ),
    "unplaced-pages": Rule(
        "the EPUB does not have where these pages of the edition `{edition}` begin: {pages}",
        "let the notes of both stand in the same place, and their templates print the same text",
        warning=True,
    ),
    "engine-warning": Rule(
        "the page engine says: {reason}", "correct the template or its style sheet", warning=True
    ),
    "missing-glyph": Rule(
        "no font has the character `{character}` (U+{code})",
        "write it in other characters, or show it in a picture",
        warning=True,
    ),
    "coarse-image": Rule(
        "the picture `{path}` has {dpi} dpi in the size it has on page {page}, fewer than the 300 "
        "of print",
        warning=True,
    ),
    "half-empty-page": Rule(
        "page {page} of the edition `{edition}` is {empty} empty: {what} goes overleaf whole",
        "move it behind the next paragraph, or make it smaller",
        warning=True,
    ),
    "note-astray": Rule(
        "note {number} stands on page {page}, its call on page {call}",
        "report this: it is reglet's fault",
    ),
    "note-lost": Rule("note {number} is not printed in full", "report this: it is reglet's fault"),
    "note-garbled": Rule(
        "words of note {number} stand twice or out of order, from `{words}` on",
        "report this: it is reglet's fault",
    ),
    "note-overlaps": Rule(
        "note {number} and {what} overlap on page {page}", "report this: it is reglet's fault"
    ),
    "note-outside": Rule(
        "{what} of note {number} leaves the place of notes on page {page}",
        "divide or narrow what is too wide for a line; report this if nothing is",
    ),
    "unsettled-pages": Rule(
        "the page numbers of references do not settle; {count} may be wrong",
        "move a reference to a page away from the end of its line or page",
        warning=True,
    ),
    "unproven": Rule(
        "`{file}` does not pass {standard}: {reason}", "report this: it is reglet's fault"
    ),
    "cannot-write": Rule("cannot write `{path}`: {reason}", "free the place and build again"),
    # finished files, held against what is said of them
    "no-manifest": Rule("no `{path}`", "build the report, or name the file with `--manifest`"),
    "bad-manifest": Rule("`{path}` is no manifest: {reason}", "build the report anew"),
    "input-differs": Rule("`{path}` {state}", "take the change back, or build the report anew"),
    "version-differs": Rule(
        "{name} is {found} here, and was {built} in the build",
        "files may have other bytes for that; install what the manifest names",
    ),
    "file-differs": Rule(
        "`{file}` {state}", "do not trust it: build the report anew, or fetch the file again"
    ),
    "rebuild-differs": Rule("built anew, `{file}` {state}"),
}
