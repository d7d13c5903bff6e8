"""Go templates: default rules and dynamic files; texts and results are Go's and sprig's own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from traefik_lint.golang.errors import GoError
from traefik_lint.golang.template import Unrenderable, normalize, parse, render

CONTAINER = {"Name": "my_app-x", "ContainerName": "c1", "Labels": {"a.b": "v", "x": "1"}}

RULES = (
    ("Host(`{{ normalize .Name }}.test`)", "Host(`my-app-x.test`)"),
    (
        '{{ index .Labels "a.b" }}|{{ .Labels.x }}|{{ index .Labels "none" }}|{{ .Labels.none }}',
        "v|1||<no value>",
    ),
    ('{{ if eq .Name "x" }}a{{ else if contains "app" .Name }}b{{ else }}c{{ end }}', "b"),
    ('{{ .Name | trimSuffix "-x" | replace "_" "-" | upper }}', "MY-APP"),
    ('{{ with index .Labels "x" }}{{ . }}{{ $.ContainerName }}{{ end }}', "1c1"),
    ("{{ range $key, $value := .Labels }}{{ $key }}={{ $value }};{{ end }}", "a.b=v;x=1;"),
    ('{{ range $i, $part := splitList "-" .Name }}{{ $i }}{{ $part }} {{ end }}', "0my_app 1x "),
    ('{{ (split "_" .Name)._0 }}', "my"),
    ("a  {{- /* nothing */ -}}  b {{- .ContainerName -}} c", "abc1c"),
    ('{{ $host := "h" }}{{ if true }}{{ $host = "i" }}{{ end }}{{ $host }}', "i"),
)


@pytest.mark.parametrize(("template", "rule"), RULES)
def test_a_default_rule(template: str, rule: str) -> None:
    assert render(parse(template), CONTAINER) == rule


FILES = (
    ('{{ upper "aB" }} {{ lower "ÀB" }} {{ title "ab cd" }}', "AB àb Ab Cd"),
    ('{{ trim "  a " }}|{{ trimAll "$" "$a$" }}|{{ trimPrefix "a" "abc" }}|{{ nospace "a b" }}', "a|a|bc|ab"),
    ('{{ trunc 3 "abcdef" }} {{ trunc -3 "abcdef" }} {{ substr 1 3 "abcdef" }}', "abc def bc"),
    ('{{ repeat 3 "ab" }} {{ hasPrefix "a" "abc" }} {{ hasSuffix "x" "abc" }}', "ababab true false"),
    ('{{ quote "a" 1 nil }} {{ squote "a" 1 }} {{ cat "a" 1 true }}', "\"a\" \"1\" 'a' '1' a 1 true"),
    (
        "{{ add 1 2 3 }} {{ sub 5 7 }} {{ mul 2 3 }} {{ div -7 2 }} {{ mod -7 2 }} {{ max 1 5 }}",
        "6 -2 6 -3 -1 5",
    ),
    ("{{ until 4 }} {{ untilStep 5 0 -2 }} {{ list 1 nil 2.5 }}", "[0 1 2 3] [5 3 1] [1 <nil> 2.5]"),
    ('{{ index (split "a.b.c" ".") 1 }} {{ join "-" (list 1 "a" nil) }}', "b 1-a"),
    ('{{ default "d" "" }} {{ coalesce "" 0 "z" }} {{ ternary "y" "n" true }} {{ empty 0 }}', "d z y true"),
    ('{{ $d := dict "a" 1 "b" "x" }}{{ $d }} {{ get $d "b" }} {{ hasKey $d "q" }}', "map[a:1 b:x] x false"),
    (
        "{{ first (list 1 2) }} {{ last (list 1 2) }} {{ rest (list 1 2 3) }} {{ has 1 (list 1) }}",
        "1 2 [2 3] true",
    ),
    ('{{ regexReplaceAll "a(x*)b" "-ab-axxb-" "${1}W" }} {{ regexMatch "^a+$" "aa" }}', "-W-xxW- true"),
    ('{{ b64enc "hi" }} {{ b64dec "aGk=" }} {{ normalize "a_b.c d--e" }}', "aGk= hi a-b-c-d-e"),
    (
        '{{ print 1 2 "a" 3 }} {{ printf "%s-%d-%v-%q-%t-%02d" "a" 3 1.5 "q" true 7 }}',
        '1 2a3 a-3-1.5-"q"-true-07',
    ),
    ('{{ html "<a>" }} {{ urlquery "a b&c" }} {{ len "é" }}', "&lt;a&gt; a+b%26c 2"),
    ("{{ range 3 }}{{ if eq . 1 }}{{ continue }}{{ end }}{{ . }}{{ end }}", "02"),
    ("{{ range list }}x{{ else }}none{{ end }} {{ range until 9 }}{{ break }}{{ end }}", "none "),
    ('{{ define "t" }}T{{ . }}{{ end }}{{ template "t" "v" }} {{ block "u" 3 }}U{{ . }}{{ end }}', "Tv U3"),
    (
        '{{ eq 1 2 1 }} {{ ne "a" "b" }} {{ ge 1.5 1.5 }} {{ and 1 0 }} {{ or 0 "x" }} {{ not "" }}',
        "true true true 0 x true",
    ),
    (
        "{{ 1.5 }} {{ 1e21 }} {{ 100000000.0 }} {{ 1e-7 }} {{ 0x1F }} {{ 017 }} {{ 'a' }}",
        "1.5 1e+21 1e+08 1e-07 31 15 97",
    ),
    ("{{ . }}", "false"),
    ("no template }} at all", "no template }} at all"),
)


@pytest.mark.parametrize(("template", "text"), FILES)
def test_a_dynamic_file(template: str, text: str) -> None:
    assert render(parse(template, name="dyn.yml"), None) == text


SYNTAX = (
    ("{{ foo }}", '1: function "foo" not defined'),
    ("{{ .Name", "1: unclosed action"),
    ("{{ .Name\n", "2: unclosed action started at NAME:1"),
    ("a\n{{ if }}", "2: missing value for if"),
    ("{{ if .Name }}", "1: unexpected EOF"),
    ("{{ end }}", "1: unexpected {{end}}"),
    ("{{ else }}", "1: unexpected {{else}}"),
    ("{{ $x }}", '1: undefined variable "$x"'),
    ('{{ "a" | "b" }}', "1: non executable command in pipeline stage 2"),
    ("{{ }}", "1: missing value for command"),
    ("{{ (1 }}", "1: unclosed left paren"),
    ("{{ 1) }}", "1: unexpected right paren"),
    ("{{ 1a }}", '1: bad number syntax: "1a"'),
    ('{{ "a }}', "1: unterminated quoted string"),
    ("{{ 'ab' }}", "1: malformed character constant: 'ab'"),
    ("{{ /* a }}", '1: unexpected "/" in command'),
    ("{{/* a }}", "1: unclosed comment"),
    ("{{ break }}", "1: {{break}} outside {{range}}"),
    ("{{ $a, $b := 1 }}", "1: too many declarations in command"),
    ("{{ .a.b@ }}", "1: bad character U+0040 '@'"),
    ("{{ nil.a }}", '1: unexpected . after term "nil"'),
    ("{{ “a” }}", "1: unrecognized character in action: U+201C '“'"),
    ("{{ template }}", '1: unexpected "}}" in template clause'),
    ('{{ "a" := 1 }}', '1: unexpected ":=" in operand'),
)


@pytest.mark.parametrize(("template", "error"), SYNTAX)
def test_a_template_that_go_can_not_parse(template: str, error: str) -> None:
    with pytest.raises(GoError) as caught:
        parse(template, name="NAME")
    assert caught.value.text == f"template: NAME:{error}"


EXECUTION = (
    (
        "{{ .Nope }}",
        "3",
        "<.Nope>",
        "can't evaluate field Nope in type struct { Name string; ContainerName string; Labels map[string]string }",
    ),
    ("{{ normalize .Labels.none }}", "20", "<.Labels.none>", "invalid value; expected string"),
    ("{{ lower 5 }}", "9", "<5>", "expected string; found 5"),
    ("{{ until (add 1 2) }}", "16", "<2>", "wrong type for value; expected int; got int64"),
    (
        "{{ index .Labels 3 }}",
        "3",
        "<index .Labels 3>",
        "error calling index: value has type int; should be string",
    ),
    ("{{ index (list 1) 4 }}", "3", "<index (list 1) 4>", "error calling index: index out of range: 4"),
    ('{{ lower "a" "b" }}', "3", "<lower>", "wrong number of args for lower: want 1 got 2"),
    ("{{ fail .Name }}", "3", "<fail .Name>", "error calling fail: my_app-x"),
    (
        '{{ eq 1 "a" }}',
        "3",
        '<eq 1 "a">',
        "error calling eq: incompatible types for comparison: int and string",
    ),
    ("{{ range .Name }}{{ end }}", "9", "<.Name>", "range can't iterate over my_app-x"),
    ("{{ .Name 1 }}", "3", "<.Name>", "Name has arguments but cannot be invoked as function"),
    ("{{ div 1 0 }}", "3", "<div 1 0>", "error calling div: runtime error: integer divide by zero"),
    ('{{ template "none" }}', "12", '<{{template "none"}}>', 'template "none" not defined'),
)


@pytest.mark.parametrize(("template", "column", "place", "error"), EXECUTION)
def test_a_template_that_go_can_not_execute(template: str, column: str, place: str, error: str) -> None:
    parsed = parse(template)
    with pytest.raises(GoError) as caught:
        render(parsed, CONTAINER)
    where = f'template: defaultRule:1:{column}: executing "defaultRule" at {place}'
    assert caught.value.text == f"{where}: {error}"


UNKNOWN = (
    '{{ env "HOME" }}',
    '{{ env "A" | default "b" }}',
    '{{ expandenv "$A" }}',
    "{{ now }}",
    "{{ randAlpha 5 }}",
    "{{ uuidv4 }}",
    '{{ getHostByName "a" }}',
    "{{ until 100000000 }}",
    '{{ repeat 100000000 "a" }}',
    '{{ define "t" }}{{ template "t" }}{{ end }}{{ template "t" }}',
    "{{ range until 900000 }}{{ range until 900000 }}x{{ end }}{{ end }}",
    "{{ range until 1000000000 }}{{ end }}",
    "{{ range until 40000 }}{{ $x := until 900000 }}{{ end }}",
    "{{ $x := until 900000 }}{{ range until 40000 }}{{ range $x }}{{ break }}{{ end }}{{ end }}",
    '{{ $x := "a" }}{{ range until 40000 }}{{ $x = cat $x $x }}{{ end }}',
    "{{ $x := list 1 2 }}{{ range until 60 }}{{ $x = list $x $x }}{{ end }}{{ $x }}",
    '{{ $d := dict "a" 1 }}{{ $e := set $d "b" $d }}{{ $d }}',
    '{{ $x := repeat 900000 "a" }}{{ replace "a" $x $x }}',
    '{{ join (repeat 900000 "a") (until 900000) }}',
    '{{ regexReplaceAll "a" (repeat 900000 "a") (repeat 900000 "b") }}',
    '{{ indent 1000000000 "a" }}',
    '{{ keys (dict "a" 1 "b" 2) }}',
)


@pytest.mark.parametrize("template", UNKNOWN)
def test_what_is_not_known_is_not_rendered(template: str) -> None:
    parsed = parse(template, name="dyn.yml")
    with pytest.raises(Unrenderable):
        render(parsed, None)


def test_a_known_environment_is_used() -> None:
    parsed = parse('{{ env "A" }}', name="dyn.yml")
    assert render(parsed, None, environment={"A": "b"}) == "b"


def test_what_is_not_reached_does_not_matter() -> None:
    parsed = parse('{{ if false }}{{ env "A" }}{{ end }}b', name="dyn.yml")
    assert render(parsed, None) == "b"


@pytest.mark.parametrize("piece", ["{{ if true }}", "{{ range list }}", "{{ (", '{{ define "a" }}'])
def test_deep_nesting_is_not_followed(piece: str) -> None:
    with pytest.raises((GoError, Unrenderable)):
        parse(piece * 5000 if piece != "{{ (" else "{{ " + "(" * 5000)


@pytest.mark.parametrize(("name", "normalized"), [("a_b.c", "a-b-c"), ("-é1-", "é1"), ("", ""), ("Ⅷ½", "Ⅷ½")])
def test_normalize(name: str, normalized: str) -> None:
    assert normalize(name) == normalized


PIECES = (
    "{{", "}}", "{{-", "-}}", " ", "if", "else", "end", "range", "with", "define", "template", "block", "break", "nil",
    ".", ".Name", ".Labels", "$", "$x", ":=", "=", ",", "|", '"a"', "`b`", "'c'", "1", "0x1F", "1.5", "1i", '"\\q"',
    "(", ")", "lower", "index", "printf", "list", "add", "until", "dict", "env", "foo", "true", "text", "\n", "/*",
    "*/", "é",
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=14).map(" ".join))
def test_any_text_is_rendered_or_refused(text: str) -> None:
    try:
        answer = render(parse(text), CONTAINER)
    except (GoError, Unrenderable) as error:
        answer = str(error)
    assert isinstance(answer, str)
