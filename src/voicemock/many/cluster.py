"""The same function on a Dask cluster (the extra `cluster`): workers take names, the parent alone writes.

A worker is started by `dask worker ADDRESS` in the same environment. Names are opened where the worker runs: a shared
folder, or an fsspec address such as s3://….
"""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, Future
from typing import Any

import voicemock
from voicemock.errors import UsageProblem
from voicemock.many.workers import Row, Task

LOCAL = "local"
CONNECT_S = 10.0
ATTEMPTS = 2  # a file whose worker died is done again once
# Dask looks after its workers more often than ours need: some five more of a hundred went to giving memory back after
# every sentence, and to watching.
LOCAL_SETTINGS = {
    "distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": 128 * 1024 * 1024,
    "distributed.admin.tick.interval": "500ms",
    "distributed.admin.system-monitor.interval": "10s",
    "distributed.worker.profile.enabled": False,
}


class Cluster:
    """A Dask cluster at `address`, or `local`: `jobs` worker processes of this machine under Dask's own scheduler.

    Raises UsageProblem where Dask is missing, nobody answers, or every worker has another version of voicemock.
    """

    def __init__(self, address: str, jobs: int) -> None:
        distributed = find_dask()
        import dask

        # a task counts as lost when its worker has died this often, not after Dask's own three
        dask.config.set({"distributed.scheduler.allowed-failures": ATTEMPTS - 1})
        self._killed = distributed.KilledWorker
        self._local: Any = None
        if address == LOCAL:
            dask.config.set(LOCAL_SETTINGS)
            self._local = distributed.LocalCluster(
                n_workers=jobs, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
            )
        try:
            self._client = distributed.Client(self._local or address, timeout=CONNECT_S)
        except (OSError, TimeoutError, ValueError) as error:
            raise UsageProblem(
                f"no Dask scheduler answers at {address} ({error})", "start one with `dask scheduler`"
            ) from error
        self.refused = self._other_versions()
        self._workers = [name for name in self._versions if name not in self.refused]
        if not self._workers:
            self.close()
            raise UsageProblem(
                self._why_none(address), f"install voicemock {voicemock.__version__} where they run"
            )

    @property
    def jobs(self) -> int:
        return len(self._workers)

    def submit(self, task: Task, item: str) -> Future[Row]:
        """A future of `concurrent.futures` that ends when Dask's does."""
        future = self._client.submit(
            task, item, pure=False, workers=self._allowed(), allow_other_workers=False
        )
        result: Future[Row] = Future()
        future.add_done_callback(lambda done: self._hand_over(done, result))
        return result

    def renew(self) -> None:
        """Dask has tried a lost item again by itself, and gives the others to whoever is there."""

    def close(self) -> None:
        self._client.close()
        if self._local is not None:
            self._local.close()

    def _hand_over(self, done: Any, result: Future[Row]) -> None:
        error = done.exception() if done.status == "error" else None
        if error is None and done.status == "finished":
            result.set_result(done.result())
        elif isinstance(error, self._killed) or error is None:
            result.set_exception(BrokenExecutor(str(error or done.status)))
        else:
            result.set_exception(error)

    def _allowed(self) -> list[str] | None:
        """The workers of our version; None, which means all, where no other one was met."""
        return list(self._workers) if self.refused else None

    def _other_versions(self) -> dict[str, str]:
        self._versions: dict[str, str] = self._client.run(_version, on_error="return")
        return {name: str(found) for name, found in self._versions.items() if found != voicemock.__version__}

    def _why_none(self, address: str) -> str:
        if not self._versions:
            return f"no worker is at {address}"
        return f"every worker at {address} has another voicemock ({', '.join(sorted(set(self.refused.values())))})"


def _version() -> str:
    import voicemock as there

    return there.__version__


def find_dask() -> Any:
    """Its package. Raises UsageProblem where it is not installed."""
    try:
        import distributed
    except ImportError:
        raise UsageProblem("--cluster needs Dask", "pip install 'voicemock[cluster]'") from None
    return distributed
