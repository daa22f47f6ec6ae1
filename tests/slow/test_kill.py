"""Twenty times kill -9 under eight writers: what was acknowledged is there, and once.

Each of them gives a file along: it is there with every byte, and what a crash left is swept.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Event

import psycopg
import pytest

from qifu.config.logins import Logins
from qifu.config.postgres import find_cluster
from tests.product import ROOT, Product, running
from tests.slow.writers import Browser, Clerk, Person, Writer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("launcher"),
]
logger = logging.getLogger(__name__)

KILLS = ("web", "worker", "database") * 6 + ("web", "database")
# What the worker does every night.
SWEEP = (
    "from qifu.attachments.sweeping import sweep; from qifu.kernel.clock import now;"
    " sweep(at=now())"
)
# Between two kills, in seconds; sometimes the second one meets a system that is still down.
SHORTEST, LONGEST = 0.2, 5.0


@pytest.fixture
def product() -> Iterator[Product]:
    with running(QIFU_DEMO="True") as started:
        yield started


def test_nothing_acknowledged_is_lost_or_doubled(product: Product) -> None:
    seed = int(os.environ.get("QIFU_KILL_SEED") or time.time_ns() % 1_000_000)
    logger.warning("QIFU_KILL_SEED=%d makes the same choices again", seed)
    writers = signed_in(product.port)

    with ThreadPoolExecutor(len(writers)) as pool:
        enough = Event()
        writing = [pool.submit(writer.write, enough) for writer in writers]
        try:
            kill_at_random(product, random.Random(seed), writing)
        finally:
            enough.set()
        for done in writing:
            done.result()

    said = {text: number for writer in writers for text, number in writer.acknowledged.items()}
    logger.warning(
        "%d acknowledged; %d requests had to be repeated",
        len(said),
        sum(writer.browser.repeats for writer in writers),
    )
    files = {text: sha256 for writer in writers for text, sha256 in writer.files.items()}
    assert all(writer.acknowledged for writer in writers)
    with psycopg.connect(owner_url(product)) as database:
        assert_each_is_there_once(database, said)
        assert_each_file_is_there_once(database, files)
        assert no_row_is_without_its_file(database, product.home / "files")
        product.wait_for(lambda: nothing_is_overdue(database), seconds=60)
    assert json.loads(command(product, "verify_journal")[-1])["ok"] is True
    command(product, "reconcile_clocks")
    with psycopg.connect(owner_url(product)) as database:
        assert_orphans_are_swept(product, database)
    assert product.interrupt() == 0
    assert product.processes() == []


def signed_in(port: int) -> list[Writer]:
    """Return six people of enterprises, a clerk of the office and one of a township."""
    people = [Person(Browser(port), f"企业写手{n}", phone=f"1370000{n:04d}") for n in range(1, 7)]
    clerks = [Clerk(Browser(port), login, login=login) for login in ("zhoumin", "qianzhuangan")]
    writers: list[Writer] = [*people, *clerks]
    for writer in writers:
        writer.sign_in()
    return writers


def kill_at_random(product: Product, chance: random.Random, writing: list[Future[None]]) -> None:
    """Kill something of each kind, in any order, at any moment."""
    for kind in chance.sample(KILLS, len(KILLS)):
        time.sleep(chance.uniform(SHORTEST, LONGEST))
        product.wait_for(partial(lives, product, kind), seconds=30)
        victim = chance.choice(processes(product, kind))
        os.kill(victim, signal.SIGKILL)
        logger.info("killed %s %d", kind, victim)
        for done in writing:
            assert not done.done(), done.exception()


def lives(product: Product, kind: str) -> bool:
    return bool(processes(product, kind))


def processes(product: Product, kind: str) -> list[int]:
    """Return whatever of that kind lives: the first of the database is its postmaster."""
    if kind != "database":
        return product.processes({"web": "gunicorn", "worker": "procrastinate"}[kind])
    first = find_cluster(product.home).pid()
    if first is None:
        return []
    try:
        others = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    except OSError:
        return []
    # As often the whole server as one of the processes that serve a connection.
    return [first] * max(len(others), 1) + [int(other) for other in others]


def owner_url(product: Product) -> str:
    return Logins.of(product.home).url("qifu_owner", find_cluster(product.home).socket)


def assert_each_is_there_once(database: psycopg.Connection, said: dict[str, str]) -> None:
    """Compare what the product answered with what the database holds."""
    rows = database.execute(
        "SELECT text.body, appeal.number FROM appeals_appeal appeal"
        " JOIN journal_text text ON text.id = appeal.problem_id"
        " WHERE text.body LIKE '%门口的路灯不亮。'"
    ).fetchall()
    assert sorted(body for body, _ in rows) == sorted(said)
    numbered = {text: number for text, number in said.items() if number}
    assert {text: number for text, number in rows if text in numbered} == numbered
    doubled = "SELECT number FROM appeals_appeal GROUP BY county, number HAVING count(*) > 1"
    assert database.execute(doubled).fetchall() == []
    told = database.execute(
        "SELECT appeal.number, count(notice.id) FROM appeals_appeal appeal"
        " JOIN journal_text text ON text.id = appeal.problem_id"
        " AND text.body LIKE '%门口的路灯不亮。'"
        " LEFT JOIN notices_notice notice ON notice.county = appeal.county AND notice.kind = 'E1'"
        " AND notice.subject_type = 'appeals.appeal' AND notice.subject_id = appeal.id"
        " GROUP BY appeal.id HAVING count(notice.id) <> 1"
    ).fetchall()
    assert told == []


def assert_each_file_is_there_once(database: psycopg.Connection, files: dict[str, str]) -> None:
    """Compare the hashes of what was sent with the one file that each case kept."""
    rows = database.execute(
        "SELECT text.body, array_agg(file.sha256) FROM appeals_appeal appeal"
        " JOIN journal_text text ON text.id = appeal.problem_id"
        " JOIN attachments_attachment file ON file.county = appeal.county"
        " AND file.subject_type = 'appeals.appeal' AND file.subject_id = appeal.id"
        " AND file.state = 'KEPT'"
        " WHERE text.body LIKE '%门口的路灯不亮。' GROUP BY appeal.id, text.body"
    ).fetchall()
    assert dict(rows) == {text: [sha] for text, sha in files.items()}


def named_files(database: psycopg.Connection) -> set[str]:
    """Return the hashes that some row still names."""
    rows = "SELECT DISTINCT sha256 FROM attachments_attachment WHERE state IN ('STAGED', 'KEPT')"
    return {str(sha256) for (sha256,) in database.execute(rows).fetchall()}


def blobs(files: Path) -> dict[str, Path]:
    """Return what lies on the disk under its hash."""
    return {path.name: path for path in files.glob("[0-9a-f][0-9a-f]/*") if "." not in path.name}


def no_row_is_without_its_file(database: psycopg.Connection, files: Path) -> bool:
    """Tell whether the bytes of every row are there and are what its hash says."""
    named, lying = named_files(database), blobs(files)
    whole = [hashlib.sha256(lying[sha].read_bytes()).hexdigest() == sha for sha in named]
    return bool(whole) and all(whole)


def assert_orphans_are_swept(product: Product, database: psycopg.Connection) -> None:
    """A day later whatever no row names is gone, and nothing else."""
    files = product.home / "files"
    # As a crash leaves it: whole but not named yet, and not even whole.
    orphan = hashlib.sha256(b"nobody").hexdigest()
    half = files / "incoming" / "half"
    for path, content in ((files / orphan[:2] / orphan, b"nobody"), (half, b"nob")):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    before = time.time() - 2 * 24 * 3600
    for path in [*files.glob("[0-9a-f][0-9a-f]/*"), *files.glob("incoming/*")]:
        os.utime(path, (before, before))

    command(product, "shell", "-c", SWEEP)

    assert set(blobs(files)) == named_files(database)
    assert not half.exists()


def nothing_is_overdue(database: psycopg.Connection) -> bool:
    """Tell whether the worker has come back and sends."""
    late = "SELECT FROM notices_notice WHERE state = 'QUEUED' AND due_at < now()"
    return database.execute(late).rowcount == 0


def command(product: Product, *words: str) -> list[str]:
    """Run one of the product's commands beside it; return what it says."""
    ended = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *words],
        env=product.environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout.splitlines()
