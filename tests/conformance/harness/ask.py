"""Puts cases before real Traefiks: one process per static configuration, contents swapped in between."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

from .binary import binary_for
from .case import Answer, Case, compose_document, version_of
from .cluster import cluster_of
from .compose import Project, containers_of, swarm_of
from .docker_engine import Containers, DockerEngine
from .jsontypes import Object, mapping, text
from .kubernetes_api import KubernetesApi
from .normalise import HELPER, normalise
from .process import PATIENCE, HarnessError, Record, Traefik
from .static import Surroundings, localise

_PROVIDER_NAMES = {
    "file": "file",
    "docker": "docker",
    "swarm": "swarm",
    "kubernetescrd": "kubernetescrd",
    "kubernetesingress": "kubernetes",
}
_REPORTED = ("warn", "error", "fatal", "panic")
#: What is said of a provider that does not start; one of which the second is said never says anything again.
_NOT_STARTED = ("Cannot start the provider", "Error while initializing provider")
_CERTIFICATE = Path(__file__).with_name("certificate.pem").read_text(encoding="utf-8")

_Key: TypeAlias = tuple[str, str, tuple[str, ...], str]


class Traefiks:
    """Answers cases; keeps up to `kept` processes for cases with the same static configuration."""

    def __init__(self, kept: int = 2) -> None:
        self._kept = kept
        self._runs: OrderedDict[_Key, _Run] = OrderedDict()
        self._kubernetes = KubernetesApi()

    def __enter__(self) -> Traefiks:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every process."""
        for run in self._runs.values():
            run.close()
        self._runs.clear()
        self._kubernetes.close()

    def ask(self, case: Case) -> Answer:
        """Return what the real Traefik makes of a case.

        Raises HarnessError when Traefik gives no answer at all, BinaryMissing when there is no such Traefik.
        """
        try:
            return self._ask(case)
        except HarnessError as error:
            raise HarnessError(f"case {case.id}: {error}") from error

    def _ask(self, case: Case) -> Answer:
        # Objects of Kubernetes are complete only in a provider's first load, so each case has its own start.
        key = (version_of(case), case.static, case.flags, case.manifests and case.id)
        run = self._runs.pop(key, None)
        try:
            if run is not None and not run.swap(case):
                run.close()
                run = None
            if run is None:
                self._make_room()
                run = self._start(case)
            answer = run.answer()
        except BaseException:
            if run is not None:
                run.close()
            raise
        if case.manifests or run.static_error:
            run.close()
        else:
            self._runs[key] = run
        return answer

    def _start(self, case: Case) -> _Run:
        """Start a process; again when a port was taken meanwhile: what Traefik refuses, it refuses each time."""
        run = _Run(case, self._kubernetes)
        for _ in range(2):
            if "address already in use" not in run.static_error:
                break
            run.close()
            run = _Run(case, self._kubernetes)
        return run

    def _make_room(self) -> None:
        while len(self._runs) >= self._kept:
            self._runs.popitem(last=False)[1].close()


