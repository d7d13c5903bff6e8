"""TL030 to TL037: what docker compose makes of its files before Traefik sees them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import ComposeProblem, ComposeProject, Label
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.span import Span
from traefik_lint.source.tree import Mapping, Scalar, Sequence

#: Said by other rules: syntax by TL001, keys written twice by TL002.
_ELSEWHERE = frozenset(("yaml", "duplicate-key"))
#: Kinds with a rule of their own.
_OWN_RULE = frozenset(("interpolation", "missing-file"))
_HAS_GROUPS = re.compile(r"\.(?:replacement|regex|rule)$", re.IGNORECASE)


@check("TL030", "unescaped-dollar", severity="error")
def unescaped_dollar(runtime: Runtime) -> Iterator[Draft]:
    """A dollar sign that compose takes for the beginning of a variable (C-045, C-046, R-028)."""
    for project, problem in _problems(runtime):
        if problem.kind == "interpolation":
            yield finding(problem.span, problem.message, hint=problem.hint)
        elif problem.kind == "unescaped-dollar":
            yield finding(problem.span, problem.message, hint=problem.hint, severity="warning")
        elif problem.kind == "unset-variable" and _is_group(problem, project):
            text = problem.span.text
            message = (
                f"compose takes {quoted(text)} for a variable, and it becomes empty before Traefik sees it"
            )
            yield finding(problem.span, message, hint=f"write {quoted('$' + text)}", severity="warning")
    for project in runtime.deployment.projects:
        yield from _hashes_of_variables(project)


_HASH = re.compile(r"\$(?:apr1|2[abxy]|5|6)\$", re.IGNORECASE)
_ASSIGNMENT = re.compile(r"^\s*(?:export\s+)?(\w+)\s*[=:]\s*(.*?)\s*$", re.MULTILINE)
_VARIABLE = re.compile(r"\$\{?(\w+)")


def _hashes_of_variables(project: ComposeProject) -> Iterator[Draft]:
    """Labels whose variable is a hash in the `.env`, where its dollar signs are variables too (C-032)."""
    broken: set[str] | None = None
    for service in project.services:
        for label in (*service.labels, *service.deploy_labels):
            if not label.key.value.lower().endswith("auth.users"):
                continue
            written = label.value.span.text
            broken = _broken_hashes(project) if broken is None else broken
            for match in _VARIABLE.finditer(written):
                if match[1] in broken:
                    begin = label.value.start + match.start()
                    span = Span(label.value.file, begin, begin + len(match[0]))
                    message = (
                        f"in .env the dollar signs of {match[1]} are variables too: the hash loses its parts"
                    )
                    hint = f"put its value in single quotes: {match[1]}='…'"
                    yield finding(span, message, hint=hint, severity="warning")


def _broken_hashes(project: ComposeProject) -> set[str]:
    """Names of variables that a `.env` gives a hash to, without what keeps its dollar signs."""
    file = project.load_file(os.path.join(project.directory, ".env"))
    found = _ASSIGNMENT.findall(file.text) if file is not None else []
    return {
        name for name, value in found if not value.startswith("'") and _HASH.search(value.replace("$$", ""))
    }


@check("TL031", "unset-variable", severity="info", confidence="medium")
def unset_variable(runtime: Runtime) -> Iterator[Draft]:
    """A variable without a default that the project's `.env` does not have (C-043); nobody knows the environment."""
    for project, problem in _problems(runtime):
        if problem.kind not in ("unset-variable", "required-variable") or _is_group(problem, project):
            continue
        if os.path.isfile(os.path.join(project.directory, ".env")):
            yield finding(problem.span, problem.message, hint=problem.hint or "set it in .env")


@check("TL032", "refused-by-compose", severity="error")
def refused_by_compose(runtime: Runtime) -> Iterator[Draft]:
    """A form for which compose refuses the whole project (C-060, C-077, C-104, C-112, C-120)."""
    for project, problem in _problems(runtime):
        if problem.kind == "undefined-network" and _is_part(project):
            continue
        if problem.file_lost and problem.kind not in _OWN_RULE | _ELSEWHERE:
            yield finding(problem.span, problem.message, hint=problem.hint or _hint(problem))


