"""What Traefik says of broken router rules, word for word as the binary does, and where it points."""

from __future__ import annotations

import pytest

from traefik_lint.runtime.expression import parse

# In the texts, R stands for the rule; for HTTP "error while parsing rule R: " goes before.

V3_HTTP = (
    ("", "parsing rule : 1:1: expected operand, found 'EOF'", ""),
    ("Host(`a.test`", "parsing rule R: 1:14: missing ',' before newline in argument list", "`"),
    ("Host(`a.test`))", "parsing rule R: 1:15: expected 'EOF', found ')'", ")"),
    ("Host:a.test", "parsing rule R: 1:5: expected 'EOF', found ':'", ":"),
    ("Host(a.test)", "parsing rule R: a.test is not defined", "a.test"),
    ("Host(10.0.0.1)", "parsing rule R: 1:10: missing ',' in argument list", ".0"),
    ("Host('a.test')", "parsing rule R: 1:6: illegal rune literal", "'a.test'"),
    ("Host('a')", "parsing rule R: unsupported function argument type: 'CHAR'", "'a'"),
    (
        "Host(“a.test”)",
        "parsing rule R: 1:6: curly quotation mark '“' (use neutral '\"') (and 1 more errors)",
        "“",
    ),
    ("Host(`a.test`) and Path(`/`)", "parsing rule R: 1:16: expected 'EOF', found and", "and"),
    ("Host(`a.test`) & Path(`/`)", "parsing rule R: & is not supported", "&"),
    ("Host(`a.test`), Path(`/`)", "parsing rule R: 1:15: expected 'EOF', found ','", ","),
    ("Host(`a.test`); Path(`/`)", "parsing rule R: 1:15: expected 'EOF', found ';'", ";"),
    ("Host(`a.test`)\n&& Path(`/`)", "parsing rule R: 2:1: expected 'EOF', found '&&'", "&&"),
    ('Host("a\\.test")', "parsing rule R: 1:9: unknown escape sequence", "."),
    ("Host(`a.test)", "parsing rule R: 1:6: raw string literal not terminated", "`"),
    ("`a.test`", "obtaining build tree", "`a.test`"),
    ("Host()", "adding rule R: error while checking rule Host: no args for matcher Host", "Host()"),
    ("Host(``)", "adding rule R: error while checking rule Host: empty args for matcher Host, []", "``"),
    (
        "Host(`a`,`b`)",
        (
            "adding rule R: error while adding rule Host: unexpected number of parameters; "
            "got 2, expected one of [1]"
        ),
        "Host(`a`,`b`)",
    ),
    ("hOst(`a`)", "parsing rule R: unsupported function: hOst", "hOst"),
    ("Headers(`a`,`b`)", "parsing rule R: unsupported function: Headers", "Headers"),
    (
        "Host(`é.test`)",
        (
            'adding rule R: error while adding rule Host: invalid value "é.test" for Host '
            "matcher, non-ASCII characters are not allowed"
        ),
        "`é.test`",
    ),
    ("Path(`x`)", "adding rule R: error while adding rule Path: path \"x\" does not start with a '/'", "`x`"),
    (
        "HostRegexp(`(`)",
        (
            "adding rule R: error while adding rule HostRegexp: compiling HostRegexp "
            "matcher: error parsing regexp: missing closing ): `(`"
        ),
        "`(`",
    ),
    (
        "PathRegexp(`(?=x)`)",
        (
            "adding rule R: error while adding rule PathRegexp: compiling PathPrefix "
            "matcher: error parsing regexp: invalid or unsupported Perl syntax: `(?=`"
        ),
        "`(?=x)`",
    ),
    (
        "ClientIP(`x`)",
        (
            "adding rule R: error while adding rule ClientIP: initializing IP checker for "
            "ClientIP matcher: parsing CIDR trusted IPs <nil>: invalid CIDR address: x"
        ),
        "`x`",
    ),
    (
        "Header(`a`)",
        (
            "adding rule R: error while adding rule Header: unexpected number of parameters; "
            "got 1, expected one of [2]"
        ),
        "Header(`a`)",
    ),
    (
        "Query(`a`,`b`,`c`)",
        (
            "adding rule R: error while adding rule Query: unexpected number of parameters; "
            "got 3, expected one of [1 2]"
        ),
        "Query(`a`,`b`,`c`)",
    ),
    (
        "Host(`a`) && (Path(`/`) || Path(`x`))",
        "adding rule R: error while adding rule Path: path \"x\" does not start with a '/'",
        "`x`",
    ),
    (
        "!(Path(`x`) || Host(`a`)) && Host(`b`)",
        (
            "adding rule R: error while adding rule and: error while adding rule and: error "
            "while adding rule Path: path \"x\" does not start with a '/'"
        ),
        "`x`",
    ),
    (
        "Host(Host(`a`))",
        "parsing rule R: reflect: cannot use rules.TreeBuilder as type string in Call",
        "Host(`a`)",
    ),
    ("Host(1)", "parsing rule R: reflect: cannot use int as type string in Call", "1"),
    ("Host(`a`) && `b`", "parsing rule R: reflect: Call using string as type rules.TreeBuilder", "`b`"),
    ("!`a`", "parsing rule R: reflect: Call using string as type rules.TreeBuilder", "`a`"),
    ("-Host(`a`)", "parsing rule R: - is not supported", "-"),
    ("Host(`a`) == Host(`b`)", "parsing rule R: == is not supported", "=="),
    ("Host((`a`))", "parsing rule R: *ast.ParenExpr is not supported", "(`a`)"),
    ("Host(`a`){`b`}", "parsing rule R: 1:10: expected 'EOF', found '{'", "{"),
    ("Host[`a`]", "parsing rule R: properties are not supported", "Host[`a`]"),
    ("Host(`a`\n)", "parsing rule R: 1:9: missing ',' before newline in argument list", "`"),
    ("Host(\n`a`,\n)\n&&", "parsing rule R: 4:1: expected 'EOF', found '&&'", "&&"),
    ("a.b.c", "parsing rule R: a.b.c is not defined", "a.b.c"),
    ("Host(`a`) /* x", "parsing rule R: 1:11: comment not terminated", "/"),
    ("Host(08)", "parsing rule R: 1:7: invalid digit '8' in octal literal", "8"),
    ("Host(1_)", "parsing rule R: 1:7: '_' must separate successive digits", "_"),
    ("if", "parsing rule R: 1:1: expected operand, found 'if'", "if"),
    ("Host(`a`) && func", "parsing rule R: 1:18: expected '(', found 'EOF'", "c"),
    ("map[", "parsing rule R: 1:5: expected type, found 'EOF'", "["),
    ("/*\n*/Host(`a`)/*\n*/&&Path(`/`)", "parsing rule R: 3:3: expected 'EOF', found '&&'", "&&"),
    ("Host(`a`) || \tHost(", "parsing rule R: 1:20: expected ')', found 'EOF'", "("),
    ("é(`a`)", "parsing rule R: unsupported function: é", "é"),
    ("Host(`a`) – x", "parsing rule R: 1:11: illegal character U+2013 '–'", "–"),
)

