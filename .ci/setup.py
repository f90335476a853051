"""Makes the virtual environment in .venv what the requirement files say: `setup.py [dev]`.

Nothing is done when it is so already. It stands on the standard library and whichever Python 3.12+ runs it.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# There while something is being installed: found by the next set-up, it tells that the last one was interrupted.
UNFINISHED = VENV / ".unfinished"


def main(arguments: list[str]) -> None:
    files = [ROOT / "requirements.txt"]
    if arguments == ["dev"]:
        files.append(ROOT / "requirements-dev.txt")
    with files[0].open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two commands at once in a fresh clone: the second waits
        wanted = {file: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
        usable = is_usable()
        missing = [file for file in files if not usable or installed(file) != wanted[file]]
        if not missing:
            return
        began = time.monotonic()
        print(f"Setting up .venv with {' and '.join(file.name for file in missing)} ...", flush=True)
        if not usable:
            make_venv()
        UNFINISHED.touch()
        install(files)
        for file in files:
            stamp(file).write_text(wanted[file])
        UNFINISHED.unlink()
        print(f"Set up in {time.monotonic() - began:.0f} s.", flush=True)


def is_usable() -> bool:
    if UNFINISHED.exists() or not (VENV / "pyvenv.cfg").exists() or not PYTHON.exists():
        return False
    check = "import sys, pip; sys.exit(sys.version_info < (3, 12))"
    return run([PYTHON, "-c", check], stderr=subprocess.DEVNULL) == 0


def stamp(file: Path) -> Path:
    return VENV / f".installed-{file.stem}"


def installed(file: Path) -> str:
    return stamp(file).read_text() if stamp(file).exists() else ""


def make_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        sys.exit(
            f"{sys.executable} cannot make virtual environments: install its venv module (Debian, Ubuntu: apt install"
            f" python{version}-venv), or set PYTHON to another Python."
        )
    if VENV.is_symlink():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)
    VENV.mkdir()
    UNFINISHED.touch()
    # The interpreter behind a virtual environment, should this be one.
    base = getattr(sys, "_base_executable", sys.executable)
    if run([base, "-m", "venv", VENV]):
        sys.exit(f"{base} could not make the virtual environment .venv: see above, or set PYTHON to another Python.")


def install(files: list[Path]) -> None:
    command: list[str | Path] = [PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "--no-input"]
    for file in files:
        command += ["-r", file]
    environment = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    environment.pop("PYTHONHOME", None)
    environment.pop("PYTHONPATH", None)
    if run(command, env=environment):
        sys.exit("The packages could not be installed: see above, check the network, then run this again.")


def run(command: list[str | Path], **options: Any) -> int:
    return subprocess.run(command, check=False, **options).returncode  # noqa: S603  fixed programs, no shell


if __name__ == "__main__":
    main(sys.argv[1:])
