from __future__ import annotations

import pytest

from traefik_lint.source.comments import toml_comments, yaml_comments
from traefik_lint.source.span import SourceFile

YAML = """\
# one
a: "x # no" # two
b: | # three
  # content
  x
# four
c: >-
   l # content

   # also
d: [a, # five
 b#c, 'd # no'] #six
e: x#y
f: p  # seven  \t
---
g: |
  # content
 # eight"""


def test_yaml_comments_are_found_and_nothing_else() -> None:
    comments = yaml_comments(SourceFile("f.yml", YAML))
    assert [(c.text, c.span.first.line, c.own_line) for c in comments] == [
        ("one", 1, True),
        ("two", 2, False),
        ("three", 3, False),
        ("four", 6, True),
        ("five", 11, False),
        ("six", 12, False),
        ("seven", 14, False),
        ("eight", 18, True),
    ]
    assert [c.span.text for c in comments][-3:] == ["#six", "# seven", "# eight"]


TOML = """\
# one
a = "x # no" # two
b = \"\"\" # no
 # "no" \\\"\"\" # no\"\"\" # three
[x] # four
c = [ '#', # five
 1]
'd#' = '''
# no'''
"""


def test_toml_comments_are_found_and_nothing_else() -> None:
    comments = toml_comments(SourceFile("f.toml", TOML))
    assert [(c.text, c.span.first.line, c.own_line) for c in comments] == [
        ("one", 1, True),
        ("two", 2, False),
        ("three", 4, False),
        ("four", 5, False),
        ("five", 6, False),
    ]


@pytest.mark.parametrize("comments", [yaml_comments, toml_comments])
def test_only_comments_with_the_marker_are_given(comments: object) -> None:
    assert callable(comments)
    file = SourceFile("f", "# traefik-lint: ignore\n# other\n")
    assert [c.text for c in comments(file, "traefik-lint:")] == ["traefik-lint: ignore"]
    assert comments(SourceFile("f", "# other\n"), "traefik-lint:") == []


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_comment_ends_with_its_line(line_end: str) -> None:
    (comment, _) = yaml_comments(SourceFile("f.yml", f"a: 1 # x{line_end}# y{line_end}b: 2"))
    assert comment.span.text == "# x"


@pytest.mark.parametrize(
    "text", ["# x\na: [\n# y", "# x\n- @", "# x\na: 'b", "# x\n" + "[" * 200_000, "# x\n\ud800"]
)
def test_in_a_text_that_is_no_yaml_nothing_fails(text: str) -> None:
    assert [c.text for c in yaml_comments(SourceFile("f.yml", text))][:1] in (["x"], [])


def test_in_a_text_that_is_no_toml_comments_before_the_error_are_found() -> None:
    assert [c.text for c in toml_comments(SourceFile("f.toml", "# x\na = 'b\n# y"))] == ["x"]
