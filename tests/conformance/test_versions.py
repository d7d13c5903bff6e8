"""Older releases: the table's cases that a release can have, with the binary of that release.

3.0, 3.3 and 3.6 are asked about all of them; the releases that differ in the conflicts of TLS options alone (R-143 to
R-145) about the cases with TLS, about all with `CONFORMANCE_ALL=1`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

import pytest

from .harness.binary import binary_for
from .harness.case import Case
from .judge import judge_all
from .table import all_cases

ERAS = ("3.7.1", "3.7.4", "3.7.5")
VERSIONS = ("3.0.4", "3.3.6", "3.6.15", *ERAS)

_PANIC = "a resource backend panics the provider of this release, which then tries again for ever (K-112)"
_NO_USERS = "an empty list of users panics this release, which then applies nothing any more"
_SHARED = "routers of several providers share their entry point's TLS options: their marks here are not modelled"
_ENDLESS = "a service that leads back to itself keeps this release from ever applying a configuration"

#: Cases in which the model of one release is allowed to differ, by release, each with its reason.
EXCLUDED: Mapping[str, Mapping[str, str]] = {
    "3.0.4": {
        "K-112e": _PANIC,
        "R-207b": _ENDLESS,
        "R-207n": _ENDLESS,
    },
    "3.6.15": {"R-173b": _NO_USERS},
    "3.7.1": {"R-173b": _NO_USERS},
    "3.7.4": {"R-141d": _SHARED},
    "3.3.6": {"K-112e": _PANIC, "R-207b": _ENDLESS, "R-207n": _ENDLESS},
}


@pytest.mark.parametrize("version", VERSIONS)
def test_binary_of_the_release_is_there(version: str) -> None:
    assert binary_for(version).is_file()


def test_exclusions_name_cases_and_reasons() -> None:
    assert set(EXCLUDED) <= set(VERSIONS)
    known = {case.id for case in all_cases()}
    for excluded in EXCLUDED.values():
        assert set(excluded) <= known
        assert all(excluded.values())


@pytest.mark.parametrize("version", VERSIONS)
def test_model_of_the_release_equals_traefik(version: str) -> None:
    failed = [verdict for verdict in judge_all(_cases(version)) if verdict.differences]
    assert not failed, f"{len(failed)} differ in {version}:\n\n" + "\n\n".join(map(str, failed[:20]))


def _cases(version: str) -> list[Case]:
    excluded = EXCLUDED.get(version, {})
    every = [case for case in all_cases() if not case.version and case.id not in excluded]
    if version in ERAS and not os.environ.get("CONFORMANCE_ALL"):
        every = [case for case in every if _speaks_of_tls(case)]
    return [case._replace(version=version) for case in every]


def _speaks_of_tls(case: Case) -> bool:
    return "tls" in "".join((case.static, *case.flags, *case.files.values(), case.compose, case.manifests))