V2_HTTP = (
    (
        "Path(`x`)",
        'adding rule R: error while adding rule Path: mux: path must start with a slash, got "x"',
        "`x`",
    ),
    ("Path(`/{`)", 'adding rule R: error while adding rule Path: mux: unbalanced braces in "/{"', "`/{`"),
    (
        "Path(`/{a:}`)",
        'adding rule R: error while adding rule Path: mux: missing name or pattern in "{a:}"',
        "`/{a:}`",
    ),
    (
        "Path(`/{a:(}`)",
        "adding rule R: error while adding rule Path: error parsing regexp: missing closing ): `^($`",
        "`/{a:(}`",
    ),
    (
        "HostRegexp(`{a`)",
        'adding rule R: error while adding rule HostRegexp: mux: unbalanced braces in "{a"',
        "`{a`",
    ),
    (
        "HostRegexp(`é`)",
        (
            'adding rule R: error while adding rule HostRegexp: invalid value "é" for '
            "HostRegexp matcher, non-ASCII characters are not allowed"
        ),
        "`é`",
    ),
    (
        "Host(`é`)",
        (
            'adding rule R: error while adding rule Host: invalid value "é" for "Host" '
            "matcher, non-ASCII characters are not allowed"
        ),
        "`é`",
    ),
    (
        "Headers(`a`)",
        (
            "adding rule R: error while adding rule Headers: mux: number of parameters must "
            "be multiple of 2, got [a]"
        ),
        "Headers(`a`)",
    ),
    (
        "HeadersRegexp(`a`,`(`)",
        "adding rule R: error while adding rule HeadersRegexp: error parsing regexp: missing closing ): `(`",
        "`(`",
    ),
    (
        "Query(`a`)",
        (
            "adding rule R: error while adding rule Query: mux: number of parameters must be "
            "multiple of 2, got [a]"
        ),
        "Query(`a`)",
    ),
    (
        "Query(`a={x}`,`b={x}`)",
        'adding rule R: error while adding rule Query: mux: duplicated route variable "x"',
        "Query(`a={x}`,`b={x}`)",
    ),
    (
        "ClientIP(`x`)",
        (
            "adding rule R: error while adding rule ClientIP: could not initialize IP "
            'Checker for "ClientIP" matcher: parsing CIDR trusted IPs <nil>: invalid CIDR '
            "address: x"
        ),
        "`x`",
    ),
    ("PathRegexp(`x`)", "parsing rule R: unsupported function: PathRegexp", "PathRegexp"),
    (
        "Query(`k={v:[}`)",
        "adding rule R: error while adding rule Query: error parsing regexp: missing closing ]: `[$`",
        "Query(`k={v:[}`)",
    ),
)

