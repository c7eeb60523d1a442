"""Warm processes that read mails: a document that hangs, bursts or kills its reader costs that mail, not the daemon.

They end when idle, and their PDF and Word libraries with them; a new one needs about half a second.
"""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import os
import re
import resource
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Protocol

import msgspec

from parsers.reading import Address, Authentication, MailReading, Thread

Mail = tuple[bytes, datetime]
Forbidden = dict[str, str]
"""Documents that killed a reader, by their SHA-256, and what is said of them."""
_MOST_FORBIDDEN = 3
"""So many documents of one mail may kill a reader; then it is the mail that is not read."""
_OPENING = b"!"
"""Before the SHA-256 of a document that is opened; a reading begins with a brace."""


class Reads(Protocol):
    """As `parsers.reader.read_mail`; a function at the top of a module, so that a new process finds it by its name."""

    def __call__(self, raw: bytes, *, received: datetime) -> MailReading: ...


def read_mail(raw: bytes, *, received: datetime) -> MailReading:
    """`parsers.reader.read_mail`, whose libraries are loaded at the first call: the daemon itself never needs them."""
    from parsers.reader import read_mail as read

    return read(raw, received=received)


def _watched(pipe: Connection, forbidden: Forbidden) -> Reads:
    """The same, telling the daemon of each document before it is opened."""
    from parsers.mail.watch import Watch
    from parsers.reader import read_mail as read

    return partial(read, watch=Watch(lambda digest: pipe.send_bytes(_OPENING + digest.encode()), forbidden))


# Spawned, not forked: no lease, connection or thread of the daemon goes along.
_SPAWN = multiprocessing.get_context("spawn")
_encode = msgspec.json.Encoder().encode
# JSON, not pickles: what a hostile document has made of its reader must not run in the daemon.
_decode = msgspec.json.Decoder(MailReading).decode
_START = 60.0
"""Seconds for a new process to be ready, on a busy computer."""
_FALSE_STARTS = 3
"""Processes in one batch that may die before they are ready; then something is wrong with all of them."""
_LEFT = 75
"""The exit code of a process that was asked to end (sysexits.h: a temporary failure): no fault of its mail."""


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
        with self._turn:
            self._stop_resting()
            try:
                return _Round(batch, self._workers, self._new, min(self._most, len(batch)), self._limits).run()
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
    """A process, and the pipe to it. `job` is the number of the mail that it reads, `until` when it must be done
    with the `document` that it opened last, `ends` with all of it."""

    def __init__(self, memory: int | None, reads: Reads) -> None:
        self.pipe, theirs = _SPAWN.Pipe()
        self.process: BaseProcess = _SPAWN.Process(
            target=_serve, args=(theirs, memory, reads), daemon=True, name="cmebot-reader"
        )
        self.process.start()
        theirs.close()
        self.ready = False
        self.job: int | None = None
        self.document = ""
        self.ends = 0.0
        self.until = time.monotonic() + _START

    def give(self, job: int, mail: Mail, limit: float, forbidden: Forbidden) -> None:
        self.job, self.document = job, ""
        self.until = self.ends = time.monotonic() + limit
        self.pipe.send((*mail, forbidden))

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class _Round:
    """One batch on its way through the processes."""

    def __init__(
        self,
        batch: Sequence[Mail],
        workers: list[_Worker],
        new: Callable[[], _Worker],
        at_once: int,
        limits: tuple[float, float],
    ) -> None:
        self._batch = batch
        self._workers = workers
        self._new = new
        self._limit, self._document = limits
        self._left = deque(range(len(batch)))
        self._done: dict[int, MailReading] = {}
        self._forbidden: dict[int, Forbidden] = {}
        self._false_starts = 0
        while len(workers) < at_once:
            workers.append(new())

    def run(self) -> list[MailReading]:
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
                self._give_up(worker, f"Reading it took longer than {self._time(worker):g} seconds.")

    def _time(self, worker: _Worker) -> float:
        return self._document if worker.until < worker.ends else self._limit

    def _listen(self, worker: _Worker) -> None:
        try:
            told = worker.pipe.recv_bytes()
        except (EOFError, OSError):
            worker.process.join(1.0)
            if worker.process.exitcode == _LEFT and worker.job is not None:
                self._left.appendleft(worker.job)
                self._replace(worker)
                return
            self._give_up(worker, f"Its reader broke down (exit code {worker.process.exitcode}).")
            return
        if worker.job is None:
            worker.ready = True
            return
        if told.startswith(_OPENING):
            worker.document = told[1:].decode()
            worker.until = min(worker.ends, time.monotonic() + self._document)
            return
        self._done[worker.job] = _decode(told)
        worker.job = None

    def _give_up(self, worker: _Worker, why: str) -> None:
        if not worker.ready:
            self._false_starts += 1
        if self._false_starts >= _FALSE_STARTS:
            raise ReadersFailed(
                f"A process that reads mails did not start (exit code {worker.process.exitcode}). "
                "Nothing is lost: the mails are read again. Check memory, and the installation with `cmebot check`."
            )
        if worker.job is not None and not self._again(worker, worker.job, why):
            self._done[worker.job] = unreadable(self._batch[worker.job][0], why)
        self._replace(worker)

    def _again(self, worker: _Worker, job: int, why: str) -> bool:
        """A document that killed its reader costs that document: the mail is read again without it."""
        forbidden = self._forbidden.setdefault(job, {})
        if not worker.document or len(forbidden) >= _MOST_FORBIDDEN:
            return False
        forbidden[worker.document] = f"It was not read. {why} A person must look at it."
        self._left.appendleft(job)
        return True

    def _replace(self, worker: _Worker) -> None:
        worker.end()
        self._workers.remove(worker)
        if self._left:
            self._workers.append(self._new())