class _Run:
    """One process with what surrounds it."""

    def __init__(self, case: Case, kubernetes: KubernetesApi) -> None:
        self._folder = tempfile.mkdtemp(prefix="conformance-")
        self._kubernetes = kubernetes
        cluster = cluster_of(case.manifests)
        self._endpoint = kubernetes.serve(cluster)
        self._engine = DockerEngine(f"{self._folder}/docker.sock")
        self._addresses: Mapping[str, str] = cluster.addresses
        self._numbers = 0
        self._since = 0
        self._sent: set[str] = set()
        self._dead: set[str] = set()
        self.static_error = ""
        self._local = localise(case, Surroundings(self._folder, self._engine.path, self._endpoint))
        Path(self._folder, "static.yml").write_text(self._local.text, encoding="utf-8")
        self._place(case)
        self._traefik = Traefik(
            binary_for(version_of(case)), self._local.arguments, self._folder, self._local.api_port
        )
        try:
            self._start()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the process and take its surroundings away."""
        self._traefik.close()
        self._engine.close()
        self._kubernetes.forget(self._endpoint)
        shutil.rmtree(self._folder, ignore_errors=True)

    # --- contents ---------------------------------------------------------------------------------------

    def _place(self, case: Case) -> None:
        self._place_files(case.files)
        self._place_project(self._project(case))

    def _place_files(self, files: Mapping[str, str]) -> None:
        folder = Path(self._folder, "dynamic")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")

    def _project(self, case: Case) -> Project:
        if not self._local.providers & {"docker", "swarm"}:
            return Project(Containers(), {})
        read = swarm_of if "swarm" in self._local.providers else containers_of
        return read(compose_document(case))

    def _place_project(self, project: Project) -> None:
        if project.addresses:
            self._addresses = project.addresses
        self._engine.swap(project.containers)

    def swap(self, case: Case) -> bool:
        """Put another case in place; return False when a provider would keep something of the last one."""
        if self._local.providers & {"docker", "swarm"} and not self._swap_project(self._project(case)):
            return False
        return "file" not in self._local.providers or self._swap_files(case.files)

    def _swap_project(self, project: Project) -> bool:
        name = "docker" if "docker" in self._local.providers else "swarm"
        self._since = self._position()
        self._place_project(project)
        return name in self._dead or self._heard(name, self._since)

    def _swap_files(self, files: Mapping[str, str]) -> bool:
        position = self._position()
        if "docker" not in self._local.providers:
            self._since = position
        self._place_files(files)
        self._traefik.reload()
        return self._heard("file", position)

    def _heard(self, provider: str, since: int) -> bool:
        """Wait for a provider's next configuration; return whether nothing older stays in force."""
        record = self._traefik.wait_for(lambda each: _is_report(each, provider), since)
        if record is None:
            raise HarnessError(f"Traefik ended: {self._traefik.tail()}")
        if text(record.get("message")) in ("Configuration received", "Skipping unchanged configuration"):
            self._sent.add(provider)
            return True
        if text(record.get("message")).startswith(_NOT_STARTED[1]):
            self._dead.add(provider)
        return provider not in self._sent

    def _position(self) -> int:
        return len(self._traefik.records)

    # --- start and answer -------------------------------------------------------------------------------

    def _start(self) -> None:
        if not self._api_answers():
            return
        if "docker" in self._local.providers and not self._failed("docker"):
            self._engine.wait_for_listener()
        for provider in sorted(self._local.providers):
            self._heard(_PROVIDER_NAMES[provider], 0)

    def _api_answers(self) -> bool:
        """Wait until the REST provider takes a configuration; note why Traefik did not start."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self._traefik.ended:
                self.static_error = self._traefik.tail(2) or "Traefik ended"
                return False
            try:
                if self._push():
                    return True
            except OSError:
                time.sleep(0.01)
        raise HarnessError(f"Traefik does not answer: {self._traefik.tail()}")

    def _failed(self, provider: str) -> bool:
        wait = self._traefik.wait_for(lambda each: _is_report(each, provider))
        return wait is not None and "initializing provider" in text(wait.get("message"))

    def _push(self) -> bool:
        """Send the next mark through the REST provider, with a way to the API."""
        self._numbers += 1
        certificate: Object = {"certFile": _CERTIFICATE, "keyFile": _CERTIFICATE}
        configuration: Object = {
            "http": {
                "routers": {
                    HELPER: {
                        "rule": f"PathPrefix(`{self._local.base_path}/api`)",
                        "entryPoints": ["traefik"],
                        "service": "api@internal",
                        "priority": 9223372036854774807,
                    }
                },
                "middlewares": {HELPER: {"addPrefix": {"prefix": f"/{self._numbers}"}}},
            }
        }
        # Without a certificate, Traefik makes an RSA key for each configuration.
        configuration["tls"] = {"stores": {"default": {"defaultCertificate": certificate}}}
        return self._traefik.request("PUT", "/api/providers/rest", configuration)[0] == 200

    def answer(self) -> Answer:
        """Return what Traefik makes of the contents in place."""
        if self.static_error:
            return Answer(None, self.static_error, self._log_errors())
        self._push()
        helper = f"/{self._numbers}"
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and not self._traefik.ended:
            raw = self._rawdata()
            mark = mapping(mapping(raw.get("middlewares")).get(f"{HELPER}@rest"))
            if mapping(mark.get("addPrefix")).get("prefix") == helper:
                return Answer(
                    normalise(raw, self._addresses, self._local.ports, self._local.has_api),
                    "",
                    self._log_errors(),
                )
            time.sleep(0.003)
        raise HarnessError(f"Traefik did not apply a configuration: {self._traefik.tail()}")

    def _rawdata(self) -> Object:
        try:
            status, body = self._traefik.request("GET", f"{self._local.base_path}/api/rawdata")
        except OSError:
            return {}
        return mapping(json.loads(body)) if status == 200 else {}

    def _log_errors(self) -> tuple[str, ...]:
        """Return the distinct messages of warnings and errors since the contents were placed."""
        found = {}
        for record in self._traefik.records[self._since :]:
            if record.get("level") in _REPORTED:
                message = ": ".join(filter(None, (text(record.get("message")), text(record.get("error")))))
                found[message.replace(self._folder, "/etc/traefik")] = True
        return tuple(found)


def _is_report(record: Record, provider: str) -> bool:
    """Tell whether a record says what became of a provider's configuration."""
    message = text(record.get("message"))
    if record.get("providerName") == provider:
        return (
            message == "Configuration received"
            or (message.startswith("Skipping ") and message.endswith(" configuration"))
            or (message.startswith("Error while building configuration"))
        )
    kind = {"kubernetes": "ingress", "kubernetescrd": "crd"}.get(provider, provider)
    return message.startswith(_NOT_STARTED) and f"*{kind}." in message
