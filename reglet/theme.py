"""A theme's templates, tokens and words for one edition: texts in, callable macros and pages out.

Shared by render and the web page. Templates run in Jinja2's sandbox; a fault in one of them is
told as a diagnostic at its line.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import TracebackType

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.utils import missing

from reglet.colours import on_any_page
from reglet.language import long_date
from reglet.lengths import WIDEST_PAGE, out_of_bounds
from reglet.model.diagnostic import Diagnostic, Outcome, diagnose, nearest
from reglet.model.limits import USUAL, Limits, raise_hint
from reglet.model.report import Edition
from reglet.model.span import Span
from reglet.sandbox import LimitReachedError, Sandbox
from reglet.yamltree import read_yaml

Macro = Callable[..., str]

_LEAST = {  # mm
    "page": 20.0, "font-size": 0.5, "line-height": 0.5, "note-size": 0.5, "note-line-height": 0.5,
    "bleed": 0.0, "spine": 0.0,
}  # fmt: skip
_TOO_DEEP = (RecursionError, SyntaxError)  # Python's own, of what Jinja2 has made of a template
_FAULTS = (
    TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, *_TOO_DEEP
)  # fmt: skip


class _Absent(StrictUndefined):
    """A name that is not there is a fault; a key that a mapping lacks may be asked for."""

    def __bool__(self) -> bool:  # type: ignore[override]
        if self._undefined_obj is missing:
            return bool(super().__bool__())
        return False


class TemplateFaultError(Exception):
    """A template that cannot be used; caught where the stage begins and never leaves it."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def load_labels(templates: Mapping[str, str], lang: str) -> Outcome[Mapping[str, str]]:
    """Read the words that reglet prints itself: English, overlaid with those of `lang`."""
    labels: dict[str, str] = {}
    diagnostics: list[Diagnostic] = []
    base, full = lang.split("-", maxsplit=1)[0].lower(), lang
    for name in dict.fromkeys(("en", base, full)):
        text = templates.get(f"labels/{name}.yaml")
        if text is None:
            continue
        found = read_yaml(text, f"templates/labels/{name}.yaml")
        diagnostics.extend(found.diagnostics)
        if isinstance(found.value.value, dict):
            labels |= {str(key): str(word) for key, word in found.value.value.items()}
    return Outcome(labels, tuple(diagnostics))


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme as one format sees it: its own templates first, then those of all formats."""

    environment: Sandbox
    labels: Mapping[str, str]
    tokens: Mapping[str, str]
    name: str
    format: str
    limits: Limits

    def macros(self, context: Mapping[str, object]) -> Mapping[str, Macro]:
        """Return the macros of `nodes.html` and `notes.html`, those of notes.html winning."""
        found: dict[str, Macro] = {}
        for file in ("nodes.html", "notes.html"):
            module = self._guard(partial(self._module, file, context), file)
            macros = {key: value for key, value in vars(module).items() if callable(value)}
            found |= {name: self._guarded(macro, file) for name, macro in macros.items()}
        return found

    def _module(self, file: str, context: Mapping[str, object]) -> object:
        return self.environment.get_template(file).make_module(dict(context))

    def page(self, file: str, context: Mapping[str, object]) -> str:
        """Render one template file."""
        return str(self._guard(lambda: self.environment.get_template(file).render(context), file))

    def _guarded(self, macro: Macro, file: str) -> Macro:
        return lambda *arguments: str(self._guard(lambda: macro(*arguments), file))

    def _guard(self, work: Callable[[], object], file: str) -> object:
        """Do what runs the template `file`; what is wrong with any raises TemplateFaultError."""
        try:
            return work()
        except TemplateFaultError:
            raise
        except TemplateSyntaxError as fault:
            raise self._fault(fault, fault.filename or "", fault.lineno) from fault
        except _FAULTS as fault:
            place = _innermost(fault.__traceback__)
            if place is None and not isinstance(fault, (TemplateError, *_TOO_DEEP)):
                raise
            raise self._fault(fault, *(place or (self._path(file), 0))) from fault

    def _path(self, file: str) -> str:
        """Return the path of a template's file, or the theme's where there is none."""
        loader = self.environment.loader
        found = loader.load_func(file) if isinstance(loader, FunctionLoader) else None
        return str(found[1]) if isinstance(found, tuple) else self.name

    def _fault(self, fault: Exception, name: str, line: int) -> TemplateFaultError:
        span = Span(f"templates/{name}" if name else f"templates/{self.name}", line, 1)
        if isinstance(fault, LimitReachedError):
            hint, limit = raise_hint(fault.key), self.limits.worded(fault.key)
            over = diagnose("template-limit", span, hint, limit=limit)
            return TemplateFaultError(over)
        reason = (str(fault) or type(fault).__name__).replace("\n", " ")
        if isinstance(fault, _TOO_DEEP):
            reason = "it is nested too deeply, or calls itself without end"
        return TemplateFaultError(diagnose("template-error", span, reason=reason))


def _innermost(trace: TracebackType | None) -> tuple[str, int] | None:
    """Find the template and the line of it that the innermost frame of a traceback ran."""
    place = None
    while trace is not None:
        scope = trace.tb_frame.f_globals
        if template := scope.get("__jinja_template__"):
            place = (template.filename or "", template.get_corresponding_lineno(trace.tb_lineno))
        elif "__jinja_exception__" in scope:  # a frame that Jinja2 has rewritten already
            place = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return place


def load_theme(
    edition: Edition, templates: Mapping[str, str], lang: str, limits: Limits = USUAL
) -> Outcome[Theme | None]:
    """Open the theme of `edition` for its format; settings of the edition replace tokens."""
    themes = sorted({name.split("/")[0] for name in templates if "/" in name} - {"labels"})
    if edition.theme not in themes:
        hint = nearest(edition.theme, themes) or f"themes: {', '.join(themes)}"
        return Outcome(None, (diagnose("unknown-theme", edition.span, hint, name=edition.theme),))
    labels = load_labels(templates, lang)
    tokens = load_tokens(edition, templates)
    if labels.failed or tokens.failed:
        return Outcome(None, (*labels.diagnostics, *tokens.diagnostics))
    environment = Sandbox(
        limits,
        undefined=_Absent,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FunctionLoader(lambda name: _find(name, edition, templates)),
        cache_size=-1,
    )
    environment.filters["on_any_page"] = on_any_page
    environment.filters["date"] = partial(long_date, lang=lang)
    theme = Theme(environment, labels.value, tokens.value, edition.theme, edition.format, limits)
    return Outcome(theme, (*labels.diagnostics, *tokens.diagnostics))


def _find(
    name: str, edition: Edition, templates: Mapping[str, str]
) -> tuple[str, str, None] | None:
    """Look a template up: in the theme's folder of the format, then in the theme's own."""
    for path in (f"{edition.theme}/{edition.format}/{name}", f"{edition.theme}/{name}"):
        if path in templates:
            return templates[path], path, None
    return None


def load_tokens(edition: Edition, templates: Mapping[str, str]) -> Outcome[Mapping[str, str]]:
    """Read the tokens of the edition's theme, overlaid with its settings."""
    path = f"{edition.theme}/theme.yaml"
    found = read_yaml(templates.get(path, ""), f"templates/{path}")
    value = found.value.value
    tokens = {str(k): str(v) for k, v in value.items()} if isinstance(value, dict) else {}
    unknown = tuple(
        diagnose("unknown-key", edition.span, nearest(key, tokens), key=key)
        for key in edition.settings
        if key not in tokens
    )
    settings = {key: word for key, word in edition.settings.items() if key in tokens}
    wrong = _without_end(tokens | settings, settings, edition.span, Span(f"templates/{path}"))
    return Outcome(tokens | settings, (*found.diagnostics, *unknown, *wrong))


def _without_end(
    tokens: Mapping[str, str], settings: Mapping[str, str], here: Span, theme: Span
) -> Iterator[Diagnostic]:
    """Tell of lengths that no page, no letter and no line can have."""
    for key, word in tokens.items():
        least = _LEAST.get(key, -WIDEST_PAGE)
        hint = f"write one from {max(least, 0):g}mm to {WIDEST_PAGE:g}mm"
        for length in out_of_bounds(word, least):
            span, expected = here if key in settings else theme, f"length for `{key}`"
            yield diagnose("bad-value", span, hint, found=length, expected=expected)
