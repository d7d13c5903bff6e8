"""Options before the real Traefik: what it accepts our rules are silent about, what it refuses is an error.

Each release is asked about all its options at once, in YAML and TOML; about every option, one by one; about misspelt
names, and about options of later releases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.checks.reading import written
from tests.checks.reading.test_every_option import misspelt
from tests.checks.reading.test_reference_files import reference
from tests.checks.reading.written import Option, Written
from traefik_lint.options.version import NEWEST, Version

from .harness.ask import Traefiks
from .harness.case import Case

VERSIONS = (Version(3, 0, 4), Version(3, 3, 6), Version(3, 6, 15), NEWEST)
_STATIC = (
    "entryPoints:\n  web:\n    address: ':80'\nproviders:\n  file:\n    directory: /etc/traefik/dynamic\n"
)
#: How an error of the file provider begins in the log; middlewares and routers that fail are another matter.
_REFUSALS = ("Error while building configuration", "Cannot start the provider")
#: One option in so many is asked about one by one in older releases; all of them in the newest.
_EVERY = 5

each_version = pytest.mark.parametrize("version", VERSIONS, ids=str)


class Asked(NamedTuple):
    """A file, whether our rules call it an error, and whether Traefik refuses it."""

    text: str
    ours: bool
    refused: bool


@each_version
def test_all_options_at_once_are_accepted(version: Version) -> None:
    texts = [(f"all.{ending}", reference("dynamic", notation, version)) for notation, ending in _NOTATIONS]
    with Traefiks() as traefiks:
        answers = [_refused(name, text, version, traefiks) for name, text in texts]
    assert answers == ["", ""]


_NOTATIONS = (("yaml", "yml"), ("toml", "toml"))


@each_version
def test_every_option_is_accepted_where_our_rules_are_silent(version: Version) -> None:
    options = written.options(written.ROOTS["dynamic"](), version)
    if version != NEWEST:
        options = options[::_EVERY]
    files = [written.in_yaml(option, version=version) for option in options]
    differing = [asked for asked in _ask(files, version) if asked.ours != asked.refused]
    assert differing == []


@each_version
def test_misspelt_names_and_options_of_later_releases_are_refused_where_our_rules_find_an_error(
    version: Version,
) -> None:
    files = [*_misspelt(version), *_later(version)]
    asked = list(_ask(files, version))
    assert sum(one.refused for one in asked) > len(asked) * 0.9
    assert [one for one in asked if one.ours != one.refused] == []


def _misspelt(version: Version) -> Iterator[Written]:
    options = [
        one
        for one in written.options(written.ROOTS["dynamic"](), version)
        if one.specs[-2].kind != "map" and len(one.specs) > 2
    ]
    for number, option in enumerate(options[::_EVERY]):
        yield written.in_yaml(option, key=misspelt(option.spec.name, number), version=version)


def _later(version: Version) -> Iterator[Written]:
    options: list[Option] = [
        one for one in written.options(written.ROOTS["dynamic"]()) if not one.spec.exists_in(version)
    ]
    for option in options:
        yield written.in_yaml(option)


def _ask(files: list[Written], version: Version) -> Iterator[Asked]:
    """Ask about each file; those we call wrong go to a Traefik that gets no right one: it then needs no restart."""
    with Traefiks() as right, Traefiks() as wrong:
        for file in files:
            ours = any(one.severity == "error" for one in written.everywhere(file, version))
            refused = _refused(file.name, file.text, version, wrong if ours else right)
            yield Asked(file.text, ours, bool(refused))


def _refused(name: str, text: str, version: Version, traefiks: Traefiks) -> str:
    """The file provider's refusal, empty when it takes the file."""
    answer = traefiks.ask(Case(name, static=_STATIC, files={name: text}, version=str(version)))
    return next((line for line in answer.log_errors if line.startswith(_REFUSALS)), "")


@each_version
def test_labels_are_refused_where_our_rules_find_an_error(version: Version) -> None:
    options = [
        one for one in written.options(written.ROOTS["dynamic"](), version) if one.specs[-2].kind != "map"
    ]
    options = [one for one in options if not written.is_ignored_in_labels(one)][::_EVERY]
    right = [written.as_label(option, version=version) for option in options]
    wrong = [
        written.as_label(option, key=misspelt(written.segments(option, "label")[-1], number), version=version)
        for number, option in enumerate(options)
    ]
    differing = []
    with Traefiks() as traefiks:
        for file in (*right, *wrong):
            ours = any(one.severity == "error" for one in written.everywhere(file, version))
            answer = traefiks.ask(Case(file.name, flags=_FLAGS, compose=file.text, version=str(version)))
            refused = any(_DECODING.search(line) for line in answer.log_errors)
            if ours != refused:
                differing.append((Asked(file.text, ours, refused), answer.log_errors))
    assert differing == []


_FLAGS = ("--entrypoints.web.address=:80", "--providers.docker=true")
_DECODING = re.compile(
    r"field not found|standalone element|strconv\.|invalid (?:duration|node|slice)|unknown unit|missing unit"
)


@each_version
def test_a_static_configuration_is_refused_where_our_rules_find_an_error(version: Version) -> None:
    options = [
        one
        for one in written.options(written.ROOTS["static"](), version)
        if one.specs[-2].kind != "map" and len(one.specs) > 2
    ]
    wrong = [
        written.in_yaml(option, key=misspelt(option.spec.name, number), version=version)
        for number, option in enumerate(options[:: _EVERY * 5])
    ]
    later = [one for one in written.options(written.ROOTS["static"]()) if not one.spec.exists_in(version)]
    wrong += [written.in_yaml(option) for option in later[::_EVERY] if len(option.specs) > 2]
    differing = []
    with Traefiks() as traefiks:
        for file in wrong:
            ours = any(one.severity == "error" for one in written.everywhere(file, version))
            answer = traefiks.ask(Case(file.name, static=file.text, version=str(version)))
            if ours != bool(answer.static_error):
                differing.append(Asked(file.text, ours, bool(answer.static_error)))
    assert differing == []
