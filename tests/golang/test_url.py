"""Server URLs as Go reads them (R-042, R-204)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from traefik_lint.golang.errors import GoError
from traefik_lint.golang.url import parse_query, parse_url

#: Text, scheme, host name, port, path.
READ = (
    ("http://w:80/a", "http", "w", "80", "/a"),
    ("HTTP://W", "http", "W", "", ""),
    ("http://[::1]:80", "http", "::1", "80", ""),
    ("http://[fe80::1%25eth0]", "http", "fe80::1%eth0", "", ""),
    ("http://u:p@w/", "http", "w", "", "/"),
    ("http://w:/", "http", "w", "", "/"),
    ("//w/a%20b", "", "w", "", "/a b"),
    ("w/a", "", "", "", "w/a"),
    ("w:80", "w", "", "", ""),
    ("", "", "", "", ""),
    ("http://w:99999", "http", "w", "99999", ""),
)


@pytest.mark.parametrize(("text", "scheme", "hostname", "port", "path"), READ)
def test_a_url_is_read(text: str, scheme: str, hostname: str, port: str, path: str) -> None:
    url = parse_url(text)
    assert (url.scheme, url.hostname, url.port, url.path) == (scheme, hostname, port, path)


REFUSED = (
    ("http://172.28.0.2:http", 'parse "http://172.28.0.2:http": invalid port ":http" after host'),
    ("http://w:80:90", 'parse "http://w:80:90": invalid port ":80:90" after host'),
    (":80", 'parse ":80": missing protocol scheme'),
    ("10.0.0.1:80", 'parse "10.0.0.1:80": first path segment in URL cannot contain colon'),
    ("http://a b", 'parse "http://a b": invalid character " " in host name'),
    ("http://w/%zz", 'parse "http://w/%zz": invalid URL escape "%zz"'),
    ("http://w/%", 'parse "http://w/%": invalid URL escape "%"'),
    ("http://%41", 'parse "http://%41": invalid URL escape "%41"'),
    ("http://w\n", 'parse "http://w\\n": net/url: invalid control character in URL'),
    ("http://[::1", "parse \"http://[::1\": missing ']' in host"),
    ("http://a[::1]", 'parse "http://a[::1]": invalid IP-literal'),
    ("http://[1.2.3.4]", 'parse "http://[1.2.3.4]": invalid IP-literal'),
    ("http://{x}@w", 'parse "http://{x}@w": net/url: invalid userinfo'),
    ("http://w#%zz", 'parse "http://w#%zz": invalid URL escape "%zz"'),
)


@pytest.mark.parametrize(("text", "error"), REFUSED)
def test_a_url_is_refused(text: str, error: str) -> None:
    with pytest.raises(GoError) as caught:
        parse_url(text)
    assert caught.value.text == error


ESCAPED = (
    ("/a%2Fb", "/a%2Fb"),
    ("/a b", "/a%20b"),
    ("/é", "/%C3%A9"),
    ("/a|b%2f", "/a%7Cb/"),
    ("/[x]!", "/[x]!"),
)


@pytest.mark.parametrize(("path", "sent"), ESCAPED)
def test_a_path_is_sent_as_written_or_encoded_anew(path: str, sent: str) -> None:
    assert parse_url(f"http://w{path}").escaped_path == sent


def test_a_query_leaves_out_what_go_refuses() -> None:
    assert parse_query("a=1&b&a=%32&c=%zz&d;e=1&=x&f+g=h+i") == {
        "a": ["1", "2"],
        "b": [""],
        "": ["x"],
        "f g": ["h i"],
    }


@settings(deadline=None)
@given(st.text(alphabet="htp:/w.a%20[]@?#&é \x01", max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        answer = parse_url(text).escaped_path
    except GoError as error:
        answer = error.text.partition('"')[0]
    assert answer.isascii()