V3_TCP = (
    (
        "HostSNI(`a b`)",
        'error while adding rule R: invalid value for HostSNI matcher, "a b" is not a valid hostname',
        "`a b`",
    ),
    (
        "HostSNI(`a`,`b`)",
        "error while adding rule R: unexpected number of parameters; got 2, expected 1",
        "HostSNI(`a`,`b`)",
    ),
    ("Host(`a`)", 'invalid rule: "Host(`a`)" , unsupported function: Host', "Host"),
    ("HostSNI(`a`", "invalid rule: \"HostSNI(`a`\" , 1:12: missing ',' before newline in argument list", "`"),
    (
        "HostSNIRegexp(`(`)",
        (
            "error while adding rule R: compiling HostSNIRegexp matcher: error parsing "
            "regexp: missing closing ): `(`"
        ),
        "`(`",
    ),
    (
        "ALPN(`acme-tls/1`)",
        'error while adding rule R: invalid protocol value for ALPN matcher, "acme-tls/1" is not allowed',
        "`acme-tls/1`",
    ),
    (
        "ClientIP(`x`)",
        (
            "error while adding rule R: initializing IP checker for ClientIP matcher: "
            "parsing CIDR trusted IPs <nil>: invalid CIDR address: x"
        ),
        "`x`",
    ),
    ("`a`", 'invalid rule: "`a`" , error while parsing rule `a`', "`a`"),
    ("HostSNI(``)", "error while adding rule R: empty args for matcher HostSNI, []", "``"),
    (
        "HostSNIRegexp(`é`)",
        'error while adding rule R: invalid value for HostSNIRegexp matcher, "é" is not a valid hostname',
        "`é`",
    ),
)

V2_TCP = (
    (
        "HostSNI(`a b`)",
        'error while adding rule R: invalid value for "HostSNI" matcher, "a b" is not a valid hostname or IP',
        "`a b`",
    ),
    (
        "HostSNI(`*.a.test`)",
        (
            'error while adding rule R: invalid value for "HostSNI" matcher, "*.a.test" is '
            "not a valid hostname or IP"
        ),
        "`*.a.test`",
    ),
    (
        "HostSNIRegexp(`{a`)",
        (
            'error while adding rule R: invalid pattern value for "HostSNIRegexp" matcher, '
            '"{a" is not a valid pattern: mux: unbalanced braces in "{a"'
        ),
        "`{a`",
    ),
    (
        "HostSNIRegexp(`{a:(}`)",
        "error while adding rule R: error parsing regexp: missing closing ): `(?i)^(?P<v0>()$`",
        "`{a:(}`",
    ),
    (
        "ALPN(`h2`,`acme-tls/1`)",
        'error while adding rule R: invalid protocol value for "ALPN" matcher, "acme-tls/1" is not allowed',
        "`acme-tls/1`",
    ),
    (
        "ClientIP(`x`)",
        (
            'error while adding rule R: could not initialize IP Checker for "ClientIP" '
            "matcher: parsing CIDR trusted IPs <nil>: invalid CIDR address: x"
        ),
        "`x`",
    ),
)


