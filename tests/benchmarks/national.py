"""Look-ups at national size: `python -m tests.benchmarks.national`, after `registers seed --scale norway`.

Asks the service over HTTP, through GraphQL, on two connections: who is the patient's GP (with doctors and HER-id),
may a professional practise and prescribe on a date, a page of 200 patients. Tells the times of the answers, and what
the database says that it spent on its statements (asked one at a time, from its own log of durations). The service has
a core of its own, PostgreSQL and the client share another; with `--unpinned` all wander over all cores.
"""

import argparse
import asyncio
import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from registers.access.authentication.development import DevelopmentTokens
from registers.app import utc_now
from registers.core.caller import Role
from registers.core.folders import packaged_folder
from registers.embedded.postgres import EmbeddedPostgres
from registers.settings import Settings

CONNECTIONS = 2
PORT = 18_080
WARM_UP = 50  # requests of each question that are not counted
SEED = 20261123
DURATION = re.compile(r"^(\d+\.\d+) .*duration: (\d+\.\d+) ms")

OPERATIONS = packaged_folder("graphql") / "operations"
PATIENT_GP = (OPERATIONS / "gp_lists" / "GpOfPatient.graphql").read_text(encoding="utf-8")
MAY_PRACTISE = (OPERATIONS / "personnel" / "MayPractise.graphql").read_text(encoding="utf-8")
PATIENTS = """query ($id: GpContractId!, $purpose: Purpose!) {
  gpContract(id: $id) {
    patients(purpose: $purpose, first: 200) {
      nodes { nationalId patient { firstName lastName bornOn } valid { from to } }
      pageInfo { hasNextPage endCursor }
    }
  }
}"""
PURPOSE = "REGISTRY_MAINTENANCE"

Question = tuple[str, str, Callable[[random.Random], dict[str, Any]], float, float]


async def keys_of(url: str) -> tuple[list[str], list[int], list[int]]:
    """(national ids, HPR numbers of doctors, contract ids) to ask for, spread over the whole data."""
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        persons = await connection.fetch(
            "SELECT national_id FROM person_national_ids TABLESAMPLE SYSTEM (0.2) LIMIT 20000"
        )
        doctors = await connection.fetch(
            "SELECT DISTINCT hpr_number FROM authorisations WHERE profession = '9060/LE' LIMIT 40000"
        )
        contracts = await connection.fetch("SELECT id FROM gp_contracts WHERE valid_to IS NULL")
    finally:
        await connection.close()
    return [row[0] for row in persons], [row[0] for row in doctors], [row[0] for row in contracts]


def questions(keys: tuple[list[str], list[int], list[int]]) -> list[Question]:
    """(name, operation, variables, bar of the answer in ms, bar of the database's share in ms)."""
    persons, doctors, contracts = keys

    def patient(chosen: random.Random) -> dict[str, Any]:
        return {"nationalId": chosen.choice(persons), "purpose": PURPOSE}

    def doctor(chosen: random.Random) -> dict[str, Any]:
        day = f"{chosen.randint(2010, 2026)}-0{chosen.randint(1, 9)}-15T12:00:00Z"
        return {
            "hprNumber": chosen.choice(doctors),
            "profession": "LE",
            "requisitionRight": "1",
            "asOf": {"validAt": day},
        }

    def contract(chosen: random.Random) -> dict[str, Any]:
        return {"id": str(chosen.choice(contracts)), "purpose": PURPOSE}

    return [
        ("patientGp with doctors and HER-id", PATIENT_GP, patient, 40, 5),
        ("authorisation at a date", MAY_PRACTISE, doctor, 30, 5),
        ("a page of 200 patients", PATIENTS, contract, 300, 20),
    ]


@contextmanager
def cores_apart(service_pid: int, data: Path) -> Iterator[None]:
    """The service on the first core, PostgreSQL (its files in `data`) and this process on the last."""
    cores = sorted(os.sched_getaffinity(0))
    postmaster = int((data / "postmaster.pid").read_text(encoding="ascii").split()[0])
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text(encoding="ascii").split()
    others = [0, postmaster, *map(int, children)]  # 0 is this process; what comes later is born where its parent is
    try:
        os.sched_setaffinity(service_pid, cores[:1])
        for pid in others:
            os.sched_setaffinity(pid, cores[-1:])
        yield
    finally:
        for pid in others:
            with suppress(ProcessLookupError):
                os.sched_setaffinity(pid, cores)


