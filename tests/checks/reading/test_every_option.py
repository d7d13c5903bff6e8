"""Every option of the catalogue: silent as it is, found when its name, its value, its place or its version is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.checks.reading import written
from tests.checks.reading.written import Option, Written
from traefik_lint.options.spec import Notation, Spec
from traefik_lint.options.version import NEWEST, OLDEST, Version, parse_version

Writer = Callable[..., Written]

#: Notation by configuration, with the function that writes an option in it.
WAYS: list[tuple[str, Notation, Writer]] = [
    ("dynamic", "yaml", written.in_yaml),
    ("dynamic", "label", written.as_label),
    ("static", "yaml", written.in_yaml),
    ("static", "flag", written.as_flag),
]
#: Switches that Traefik refuses to start with when nothing stands below them.
_REFUSED_ALONE = frozenset({"entryPoints.*.proxyProtocol"})
each_way = pytest.mark.parametrize(
    ("scope", "notation", "write"), WAYS, ids=lambda value: getattr(value, "__name__", value)
)


def _options(scope: str, notation: Notation, version: Version = NEWEST) -> list[Option]:
    found = written.options(written.ROOTS[scope](), version)
    return [option for option in found if notation != "label" or not written.is_ignored_in_labels(option)]


def _below_top(scope: str, notation: Notation) -> list[Option]:
    """Options whose name is the catalogue's, not the user's, and that do not stand at the top of a file."""
    return [one for one in _options(scope, notation) if one.specs[-2].kind != "map" and len(one.specs) > 2]


@each_way
def test_an_option_written_once_is_silent(scope: str, notation: Notation, write: Writer) -> None:
    said = {
        str(option): spoken
        for option in _options(scope, notation)
        if str(option) not in _REFUSED_ALONE and (spoken := written.spoken(write(option)))
    }
    assert said == {}


def test_an_option_that_labels_ignore_is_wrong_there() -> None:
    ignored = [
        one for one in written.options(written.ROOTS["dynamic"]()) if written.is_ignored_in_labels(one)
    ]
    missed = [
        str(one)
        for one in ignored
        if "TL014" not in {found.rule for found in written.spoken(written.as_label(one))}
    ]
    assert len(ignored) > 50
    assert missed == []


@each_way
def test_a_misspelt_name_is_found_at_its_letters_and_the_right_one_is_told(
    scope: str, notation: Notation, write: Writer
) -> None:
    total = 0
    missed, elsewhere, untold = [], [], []
    for number, option in enumerate(_below_top(scope, notation)):
        right = written.segments(option, notation)[-1]
        wrong = misspelt(right, number)
        if wrong.lower() in _names(option.specs[-2]):
            continue
        total += 1
        found = written.spoken(write(option, key=wrong))
        if not found:
            missed.append((str(option), wrong))
        elif all(one.span.text != wrong for one in found):
            elsewhere.append((str(option), wrong))
        elif all(f'"{right.lower()}"' not in one.hint.lower() for one in found):
            untold.append((str(option), wrong, found[0].hint))
    assert missed == []
    assert elsewhere == []
    assert len(untold) <= total * 0.01, untold


def misspelt(name: str, number: int) -> str:
    """A letter left out, replaced, doubled, or exchanged with its neighbour."""
    at = (number * 7 + 3) % len(name)
    way = number % 4
    if way == 0 and len(name) > 2:
        return name[:at] + name[at + 1 :]
    if way == 1:
        return name[:at] + ("q" if name[at].lower() != "q" else "z") + name[at + 1 :]
    if way == 2 or at + 1 == len(name) or name[at] == name[at + 1]:
        return name[:at] + name[at] + name[at:]
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _names(parent: Spec) -> set[str]:
    return {*parent.fields, *parent.label_fields}


@each_way
def test_a_value_of_another_kind_is_found(scope: str, notation: Notation, write: Writer) -> None:
    wrong = {"bool": "maybe", "int": "many", "uint": "many", "float": "many", "duration": "long"}
    missed = []
    asked = 0
    for option in _options(scope, notation):
        value = wrong.get(option.spec.kind)
        if value is not None:
            asked += 1
            found = [one for one in written.spoken(write(option, value)) if one.severity == "error"]
            if not any(value in one.message for one in found):
                missed.append(str(option))
    assert asked > 50
    assert missed == []


@each_way
def test_a_switch_section_with_another_text_is_found(scope: str, notation: Notation, write: Writer) -> None:
    missed = []
    for option in _options(scope, notation):
        if option.spec.kind == "struct" and notation in option.spec.allow_empty:
            found = {one.rule for one in written.spoken(write(option, "yes"))}
            if "TL016" not in found:
                missed.append(str(option))
    assert missed == []


@each_way
def test_an_option_at_a_place_that_does_not_have_it_is_found(
    scope: str, notation: Notation, write: Writer
) -> None:
    """Each option's name is written where the one before it in the catalogue stands."""
    missed = []
    places = _below_top(scope, notation)
    for here, other in zip(places, places[17:], strict=False):
        name = written.segments(other, notation)[-1]
        if name.lower().partition("[")[0] in _names(here.specs[-2]):
            continue
        if not written.spoken(write(here, key=name)):
            missed.append((str(here), name))
    assert missed == []


def _of_another_version(scope: str, notation: Notation) -> Iterator[tuple[Option, Version]]:
    for text in ("2.11", "3.0", "3.2", "3.4", "3.6"):
        version = parse_version(text)
        assert version is not None
        for option in _options(scope, notation):
            if not option.spec.exists_in(version):
                yield option, version


@each_way
def test_an_option_of_a_newer_version_is_found(scope: str, notation: Notation, write: Writer) -> None:
    missed = []
    asked = 0
    for option, version in _of_another_version(scope, notation):
        asked += 1
        found = written.spoken(write(option), version)
        if not any(one.rule in ("TL901", "TL010") for one in found) and not _section_is_newer(
            option, version
        ):
            missed.append((str(option), str(version)))
    assert asked > 100
    assert missed == []


def _section_is_newer(option: Option, version: Version) -> bool:
    """Whether a section above the option is what this version does not have: then that line is marked."""
    return any(not spec.exists_in(version) for spec in option.specs[:-1])


@each_way
def test_an_option_that_is_gone_is_found_with_the_version_that_dropped_it(
    scope: str, notation: Notation, write: Writer
) -> None:
    missed = []
    gone = [one for one in _options(scope, notation, OLDEST) if not one.spec.exists_in(NEWEST)]
    for option in gone:
        if any(not spec.exists_in(NEWEST) for spec in option.specs[:-1]):
            continue
        found = written.spoken(write(option), NEWEST)
        if not any(one.rule == "TL902" and "gone since" in one.message for one in found):
            missed.append(str(option))
    assert missed == []
