"""markdown-it-py with reglet's rules, and with a place on every token it makes.

Each token's `meta` holds `at` and `end`, offsets into the source; so does that of the first token
of every block.
"""

from collections.abc import Callable, MutableMapping
from typing import Any, Literal, cast

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.parser_inline import ParserInline, RuleFuncInlineType
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from reglet.text.limits import NESTING, TooDeepError
from reglet.text.positions import Pieces
from reglet.text.rules import BLOCK, INLINE, PAIRS
from reglet.text.sheet import sheet_of


class InlineState(StateInline):
    """Inline parsing that notes where each token and each run of plain text begins."""

    def __init__(self, src: str, md: MarkdownIt, env: MutableMapping[str, Any]) -> None:
        self._text_at = self._text_end = 0
        self._run = -1
        super().__init__(src, md, env, [])
        self.pieces: Pieces = env["pieces"]

    def append_pending(self, text: str) -> None:
        """Add plain text that stands at the current place."""
        if not self.pending:
            self._text_at = self.pos
        self._text_end = self.pos + len(text)
        super().append_pending(text)

    def pushPending(self) -> Token:  # noqa: N802
        """Make a token of the plain text so far."""
        token = super().pushPending()
        token.meta = {
            "at": self.pieces.start(self._text_at),
            "end": self.pieces.end(self._text_end),
        }
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Make a token that begins at the current place.

        A rule that makes one token for each mark of a run pushes them all from the run's start.
        """
        token = super().push(ttype, tag, nesting)
        place = self.pos
        if ttype == "text" and self._run == self.pos and len(self.tokens) > 1:
            before = self.tokens[-2]
            token.meta["at"] = before.meta["at"] + len(before.content)
        else:
            token.meta["at"] = self.pieces.start(place)
        self._run = self.pos if ttype == "text" else -1
        return token

    def within(self, start: int, end: int) -> list[Token]:
        """Parse `src[start:end]` as inline text of its own; places stay those of the whole."""
        # cut off, since markdown-it-py 4.0's rule of plain text looks past `posMax`
        state = InlineState(self.src[:end], self.md, self.env)
        state.pos = start
        state.level = self.level + 1
        cast(Parser, self.md).inline.finish(state)
        return state.tokens


class InlineParser(ParserInline):
    """The inline rules of reglet's table."""

    def __init__(self) -> None:
        super().__init__()
        self.ruler = Ruler[RuleFuncInlineType]()
        for name, rule in INLINE:
            self.ruler.push(name, _placed_inline(cast(RuleFuncInlineType, rule)))
        self.ruler2 = Ruler()
        for name, pair in PAIRS:
            self.ruler2.push(name, pair)

    def read(
        self, content: str, md: MarkdownIt, env: MutableMapping[str, Any], pieces: Pieces
    ) -> list[Token]:
        """Parse the inline text of one block, whose places are `pieces`, to tokens."""
        env["pieces"] = pieces
        state = InlineState(content, md, env)
        try:
            self.finish(state)
        except TooDeepError:  # it is told; to read on would take long
            state = InlineState(content, md, env)
            state.append_pending(content)
            state.pushPending()
        return state.tokens

    def finish(self, state: InlineState) -> None:
        """Tokenize all of `state`, then pair what comes in pairs."""
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)

    def parse(
        self,
        src: str,  # noqa: ARG002
        md: MarkdownIt,  # noqa: ARG002
        env: MutableMapping[str, Any],  # noqa: ARG002
        tokens: list[Token],
    ) -> list[Token]:
        """Do nothing: markdown-it's image rule calls this, reglet's reads the text in place."""
        return tokens

    def tokenize(self, state: StateInline) -> None:
        """Tokenize up to `state.posMax`, or say that the nesting is too deep."""
        _check_depth(state)
        super().tokenize(state)

    def skipToken(self, state: StateInline) -> None:  # noqa: N802
        """Move past one token, or say that the nesting is too deep."""
        _check_depth(state)
        super().skipToken(state)


class BlockParser(ParserBlock):
    """The block rules of reglet's table."""

    def __init__(self) -> None:
        self.ruler = Ruler[RuleFuncBlockType]()
        for name, rule, ends in BLOCK:
            self.ruler.push(name, _placed_block(rule), {"alt": list(ends)})

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        """Tokenize the lines of one container; close the fenced divs that it leaves open."""
        sheet = sheet_of(state.env)
        if state.level >= NESTING:
            start = state.bMarks[startLine] + state.tShift[startLine]
            sheet.report_depth(start, state.eMarks[startLine])
            state.line = endLine
            return
        sheet.divs.append([])
        super().tokenize(state, startLine, endLine)
        for opened in sheet.divs.pop():
            sheet.report("unclosed-div", opened.meta["at"], opened.meta["fence"])
            state.push("div_close", "div", -1)


class Parser(MarkdownIt):
    """markdown-it with reglet's tables of rules; links keep the address that is written."""

    block: BlockParser
    inline: InlineParser

    def __init__(self) -> None:
        super().__init__("commonmark", {"maxNesting": NESTING, "html": True})
        self.block = BlockParser()
        self.inline = InlineParser()

    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002
        """Allow every address here: the tree's builder judges them, with a diagnostic."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        """Keep the address: the tree's builder encodes links, but not pictures' paths."""
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        """Keep the text of `<https://…>`."""
        return link


def _placed_inline(rule: RuleFuncInlineType) -> RuleFuncInlineType:
    """Let the last token a rule makes know where in the source it ends."""

    def run(state: StateInline, silent: bool) -> bool:
        if silent:
            return rule(state, True)
        count = len(state.tokens)
        if not rule(state, False):
            return False
        if len(state.tokens) > count:
            end = cast(InlineState, state).pieces.end(state.pos)
            state.tokens[-1].meta.setdefault("end", end)
        return True

    return run


def _placed_block(rule: RuleFuncBlockType) -> Callable[[StateBlock, int, int, bool], bool]:
    """Let the first token a rule makes know where in the source its block begins."""

    def run(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if silent:
            return rule(state, start, end, True)
        count, at = len(state.tokens), state.bMarks[start] + state.tShift[start]
        if not rule(state, start, end, False):
            return False
        if len(state.tokens) > count:
            state.tokens[count].meta.setdefault("at", at)
        return True

    return run


def _check_depth(state: StateInline) -> None:
    if state.level >= NESTING:
        place = cast(InlineState, state).pieces.start(state.pos)
        sheet_of(state.env).report_depth(place, place + 1)
        raise TooDeepError
