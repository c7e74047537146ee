"""An advocate's Markdown becomes blocks, and never markup."""

from __future__ import annotations

import pytest

from workbook.documents.render import html
from workbook.documents.tree import blocks as B  # noqa: N812
from workbook.documents.tree.markdown import to_blocks


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("## Plan", [B.heading(2, "Plan")]),
        ("one **two** *three*", [B.para(["one ", B.text("two", b=True), " ", B.text("three", i=True)])]),
        ("a\nb", [B.para(["a", " ", "b"])]),
        ("[words](https://example.org)", [B.para(B.link("words", "https://example.org"))]),
        ("[words](javascript:alert)", [B.para("words")]),
        ("- [x] done\n- [ ] open", [B.checks([(True, "done"), (False, "open")])]),
        ("2. first\n3. then", [B.listing([[B.para("first")], [B.para("then")]], ordered=True)]),
        ("> said", [B.quote(["said"])]),
        ("    kept\n      so", [B.pre("kept\n  so")]),
        ("|a|b|\n|-|-|\n|1|2|", [B.table("", ["a", "b"], [["1", "2"]], row_header=False)]),
        ("<b>not bold</b>", [B.para(["<b>", "not bold", "</b>"])]),
        ("<script>\nx\n</script>", [B.pre("<script>\nx\n</script>")]),
        ("![a scan](x.png)", [B.para("[a scan]")]),
        ("---", []),
        ("", []),
    ],
)
def test_markdown_as_blocks(source, blocks):
    assert to_blocks(source) == blocks


def test_deep_nesting_is_flattened_so_that_it_can_be_drawn():
    deep = ">" * 40 + " inside\n\n" + "".join("  " * n + "- item\n" for n in range(40))
    page = html.render(B.document("T", to_blocks(deep)))
    assert "inside" in page
    assert page.split("<main>")[1].count("item") == 40
