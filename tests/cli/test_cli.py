"""The command line as a person or a script meets it: words, exit codes, streams."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from click import Group
from click.testing import CliRunner, Result

from reglet import __version__
from reglet.cli import FAULT, cli, main
from reglet.messages import render
from reglet.model.diagnostic import Diagnostic, Outcome, Severity, diagnose
from reglet.model.document import Proof
from reglet.model.result import BuildResult, NoteCount, Written
from reglet.model.span import NOWHERE, Span
from reglet.progress import Progress
from reglet.scaffold import KINDS
from reglet.source.origins import Origin
from reglet.views import view_from

MISTAKE = diagnose("unknown-source", Span("a.md", 2, 5, 4), key="x")
WARNING = Diagnostic("unused-source", Span("a.md", 1, 1), "never cited", "", Severity.WARNING)


class Pipeline(ModuleType):
    """Stands in for the stages: gives the outcome it is told to, and keeps what it was asked."""

    def __init__(self, *diagnostics: Diagnostic, error: Exception | None = None) -> None:
        super().__init__("reglet.pipeline")
        self.diagnostics = diagnostics
        self.error = error
        self.asked: list[object] = []
        self.hands: list[object] = []

    def build(
        self,
        folder: Path,
        *,
        editions: tuple[str, ...],
        output: Path | None,
        depth: str,
        unproven: bool,
        strict: bool,
        jobs: int | None,
        keeps: bool,
        allowed: frozenset[Origin],
        sign: Callable[[bytes], bytes] | None,
        progress: Progress,
    ) -> Outcome[BuildResult | None]:
        assert sign is None
        print("an engine talks")
        if self.error:
            raise self.error
        progress.stage("setting", "a.md", 3)
        self.asked = [folder, editions, output, depth, unproven, strict]
        self.hands = [jobs, keeps, *map(str, allowed)]
        if Outcome(None, self.diagnostics).failed:
            return Outcome(None, self.diagnostics)
        target = Path.cwd() / "output" / "report.pdf"
        written = Written(str(target), "screen", "pdf", "application/pdf", 412_345, "0" * 64, 34)
        placed = "57 notes on 34 pages: all on the page of their call, none lost"
        proofs = (
            Proof("report.pdf", "notes", "checker 1", passed=True, detail=placed),
            Proof("report.pdf", "PDF/UA-1", "checker 1", passed=True),
        )
        return Outcome(
            BuildResult((written,), proofs, NoteCount(57, 58, 57, 57), 3.21), self.diagnostics
        )

    def check(self, folder: Path, *, strict: bool, allowed: frozenset[Origin]) -> Outcome[object]:
        self.asked = [folder, strict, *map(str, allowed)]
        return Outcome(None, self.diagnostics)


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "report.yaml").write_text("title: T\n")
    (tmp_path / "content" / "a.md").write_text("one\ntwo [@x] three\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def use(monkeypatch: pytest.MonkeyPatch, pipeline: Pipeline) -> Pipeline:
    import reglet

    monkeypatch.setitem(sys.modules, "reglet.pipeline", pipeline)
    monkeypatch.setattr(reglet, "pipeline", pipeline, raising=False)
    return pipeline


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="reglet")


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from reglet.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = 'pydantic weasyprint ebooklib markdown_it jinja2 lxml babel pikepdf yaml rich'\n"
        "print([name for name in heavy.split() if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


WITH_EXAMPLES = (
    "new",
    "build",
    "check",
    "serve",
    "proof",
    "verify",
    "sign",
    "speak",
    "impose",
    "clean",
    "theme",
    "schema",
    "sbom",
    "completion",
)


def test_help_teaches_with_examples() -> None:
    shown = run("--help").stdout
    commands = re.findall(r"^  (\w+)  ", shown.partition("Commands:")[2], re.MULTILINE)
    assert commands == [*WITH_EXAMPLES[:-1], "doctor", WITH_EXAMPLES[-1]]
    assert "Examples:" in shown
    for command in WITH_EXAMPLES:
        assert "Example" in run(command, "--help").stdout


def test_every_example_of_the_help_is_valid() -> None:
    """Each option and command that an example shows exists."""
    for shown_of in ("", *WITH_EXAMPLES):
        shown = run(*([shown_of] if shown_of else []), "--help").stdout
        for line in re.findall(r"reglet (\w+[^>&\n)]*)", shown.partition("Example")[2]):
            name, *words = line.split("  ")[0].split()
            if name not in cli.commands:
                continue
            command = cli.commands[name]
            if isinstance(command, Group):
                command = command.commands[words.pop(0)]
            options = {o for p in command.params for o in p.opts}
            assert {word for word in words if word.startswith("-")} <= options


def test_version() -> None:
    assert run("--version").stdout == f"reglet {__version__}\n"


def test_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "reglet", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"reglet {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("build", "--nonsense"),
        ("build", "no/such/folder"),
        ("check", "serve", "--format", "xml"),
        ("proof",),
        ("speak",),
        ("schema", "nonsense"),
        ("completion", "cmd"),
        ("completion",),
        ("new",),
    ],
)
def test_wrong_usage_is_2(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage:" in result.stderr


def test_build_tells_what_it_wrote(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Pipeline())
    result = run("build")
    assert result.exit_code == 0
    assert result.stdout == (
        "output/report.pdf  412 kB, 34 pages, passes notes, passes PDF/UA-1\n"
        "57 notes on 34 pages: all on the page of their call, none lost; built in 3.2 s\n"
    )
    assert result.stderr == "an engine talks\n"


def test_build_hands_its_options_on(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline = use(monkeypatch, Pipeline())
    monkeypatch.delenv("REGLET_PROOF")
    run("build", "content", "-e", "screen", "--edition", "ebook", "-o", "public", "--unproven")
    asked = [Path("content"), ("screen", "ebook"), Path("public"), "full", True, False]
    assert pipeline.asked == asked
    run("build")
    assert pipeline.asked == [Path(), (), None, "full", False, False]
    run("build", "--strict")
    assert pipeline.asked == [Path(), (), None, "full", False, True]
    run("build", "--proof", "light")
    assert pipeline.asked == [Path(), (), None, "light", False, False]
    monkeypatch.setenv("REGLET_PROOF", "light")
    run("build")
    assert pipeline.asked == [Path(), (), None, "light", False, False]
    assert pipeline.hands == [None, True]
    run("build", "-j", "3", "--no-cache")
    assert pipeline.hands == [3, False]
    run("build", str(report), "--allow-net", "http://example.org")
    assert pipeline.hands == [None, True, "http://example.org"]
    run("check", "--strict")
    assert pipeline.asked == [Path(), True]


def test_strict_refuses_what_unproven_writes(report: Path) -> None:
    result = run("build", "--strict", "--unproven")
    assert result.exit_code == 2
    assert "leave one of them out" in result.stderr


def test_no_message_shows_what_lies_elsewhere(
    report: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("outside") / "secret.md"
    secret.write_text("a secret\n")
    (report / "content" / "b.md").symlink_to(secret)
    span = Span("b.md", 1, 1, 3)
    found = view_from(report, colour=False)
    assert found.read("b.md") is None
    assert found.read("a.md")
    assert "secret" not in render([diagnose("empty-link", span)], "human", found)


def test_a_quiet_build_says_nothing(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Pipeline())
    assert run("build", "--quiet").stdout == ""


def test_mistakes_are_shown_from_here(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Pipeline(MISTAKE))
    result = run("build")
    assert result.exit_code == 1
    assert result.stdout == ""
    shown = result.stderr.partition("\n")[2]
    assert shown.startswith("content/a.md:2:5: error[unknown-source]")
    assert "2 | two [@x] three\n  |     ^^^^ add it" in shown


def test_mistakes_are_shown_from_another_folder(
    report: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    use(monkeypatch, Pipeline(MISTAKE))
    monkeypatch.chdir(tmp_path_factory.mktemp("else"))
    shown = run("check", str(report), "--format", "concise").stderr
    assert shown.startswith(f"{report}/content/a.md:2:5: ")


def test_a_place_outside_all_files_is_shown_as_it_is(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, Pipeline(diagnose("template-error", Span("templates/x", 1, 1), reason="r")))
    assert run("check").stderr.startswith("templates/x:1:1: ")


def test_warnings_do_not_fail(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Pipeline(WARNING))
    result = run("build")
    assert result.exit_code == 0
    assert "1 warning" in result.stderr
    assert "output/report.pdf" in result.stdout
    assert run("check").exit_code == 0


@pytest.mark.parametrize("command", ["build", "check"])
def test_json_has_stdout_to_itself(
    report: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    use(monkeypatch, Pipeline(WARNING))
    assert [row["path"] for row in json.loads(run(command, "--format", "json").stdout)] == [
        "content/a.md"
    ]
    use(monkeypatch, Pipeline())
    assert json.loads(run(command, "--format", "json").stdout) == []


def test_github_goes_to_stdout(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Pipeline(MISTAKE))
    result = run("check", "--format", "github")
    assert result.stdout.startswith("::error file=content/a.md,line=2,col=5,")
    assert result.exit_code == 1


def test_check_says_that_all_is_well(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Pipeline())
    result = run("check")
    assert (result.exit_code, result.stdout) == (0, "No mistakes found.\n")


def test_an_edition_that_does_not_exist_is_wrong_usage(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, Pipeline(diagnose("unknown-edition", NOWHERE, name="pres")))
    assert run("build", "-e", "pres").exit_code == 2
    use(monkeypatch, Pipeline(diagnose("unknown-edition", Span("report.yaml", 1, 1), name="pres")))
    assert run("build").exit_code == 1


def test_a_library_that_is_missing_is_explained(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = OSError("cannot load library 'libpango-1.0-0': No such file. Additionally, …")
    use(monkeypatch, Pipeline(error=error))
    result = run("build", "--format", "json")
    assert result.exit_code == 1
    assert "apt-get install -y " in result.stderr
    assert "Traceback" not in result.output
    assert "an engine talks" not in result.output


def test_a_bug_is_not_taken_for_a_mistake(
    report: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    use(monkeypatch, Pipeline(error=OSError("something else")))
    with pytest.raises(SystemExit) as stop:
        main(["build"])
    assert stop.value.code == FAULT
    shown = capsys.readouterr()
    assert "OSError: something else" in shown.err
    assert "fault of reglet" in shown.err
    assert shown.out == ""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(shell: str) -> None:
    result = run("completion", shell)
    assert result.exit_code == 0
    assert "_REGLET_COMPLETE" in result.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_schema_prints_json(kind: str) -> None:
    assert "$schema" in json.loads(run("schema", kind).stdout)


def test_schema_of_the_report_is_meant_where_none_is_named() -> None:
    assert run("schema").stdout == run("schema", "report").stdout