@pytest.mark.parametrize(("rule", "text", "pointed"), V3_HTTP)
def test_an_http_rule_in_the_v3_language(rule: str, text: str, pointed: str) -> None:
    check(rule, f"error while parsing rule R: {text}", pointed, syntax="v3", protocol="http")


@pytest.mark.parametrize(("rule", "text", "pointed"), V2_HTTP)
def test_an_http_rule_in_the_v2_language(rule: str, text: str, pointed: str) -> None:
    check(rule, f"error while parsing rule R: {text}", pointed, syntax="v2", protocol="http")


@pytest.mark.parametrize(("rule", "text", "pointed"), V3_TCP)
def test_a_tcp_rule_in_the_v3_language(rule: str, text: str, pointed: str) -> None:
    check(rule, text, pointed, syntax="v3", protocol="tcp")


@pytest.mark.parametrize(("rule", "text", "pointed"), V2_TCP)
def test_a_tcp_rule_in_the_v2_language(rule: str, text: str, pointed: str) -> None:
    check(rule, text, pointed, syntax="v2", protocol="tcp")


def check(rule: str, text: str, pointed: str, *, syntax: str, protocol: str) -> None:
    error = parse(rule, syntax=syntax, protocol=protocol).error
    assert error is not None
    assert error.text == text.replace("rule R:", f"rule {rule}:")
    assert rule[error.start : error.end] == pointed


OLDER = (
    (
        "http",
        (3, 4, 0),
        "Host(`a`",
        "error while parsing rule Host(`a`: 1:9: missing ',' before newline in argument list",
    ),
    ("http", (3, 0, 4), "`a.test`", "error while parsing rule `a.test`"),
    (
        "http",
        (3, 3, 6),
        "Host()",
        "error while adding rule Host(): error while checking rule Host: no args for matcher Host",
    ),
    (
        "http",
        (2, 11, 53),
        "Host(`a`",
        "error while parsing rule Host(`a`: 1:9: missing ',' before newline in argument list",
    ),
    ("http", (2, 11, 53), "Host()", "no args for matcher Host"),
    ("http", (2, 11, 53), "Path(`x`)", 'mux: path must start with a slash, got "x"'),
    (
        "tcp",
        (2, 11, 53),
        "ALPN(`acme-tls/1`)",
        'invalid protocol value for "ALPN" matcher, "acme-tls/1" is not allowed',
    ),
    (
        "tcp",
        (3, 6, 15),
        "HostSNI(`*.a.test`)",
        (
            "error while adding rule HostSNI(`*.a.test`): invalid value for HostSNI matcher, "
            '"*.a.test" is not a valid hostname'
        ),
    ),
    (
        "tcp",
        (3, 3, 4),
        "HostSNI(`a_b`)",
        (
            "error while adding rule HostSNI(`a_b`): invalid value for HostSNI matcher, "
            '"a_b" is not a valid hostname'
        ),
    ),
)


@pytest.mark.parametrize(("protocol", "version", "rule", "text"), OLDER)
def test_older_versions_word_it_in_their_own_way(
    protocol: str, version: tuple[int, int, int], rule: str, text: str
) -> None:
    error = parse(rule, protocol=protocol, version=version).error
    assert error is not None
    assert error.text == text


def test_a_tls_router_says_in_addition_that_its_hosts_can_not_be_read() -> None:
    rule = parse("Host(`a`")
    assert rule.domain_error == (
        "invalid rule Host(`a`, error: error while parsing rule Host(`a`: "
        "1:9: missing ',' before newline in argument list"
    )


def test_the_hosts_of_a_refused_rule_are_still_known() -> None:
    rule = parse("Host(`a`,`b`) && HostHeader(`c`)")
    assert rule.error is not None
    assert rule.domain_error is None
    assert rule.domains == ("a", "b")
