"""From named paths to findings: the whole way, for every front end."""

from __future__ import annotations

import os

from traefik_lint.checks.registry import Check, Draft
from traefik_lint.deployments.store import ParsedFile
from traefik_lint.deployments.walk import repository_root, shown_path
from traefik_lint.findings import engine, own_rules, suppression
from traefik_lint.findings.duplicates import duplicate_keys
from traefik_lint.findings.finding import Finding
from traefik_lint.findings.loading import load_checks
from traefik_lint.findings.request import MissingPath, Request
from traefik_lint.findings.result import Result
from traefik_lint.findings.selection import RuleBook, Selection, make_selection
from traefik_lint.findings.settings import Settings, SettingsError
from traefik_lint.findings.settings_file import find_settings_file, load_settings
from traefik_lint.findings.workers import share_out
from traefik_lint.findings.worlds import Worlds, find_worlds
from traefik_lint.runtime.compute import compute
from traefik_lint.source.tree import ReadError


def lint(request: Request) -> Result:
    """Find what Traefik will do other than the files' author means.

    Raises :class:`MissingPath` and :class:`SettingsError`; anything wrong in a linted file is a finding.
    """
    settings = settings_for(request)
    checks = load_checks(settings.plugins)
    book = RuleBook(checks)
    selection = make_selection(book, settings, request.select, request.ignore)
    worlds = find_worlds(request, settings)
    outcome = share_out(worlds.deployments, lambda some: engine.run(map(compute, some), checks, selection))
    drafts = [(own_rules.UNREADABLE, draft) for file in worlds.files for draft in _reading_problems(file)]
    drafts += [(own_rules.DUPLICATE_KEY, draft) for file in worlds.files for draft in duplicate_keys(file)]
    findings = outcome.findings + _own_findings(drafts, book, selection)
    findings = engine.sorted_once(one for one in findings if one.span.file.path in worlds.requested)
    findings = [one._replace(suppressed=selection.suppressed(one)) for one in findings]
    findings = _with_comments(findings, worlds, book, selection, outcome.unasked)
    files = sum(file.shown in worlds.requested for file in worlds.files)
    return Result(findings, checks, outcome.failures, files, len(worlds.deployments))


def known_checks(base: str) -> list[Check]:
    """All rules, with those of the plugins that the settings of a folder name, as far as they can be read."""
    try:
        plugins = settings_for(Request((".",), base)).plugins
        return load_checks(plugins)
    except SettingsError:
        return load_checks()


def settings_for(request: Request) -> Settings:
    """The settings of the nearest folder from the first path upward; raises SettingsError or MissingPath."""
    if request.config:
        path = os.path.join(request.base, request.config)
        if not os.path.isfile(path):
            raise MissingPath([request.config])
    else:
        first = os.path.abspath(os.path.join(request.base, _first_path(request)))
        folder = first if os.path.isdir(first) else os.path.dirname(first)
        path = find_settings_file(folder, repository_root(folder)) or ""
    return load_settings(path, shown_path(path, request.base)) if path else Settings()


def _first_path(request: Request) -> str:
    first = request.paths[0] if request.paths else "."
    if first == "-":
        return request.stdin[0] if request.stdin else "."
    return first


def _reading_problems(file: ParsedFile) -> list[Draft]:
    """A template that is no YAML as it stands is not its author's mistake."""
    error: ReadError | None = file.error
    if error is None or file.templated:
        return []
    what = "TOML" if file.notation == "toml" else "YAML"
    message = f"the file can't be read: {error.message}; what is in it does not exist for Traefik"
    return [Draft(error.span, message, f"mend the {what} here", (), None, None)]


def _own_findings(drafts: list[tuple[str, Draft]], book: RuleBook, selection: Selection) -> list[Finding]:
    found = []
    for rule, draft in drafts:
        check = book.find(rule)
        if check is not None and selection.runs(rule):
            found.append(engine.finding_of(draft, check, selection))
    return found


def _with_comments(
    findings: list[Finding], worlds: Worlds, book: RuleBook, selection: Selection, unasked: frozenset[str]
) -> list[Finding]:
    by_file = {
        file.shown: suppression.read_suppressions(file.file, file.notation, book)
        for file in worlds.files
        if file.file is not None and file.shown in worlds.requested
    }
    findings, used = suppression.apply(findings, by_file)
    asked = frozenset(check.id for check in book.checks if selection.runs(check.id)) - unasked
    drafts: list[tuple[str, Draft]] = []
    for file in by_file.values():
        drafts += [(own_rules.INVALID_SUPPRESSION, draft) for draft in file.invalid]
        drafts += [
            (own_rules.UNUSED_SUPPRESSION, draft)
            for draft in suppression.unused(file.suppressions, used, asked)
        ]
    if not drafts:
        return findings
    extra, _ = suppression.apply(_own_findings(drafts, book, selection), by_file)
    extra = [one if one.suppressed else one._replace(suppressed=selection.suppressed(one)) for one in extra]
    return engine.sorted_once(findings + extra)
