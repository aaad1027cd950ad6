"""A theme's templates, tokens and words for one edition: texts in, callable macros and pages out.

Shared by render and the web page. Templates run in Jinja2's sandbox; a fault in one of them is
told as a diagnostic at its line.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import TracebackType

from jinja2 import (
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateRuntimeError,
    TemplateSyntaxError,
)
from jinja2.utils import missing
from markupsafe import Markup as Safe
from markupsafe import escape

from reglet.colours import apart, midway, on_any_page, paler
from reglet.language import long_date
from reglet.model.diagnostic import Diagnostic, Outcome, diagnose
from reglet.model.limits import USUAL, Limits, raise_hint
from reglet.model.report import Edition
from reglet.model.span import Span
from reglet.paper import lines, measure, millimetres, turned
from reglet.sandbox import LimitReachedError, Sandbox
from reglet.tokens import find_template, lineage, load_tokens
from reglet.yamltree import read_yaml

Macro = Callable[..., str]

_BETWEEN = re.compile("`([^`]*)`")
_CODE = r"<code>\1</code>"
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
    """One theme as one format sees it: its own templates, and those of the themes it extends."""

    environment: Sandbox
    labels: Mapping[str, str]
    tokens: Mapping[str, str]
    name: str
    format: str
    line: tuple[str, ...]  # its name, and those of the themes it extends
    templates: Mapping[str, str]
    limits: Limits

    def macros(self, context: Mapping[str, object]) -> Mapping[str, Macro]:
        """Return the macros of `nodes.html` and `notes.html`, those of notes.html winning.

        A theme's own win over those of the themes it extends, one by one.
        """
        found: dict[str, Macro] = {}
        for theme in reversed(self.line):
            for file in ("nodes.html", "notes.html"):
                if self._has(theme, file):
                    found |= self._macros_of(f"{theme}/{file}", context)
        return found

    def _macros_of(self, name: str, context: Mapping[str, object]) -> Mapping[str, Macro]:
        """Return the macros of one template."""
        module = self._guard(partial(self._module, name, context), name)
        macros = {key: value for key, value in vars(module).items() if callable(value)}
        return {key: self._guarded(macro, name) for key, macro in macros.items()}

    def _has(self, theme: str, file: str) -> bool:
        """Tell whether a theme has a template itself."""
        return bool(find_template((theme,), self.format, file, self.templates))

    def _module(self, file: str, context: Mapping[str, object]) -> object:
        return self.environment.get_template(file).make_module(dict(context))

    def page(self, file: str, context: Mapping[str, object]) -> str:
        """Render one template file."""
        return str(self._guard(lambda: self.environment.get_template(file).render(context), file))

    def _guarded(self, macro: Macro, file: str) -> Macro:
        return lambda *arguments: str(self._guard(partial(_called, macro, arguments), file))

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


def _called(macro: Macro, arguments: tuple[object, ...]) -> str:
    """Call a macro; one that takes less than it is given raises a TemplateError."""
    taken = getattr(macro, "arguments", arguments)
    if len(arguments) > len(taken) and not getattr(macro, "catch_varargs", False):
        told = f"it is given {len(arguments)} values, and takes {len(taken)}"
        raise TemplateRuntimeError(f"macro `{getattr(macro, 'name', '')}`: {told}")
    return macro(*arguments)


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
    line = lineage(edition.theme, templates, edition.span)
    if not line.value:
        return Outcome(None, line.diagnostics)
    labels = load_labels(templates, lang)
    tokens = load_tokens(edition, templates)
    if labels.failed or tokens.failed:
        return Outcome(None, (*labels.diagnostics, *tokens.diagnostics))
    environment = Sandbox(
        limits,
        undefined=_Absent,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FunctionLoader(lambda name: _find(name, line.value, edition.format, templates)),
        cache_size=-1,
    )
    date = partial(long_date, lang=lang)
    environment.adopt(on_any_page=on_any_page, midway=midway, apart=apart, paler=paler)
    environment.adopt(coded=coded, date=date)
    environment.adopt(lines=lines, measure=measure, mm=millimetres, turned=turned)
    theme = Theme(
        environment,
        labels.value,
        tokens.value,
        edition.theme,
        edition.format,
        line.value,
        templates,
        limits,
    )
    return Outcome(theme, (*labels.diagnostics, *tokens.diagnostics))


def coded(text: str) -> Safe:
    """Mark what stands between backticks as code, and escape all of it."""
    return Safe(_BETWEEN.sub(_CODE, str(escape(text))))  # noqa: S704 - escaped, but for its tags


def _find(
    name: str, line: tuple[str, ...], form: str, templates: Mapping[str, str]
) -> tuple[str, str, None] | None:
    """Load a template for Jinja2, under the name of the file that it is."""
    path = find_template(line, form, name, templates)
    return (templates[path], path, None) if path else None


def notes_addresses(edition: Edition, templates: Mapping[str, str]) -> bool:
    """Tell whether the addresses of an edition's links are to be notes: on paper, where asked."""
    asked = load_tokens(edition, templates).value.get("addresses")
    return edition.held == "x-4" and asked == "notes"
