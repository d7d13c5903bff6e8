from __future__ import annotations

from tests.marked import finding
from tests.report.results import one, written


def test_annotation() -> None:
    assert written("github", one()) == (
        "::error file=compose.yml,line=4,endLine=4,col=46,endColumn=49,title=TL201 undefined-entry-point::"
        'entry point "wbe" does not exist, so the router is disabled%0Ahint: write web\n'
    )


def test_what_would_end_a_field_is_escaped() -> None:
    text = written("github", finding("«x»", "100 % of it", path="a,b:c.yml", severity="info", hint=""))
    assert text.startswith("::notice file=a%2Cb%3Ac.yml,")
    assert text.endswith("::100 %25 of it\n")


def test_columns_only_within_one_line() -> None:
    text = written("github", finding("«a\nb»", severity="warning"))
    assert text.startswith("::warning file=compose.yml,line=1,endLine=2,title=")