@contextmanager
def service(url: str, folder: Path) -> Iterator[int]:
    """Pid of the service, in a process of its own over the database at `url`."""
    environment = {"DATABASE_URL": url, "REGISTERS_FOLDER": str(folder), "REGISTERS_PORT": str(PORT)}
    command = [sys.executable, "-m", "registers.cli", "serve"]
    process = subprocess.Popen(command, env={**environment, "PATH": ""}, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                httpx.get(f"http://127.0.0.1:{PORT}/health/ready", timeout=5).raise_for_status()
                break
            except httpx.HTTPError:
                time.sleep(0.2)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


class Client:
    """One kept-alive connection. The library's own client, as it leaves the two cores to what is measured."""

    def __init__(self, port: int, token: str) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def ask(self, operation: str, variables: dict[str, Any]) -> float:
        """Milliseconds from the request until the whole answer is there."""
        body = json.dumps({"query": operation, "variables": variables}).encode()
        begun = time.perf_counter()
        self._connection.request("POST", "/graphql", body, self._headers)
        answer = self._connection.getresponse().read()
        taken = (time.perf_counter() - begun) * 1000
        if "errors" in json.loads(answer):
            raise RuntimeError(answer.decode())
        return taken


def percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def answer_times(new_client: Callable[[], Client], question: Question, requests: int) -> list[float]:
    """Milliseconds of each answer, on two connections at once."""

    def one_connection(number: int) -> list[float]:
        chosen, client = random.Random(SEED + number), new_client()
        times = [client.ask(question[1], question[2](chosen)) for _ in range(WARM_UP + requests // CONNECTIONS)]
        return times[WARM_UP:]

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        return [each for times in pool.map(one_connection, range(CONNECTIONS)) for each in times]


async def log_durations(url: str, on: bool) -> None:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    for name, value in (("log_duration", "on" if on else "off"), ("log_line_prefix", "'%n '")):
        await connection.execute(f"ALTER SYSTEM SET {name} = {value}")
    await connection.execute("SELECT pg_reload_conf()")
    await connection.close()


def database_times(client: Client, question: Question, requests: int, url: str, log: Path) -> list[float]:
    """Milliseconds the database says it spent on the statements of each answer, asked one at a time."""
    chosen = random.Random(SEED)
    begun = []
    asyncio.run(log_durations(url, True))
    time.sleep(1)
    for _ in range(WARM_UP):
        client.ask(question[1], question[2](chosen))
    time.sleep(0.2)
    offset = log.stat().st_size
    for _ in range(requests):
        begun.append(time.time())
        client.ask(question[1], question[2](chosen))
        time.sleep(0.002)  # the log's clock counts milliseconds
    time.sleep(0.5)
    asyncio.run(log_durations(url, False))
    spent = [0.0] * requests
    with log.open(encoding="utf-8", errors="replace") as file:
        file.seek(offset)
        found = [match.groups() for line in file if (match := DURATION.match(line))]
    at = 0
    for moment, duration in found:
        while at + 1 < requests and float(moment) + 0.001 >= begun[at + 1]:
            at += 1
        spent[at] += float(duration)
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=2000, help="requests of each question")
    parser.add_argument("--unpinned", action="store_true", help="leave the processes to the scheduler")
    arguments = parser.parse_args()
    settings = Settings()
    server = EmbeddedPostgres(settings.folder / "postgres")
    url = server.start()
    token = DevelopmentTokens(settings.folder).issue(Role.EDITOR, now=utc_now())
    all_within = True
    with ExitStack() as running:
        pid = running.enter_context(service(url, settings.folder.absolute()))
        if not arguments.unpinned:
            running.enter_context(cores_apart(pid, server.data))

        def new_client() -> Client:
            return Client(PORT, token)

        for question in questions(asyncio.run(keys_of(url))):
            name, *_, bar, share_bar = question
            times = answer_times(new_client, question, arguments.requests)
            share = database_times(new_client(), question, arguments.requests // 4, url, server.folder / "postgres.log")
            p99, share_p99 = percentile(times, 0.99), percentile(share, 0.99)
            all_within &= p99 < bar and share_p99 < share_bar
            print(
                f"{name}: p50 {statistics.median(times):.1f} ms, p99 {p99:.1f} ms (bar {bar}); "
                f"database p50 {statistics.median(share):.2f} ms, p99 {share_p99:.2f} ms (bar {share_bar})"
            )
    sys.exit(not all_within)


if __name__ == "__main__":
    main()
