"""Warm processes that read mails: a document that hangs, bursts or kills its reader costs that document, not the
mail nor the daemon.

They end when idle, and their PDF and Word libraries with them; a new one needs about half a second.
"""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

import msgspec

from bot.arrivals.reader_process import (
    LEFT,
    OPENING,
    Forbidden,
    Reads,
    first_look,
    read_mail,
    read_or_say_why,
    serve,
    unreadable,
)
from parsers.reading import MailReading

Mail = tuple[bytes, datetime]
Job = tuple[bytes, datetime | None]
"""A mail to read; or, without a moment, its first bytes to look at."""
T = TypeVar("T")


# Spawned, not forked: no lease, connection or thread of the daemon goes along.
_SPAWN = multiprocessing.get_context("spawn")
# JSON, not pickles: what a hostile document has made of its reader must not run in the daemon.
_decode = msgspec.json.Decoder(MailReading).decode
_decode_look = msgspec.json.Decoder(bool).decode
_START = 60.0
"""Seconds for a new process to be ready, on a busy computer."""
_MOST_FORBIDDEN = 3
"""So many documents of one mail may kill a reader; then it is the mail that is not read."""
_FALSE_STARTS = 3
"""Processes in one batch that may die before they are ready; then something is wrong with all of them."""


class Readers:
    """`processes` are started when first needed, and ended after `idle` seconds without a mail. `limit` is the time in
    seconds for one mail, `document` for one document in it, `memory` the address space in bytes of one process (None:
    no bound). `inline` reads in this process, without any of these bounds: for a command that reads a mail or two."""

    def __init__(
        self,
        processes: int = 2,
        *,
        inline: bool = False,
        limit: float = 60.0,
        document: float = 10.0,
        idle: float = 120.0,
        memory: int | None = 2 << 30,
        reads: Reads = read_mail,
    ) -> None:
        self._most = processes
        self._inline = inline
        self._limits = limit, document
        self._idle = idle
        self._memory = memory
        self._reads = reads
        self._workers: list[_Worker] = []
        self._turn = threading.Lock()
        self._rest: threading.Timer | None = None

    def read(self, batch: Sequence[Mail]) -> list[MailReading]:
        """One reading a mail, in order; never raises for what a mail holds: such a one has the kind "unreadable"."""
        if self._inline:
            return [read_or_say_why(self._reads, raw, received) for raw, received in batch]
        return self._work(batch, _decode, unreadable)

    def look(self, heads: Sequence[bytes]) -> list[bool]:
        """For each mail, by its first bytes, whether it speaks of serious concern. One that beats its reader does not:
        it has its turn in the queue, where it goes to a person."""
        if self._inline:
            return [first_look(head) for head in heads]
        return self._work([(head, None) for head in heads], _decode_look, lambda head, why: False)

    def _work(self, batch: Sequence[Job], decode: Callable[[bytes], T], failed: Callable[[bytes, str], T]) -> list[T]:
        with self._turn:
            self._stop_resting()
            try:
                processes = min(self._most, len(batch))
                return _Round(batch, self._workers, self._new, processes, self._limits, decode, failed).run()
            except BaseException:
                self._end_all()  # They are in the middle of something, and nobody will ask for it.
                raise
            finally:
                self._rest_later()

    def _new(self) -> _Worker:
        return _Worker(self._memory, self._reads)

    def _rest_later(self) -> None:
        self._rest = threading.Timer(self._idle, self._end_idle)
        self._rest.daemon = True
        self._rest.start()

    def _stop_resting(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None

    def _end_idle(self) -> None:
        with self._turn:
            if self._rest is threading.current_thread():
                self._end_all()

    def _end_all(self) -> None:
        while self._workers:
            self._workers.pop().end()

    def close(self) -> None:
        with self._turn:
            self._stop_resting()
            self._end_all()


class _Worker:
    """A process, and the pipe to it. `job` is the number of the mail that it reads, `until` when it must be done with
    the `document` that it opened last, `ends` with all of it."""

    def __init__(self, memory: int | None, reads: Reads) -> None:
        self.pipe, theirs = _SPAWN.Pipe()
        self.process: BaseProcess = _SPAWN.Process(
            target=serve, args=(theirs, memory, reads), daemon=True, name="cmebot-reader"
        )
        self.process.start()
        theirs.close()
        self.ready = False
        self.job: int | None = None
        self.document = ""
        self.until = self.ends = time.monotonic() + _START

    def give(self, job: int, mail: Job, limit: float, forbidden: Forbidden) -> None:
        self.job, self.document = job, ""
        self.until = self.ends = time.monotonic() + limit
        self.pipe.send((*mail, forbidden))

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class _Round(Generic[T]):
    """One batch on its way through the processes. What a process tells is decoded; for one that broke down, `failed`
    says what stands in its place."""

    def __init__(
        self,
        batch: Sequence[Job],
        workers: list[_Worker],
        new: Callable[[], _Worker],
        at_once: int,
        limits: tuple[float, float],
        decode: Callable[[bytes], T],
        failed: Callable[[bytes, str], T],
    ) -> None:
        self._batch = batch
        self._workers = workers
        self._new = new
        self._limit, self._document = limits
        self._forbidden: dict[int, Forbidden] = {}
        self._left = deque(range(len(batch)))
        self._decode, self._failed = decode, failed
        self._done: dict[int, T] = {}
        self._false_starts = 0
        while len(workers) < at_once:
            workers.append(new())

    def run(self) -> list[T]:
        while len(self._done) < len(self._batch):
            self._hand_out()
            self._collect()
        return [self._done[n] for n in range(len(self._batch))]

    def _hand_out(self) -> None:
        for worker in list(self._workers):
            if self._left and worker.ready and worker.job is None:
                job = self._left.popleft()
                try:
                    worker.give(job, self._batch[job], self._limit, self._forbidden.get(job, {}))
                except OSError:  # It died while idle: not this mail's fault.
                    self._left.appendleft(job)
                    self._replace(worker)

    def _collect(self) -> None:
        busy = [worker for worker in self._workers if worker.job is not None or not worker.ready]
        first = min(worker.until for worker in busy)
        heard = wait([worker.pipe for worker in busy], max(0.0, first - time.monotonic()))
        for worker in busy:
            if worker.pipe in heard:
                self._listen(worker)
            elif worker.until <= time.monotonic():
                spent = self._document if worker.until < worker.ends else self._limit
                self._give_up(worker, f"Reading it took longer than {spent:g} seconds.")

    def _listen(self, worker: _Worker) -> None:
        try:
            told = worker.pipe.recv_bytes()
        except (EOFError, OSError):
            worker.process.join(1.0)
            if worker.process.exitcode == LEFT and worker.job is not None:
                self._left.appendleft(worker.job)
                self._replace(worker)
                return
            self._give_up(worker, f"Its reader broke down (exit code {worker.process.exitcode}).")
            return
        if worker.job is None:
            worker.ready = True
            return
        if told.startswith(OPENING):
            worker.document = told[len(OPENING) :].decode()
            worker.until = min(worker.ends, time.monotonic() + self._document)
            return
        self._done[worker.job] = self._decode(told)
        worker.job = None

    def _give_up(self, worker: _Worker, why: str) -> None:
        if not worker.ready:
            self._false_starts += 1
        if self._false_starts >= _FALSE_STARTS:
            raise ReadersFailed(
                f"A process that reads mails did not start (exit code {worker.process.exitcode}). "
                "Nothing is lost: the mails are read again. Check memory, and the installation with `cmebot check`."
            )
        if worker.job is not None and not self._again(worker.job, worker.document, why):
            self._done[worker.job] = self._failed(self._batch[worker.job][0], why)
        self._replace(worker)

    def _again(self, job: int, document: str, why: str) -> bool:
        """A document that killed its reader costs that document: the mail is read again without it."""
        forbidden = self._forbidden.setdefault(job, {})
        if not document or len(forbidden) >= _MOST_FORBIDDEN:
            return False
        forbidden[document] = f"It was not read. {why} A person must look at it."
        self._left.appendleft(job)
        return True

    def _replace(self, worker: _Worker) -> None:
        worker.end()
        self._workers.remove(worker)
        if self._left:
            self._workers.append(self._new())


class ReadersFailed(Exception):
    """No process can be started to read mails in."""
