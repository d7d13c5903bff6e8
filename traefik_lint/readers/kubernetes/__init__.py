"""Kubernetes manifests: objects, kustomizations, and the workload that runs Traefik."""

from traefik_lint.readers.kubernetes.kustomize import Kustomization as Kustomization
from traefik_lint.readers.kubernetes.kustomize import apply_kustomization as apply_kustomization
from traefik_lint.readers.kubernetes.manifests import Manifests as Manifests
from traefik_lint.readers.kubernetes.manifests import read_manifests as read_manifests
from traefik_lint.readers.kubernetes.manifests import read_objects as read_objects
from traefik_lint.readers.kubernetes.workload import MountedFile as MountedFile
from traefik_lint.readers.kubernetes.workload import Workload as Workload
from traefik_lint.readers.kubernetes.workload import find_workloads as find_workloads
