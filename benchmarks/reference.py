"""What we are measured against: the real Traefik, started on loopback with the same configuration, and yamllint."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from tests.conformance.harness.binary import binary_for, installed_version
from tests.conformance.harness.compose import containers_of
from tests.conformance.harness.docker_engine import DockerEngine
from tests.conformance.harness.ports import free_port

_PAUSE = 0.005


def traefik_with_file(folder: Path, routers: int) -> float:
    """Seconds from Traefik's start to an ``/api/rawdata`` that has all routers of ``dynamic.yml``."""
    return _seconds([f"--providers.file.filename={folder / 'dynamic.yml'}"], "file", routers)


def traefik_with_containers(folder: Path, routers: int) -> float:
    """The same with the containers of ``compose.yml``, which a stand-in for the Docker engine serves."""
    with tempfile.TemporaryDirectory() as sockets:
        engine = DockerEngine(f"{sockets}/docker.sock")
        try:
            engine.swap(containers_of((folder / "compose.yml").read_text()).containers)
            flags = [
                "--providers.docker=true",
                f"--providers.docker.endpoint=unix://{sockets}/docker.sock",
                "--providers.docker.exposedbydefault=false",
            ]
            return _seconds(flags, "docker", routers)
        finally:
            engine.close()


def _seconds(provider: list[str], name: str, routers: int) -> float:
    api, web, websecure = free_port(), free_port(), free_port()
    command = [
        str(binary_for(installed_version())),
        "--global.checknewversion=false",
        "--global.sendanonymoususage=false",
        "--api=true",
        "--api.insecure=true",
        f"--entrypoints.traefik.address=127.0.0.1:{api}",
        f"--entrypoints.web.address=127.0.0.1:{web}",
        f"--entrypoints.websecure.address=127.0.0.1:{websecure}",
        *provider,
    ]
    opener = build_opener(ProxyHandler({}))
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                with opener.open(f"http://127.0.0.1:{api}/api/rawdata", timeout=60) as response:
                    known = json.load(response).get("routers", {})
            except (URLError, ConnectionError):
                known = {}
            if sum(router.endswith(f"@{name}") for router in known) >= routers:
                return time.perf_counter() - start
            if process.poll() is not None:
                raise RuntimeError("Traefik ended before it served all routers")
            time.sleep(_PAUSE)
    finally:
        process.kill()
        process.wait()