class ReadersFailed(Exception):
    """No process can be started to read mails in."""


def _serve(pipe: Connection, memory: int | None, reads: Reads) -> None:
    """The life of a process: ready, then mail by mail until the pipe is closed."""
    busy, asked_to_end = False, False

    def end(number: int, frame: object) -> None:
        nonlocal asked_to_end
        asked_to_end = True
        if not busy:
            os._exit(_LEFT)

    # A service manager signals daemon and readers alike; the daemon decides, and a mail being read is read to its end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, end)
    if memory is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    if reads is read_mail:
        import parsers.reader  # noqa: F401 - the libraries, before the first mail's time begins to run

    gc.collect()
    gc.freeze()  # The libraries live as long as the process.
    gc.set_threshold(20_000, 20, 50)
    pipe.send_bytes(b"")
    while not asked_to_end:
        try:
            raw, received, forbidden = pipe.recv()
        except EOFError:
            os._exit(0)
        busy = True
        how = _watched(pipe, forbidden) if reads is read_mail else reads
        pipe.send_bytes(_encode(read_or_say_why(how, raw, received)))
        busy = False
    os._exit(_LEFT)


def read_or_say_why(reads: Reads, raw: bytes, received: datetime) -> MailReading:
    """The reading of a mail; where its parser fails, one that says so: a single mail must not stop a mailbox."""
    try:
        return reads(raw, received=received)
    except MemoryError:
        return unreadable(raw, "Reading it needs more memory than one mail is given.")
    except Exception as failure:  # noqa: BLE001 - whatever it is, it becomes visible: the mail goes to a person
        return unreadable(raw, f"Its reader failed: {type(failure).__name__}: {failure}"[:500])


_HEADER = re.compile(rb"^(message-id|from|subject):[ \t]*([^\r\n]{0,500})", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(r"[^\s<>@,;\"]{1,64}@[^\s<>@,;\"]{1,255}")
_HEAD = 65_536


def unreadable(raw: bytes, why: str) -> MailReading:
    """A mail that nothing could be made of: who seems to have sent it, for the person who will look, and why. Its
    identity is the hash of its bytes."""
    end = re.search(rb"\r?\n\r?\n", raw[:_HEAD])
    head: dict[str, str] = {}
    for name, value in _HEADER.findall(raw[: end.start() if end else _HEAD]):
        head.setdefault(name.decode().lower(), value.decode("utf-8", "replace").strip())
    address = _ADDRESS.search(head.get("from", ""))
    return MailReading(
        identity=f"unread:{hashlib.sha256(raw).hexdigest()}",
        message_id=head.get("message-id", ""),
        sender=Address(address.group().lower()) if address else None,
        senders=0,
        to=(),
        subject=head.get("subject", ""),
        date=None,
        text="",
        new_text="",
        kind="unreadable",
        machine="",
        authentication=Authentication(),
        thread=Thread(),
        remarks=(why,),
    )
