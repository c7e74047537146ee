"""Starts a server as a user of this machine, within limits that the system holds. Knows processes only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jupyterhub.spawner import LocalProcessSpawner
from traitlets import Integer


class LimitedSpawner(LocalProcessSpawner):
    """JupyterHub's own, which promises limits of memory but does not hold them."""

    memory = Integer(1024, help="MB of memory for each process of a person").tag(config=True)
    processes = Integer(256, help="processes and threads of a person, over all their servers").tag(config=True)
    files = Integer(4096, help="open files for each process").tag(config=True)

    def make_preexec_fn(self, name: str) -> Callable[[], Any]:
        """What the new process does before it runs: the limits first, then the other user's rights."""
        import os
        import resource

        become = super().make_preexec_fn(name)
        limits = {
            resource.RLIMIT_CORE: 0,  # a core file would hold what a patient typed
            resource.RLIMIT_DATA: self.memory * 1024 * 1024,
            resource.RLIMIT_NOFILE: self.files,
            resource.RLIMIT_NPROC: self.processes,
        }

        def begin() -> None:
            os.umask(0o077)
            for which, most in limits.items():
                resource.setrlimit(which, (most, most))
            become()

        return begin

    def user_env(self, env: dict[str, str]) -> dict[str, str]:
        """A shell for a notebook's `!workbook`: the users of the machine have none, so that nobody signs in to it."""
        return super().user_env(env) | {"SHELL": "/bin/sh"}