def _is_part(project: ComposeProject) -> bool:
    """Whether the files are only some of a project's: a service depends on one that is not in them."""
    names = {service.name.value for service in project.services}
    for service in project.services:
        needed = service.node.get("depends_on")
        if isinstance(needed, Mapping) and any(entry.key.value not in names for entry in needed):
            return True
        if isinstance(needed, Sequence):
            texts = [item.value for item in needed if isinstance(item, Scalar)]
            if any(text not in names for text in texts):
                return True
    return False


def _hint(problem: ComposeProblem) -> str:
    if problem.kind == "label-form":
        return "write a text: - key=value, or key: value without the dash"
    if problem.kind == "cycle":
        return "take one of the references out"
    if problem.kind == "missing-service":
        return "name a service that the file has"
    return "write it in a form that compose knows"


@check("TL033", "missing-compose-file", severity="error")
def missing_compose_file(runtime: Runtime) -> Iterator[Draft]:
    """A file to include, to extend from, or with variables, that is not there (C-077, C-080)."""
    for _, problem in _problems(runtime):
        if problem.kind != "missing-file" or os.path.lexists(problem.path):
            continue
        if "extend" not in problem.message and "include" not in problem.message and _is_private(problem.path):
            message = problem.message.replace("is missing", "is not among the files")
            yield finding(problem.span, message, hint="have it in place before compose runs", severity="info")
        else:
            yield finding(problem.span, problem.message, hint="correct the path, or add the file")


def _is_private(path: str) -> bool:
    """Whether a file is left out of repositories by custom: secrets, often with an example or their folder missing."""
    folder, name = os.path.split(path)
    examples = (f"{path}.{ending}" for ending in ("example", "sample", "template", "dist", "tmpl"))
    return name.startswith(".env") or not os.path.isdir(folder) or any(map(os.path.exists, examples))


@check("TL034", "variable-in-label-name", severity="warning")
def variable_in_label_name(runtime: Runtime) -> Iterator[Draft]:
    """Compose replaces variables in values only, never in a mapping's keys (C-040)."""
    yield from _as_they_are(runtime, "key-interpolation")


@check("TL035", "repeated-label", severity="warning")
def repeated_label(runtime: Runtime) -> Iterator[Draft]:
    """Of two items of a list with the same label, compose takes the last (C-061, R-006)."""
    for _, problem in _problems(runtime):
        if problem.kind == "duplicate-label" and problem.span.text.lstrip("\"' -").lower().startswith(
            "traefik."
        ):
            yield finding(problem.span, problem.message, hint=problem.hint)


@check("TL036", "changed-label-text", severity="warning")
def changed_label_text(runtime: Runtime) -> Iterator[Draft]:
    """A number or a date without quotes becomes another text in a label (C-062)."""
    for project, problem in _problems(runtime):
        if problem.kind == "changed-text":
            label = _label_at(problem.span, project)
            if label is not None and label.key.value.lower().startswith("traefik."):
                yield finding(problem.span, problem.message, hint=problem.hint)


@check("TL037", "cut-command", severity="warning")
def cut_command(runtime: Runtime) -> Iterator[Draft]:
    """Compose ends a command written as one text at a character of the shell's (C-120)."""
    yield from _as_they_are(runtime, "cut-command")


def _as_they_are(runtime: Runtime, kind: str) -> Iterator[Draft]:
    for _, problem in _problems(runtime):
        if problem.kind == kind:
            yield finding(problem.span, problem.message, hint=problem.hint)


def _problems(runtime: Runtime) -> Iterator[tuple[ComposeProject, ComposeProblem]]:
    for project in runtime.deployment.projects:
        for problem in project.problems:
            yield project, problem


def _is_group(problem: ComposeProblem, project: ComposeProject) -> bool:
    """Whether `$name` was meant for a group of a regular expression: its label has groups, or such a name."""
    text = problem.span.text
    label = _label_at(problem.span, project)
    if label is None or not text.startswith("$") or not label.key.value.lower().startswith("traefik."):
        return False
    if text.startswith("${"):
        group = f"(?P<{text.strip('${}')}>"
        return any(
            group in other.value.value
            for service in project.services
            if any(own is label for own in service.labels)
            for other in service.labels
        )
    return _HAS_GROUPS.search(label.key.value) is not None and text[1:] == text[1:].lower()


def _label_at(span: Span, project: ComposeProject) -> Label | None:
    for service in project.services:
        for label in (*service.labels, *service.deploy_labels):
            value = label.value
            if value.file is span.file and label.value.start <= span.start <= label.value.end:
                return label
    return None
