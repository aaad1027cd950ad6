"""Definition lists, `Term` and `: what it means` (Pandoc), by mdit-py-plugins' rule."""

from markdown_it import MarkdownIt
from markdown_it.parser_block import RuleFuncBlockType
from mdit_py_plugins.deflist import deflist_plugin


def _plugin_rule() -> RuleFuncBlockType:
    parser = MarkdownIt("zero").use(deflist_plugin)
    return parser.block.ruler.getRules("")[0]  # "zero" itself has paragraphs alone, tried last


definition_list = _plugin_rule()
