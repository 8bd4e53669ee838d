"""What the runtimes' programs run in, made when first needed and kept outside the checkout.

    environments.py NAME    makes one of the Python environments, unless it is there, and prints its folder

Everything is under ${SLOPE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/slope}/conformance, under a name with the digest of
what it is made from, and made anew when that changes.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
PYTHON = HERE / "python"
CACHE = (
    Path(os.environ.get("SLOPE_CACHE") or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "slope")
    / "conformance"
)
NEEDS_PYTHON_3_11 = {"tf212"}
_locks: dict[Path, threading.Lock] = defaultdict(threading.Lock)


class Failure(Exception):
    """Something could not be made, run or predicted; the message says what."""


def command(what: str, words: list, seconds: int = 1800, folder: Path = HERE, **environment: str) -> str:
    """Runs a program and returns its standard output; a failure ends with the last lines that it said."""
    try:
        done = subprocess.run(
            [str(word) for word in words],
            cwd=folder,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Failure(f"{what} took more than {seconds} s") from None
    except OSError as problem:
        raise Failure(f"{what}: {problem}") from None
    if done.returncode:
        said = (done.stdout + done.stderr).strip().splitlines()[-15:]
        raise Failure("\n".join([f"{what} ended with {done.returncode}:", *said]))
    return done.stdout


def python(name: str) -> Path:
    """The folder of a Python environment: `bin/python` in it has what requirements-NAME.txt lists, and nothing else."""
    requirements = PYTHON / f"requirements-{name}.txt"
    if not requirements.is_file():
        known = sorted(path.stem.removeprefix("requirements-") for path in PYTHON.glob("requirements-*.txt"))
        raise Failure(f"the environment must be one of {', '.join(known)}, but was {name}")
    interpreter = os.path.realpath(sys.executable)
    if name in NEEDS_PYTHON_3_11 and sys.version_info[:2] != (3, 11):
        interpreter = shutil.which("python3.11")
        if interpreter is None:
            raise Failure(f"{name} needs Python 3.11; no python3.11 is on the PATH")

    def make(folder: Path) -> None:
        command(f"making the environment {name}", [interpreter, "-m", "venv", folder])
        command(
            f"installing {requirements.name}",
            [folder / "bin/python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-input"]
            + ["--no-deps", "--requirement", requirements],
        )

    return _made(name, [requirements], make, interpreter)


def tensorflow() -> Path:
    """TensorFlow 2.18 as C, Go and Rust take it, out of the Python wheel: `include`, and `lib` with the libraries."""
    wheel = next((python("tf218") / "lib").glob("python*/site-packages/tensorflow"))

    def make(folder: Path) -> None:
        (folder / "include").symlink_to(wheel / "include")
        (folder / "lib").mkdir()
        for name in ("libtensorflow_cc.so.2", "libtensorflow_framework.so.2"):
            (folder / "lib" / name).symlink_to(wheel / name)
        (folder / "lib/libtensorflow.so").symlink_to("libtensorflow_cc.so.2")  # the name that Rust looks for

    return _made("libtensorflow", [PYTHON / "requirements-tf218.txt"], make, str(wheel))


def _link_flags(library: Path) -> list[str]:
    return [
        f"-L{library / 'lib'}",
        "-l:libtensorflow_cc.so.2",
        "-l:libtensorflow_framework.so.2",
        f"-Wl,-rpath,{library / 'lib'}",
    ]


def c() -> Path:
    """The program in C, compiled."""
    library, source = tensorflow(), HERE / "c/predict.c"

    def make(folder: Path) -> None:
        flags = ["-std=gnu11", "-O1", "-Wall", "-Wextra", "-Werror", "-isystem", library / "include"]
        command("compiling the program in C", ["cc", *flags, source, "-o", folder / "predict", *_link_flags(library)])

    return _made("c", [source], make, str(library)) / "predict"


def go() -> Path:
    """The program in Go, compiled."""
    library, source = tensorflow(), HERE / "go"

    def make(folder: Path) -> None:
        command(
            "compiling the program in Go",
            ["go", "build", "-mod=readonly", "-o", folder / "predict", "."],
            folder=source,
            CGO_ENABLED="1",
            CGO_CFLAGS=f"-O1 -I{library / 'include'}",
            CGO_LDFLAGS=" ".join(_link_flags(library)),
        )

    return _made("go", [source / "main.go", source / "go.mod", source / "go.sum"], make, str(library)) / "predict"


def rust() -> Path:
    """The program in Rust, compiled."""
    source = HERE / "rust"

    def make(folder: Path) -> None:
        target = CACHE / "rust-target"  # kept: only the program is compiled anew when it changes
        command(
            "compiling the program in Rust",
            ["cargo", "build", "--locked", "--quiet", "--target-dir", target],
            folder=source,
        )
        shutil.copy2(target / "debug/conformance", folder / "predict")

    return _made("rust", [source / "src/main.rs", source / "Cargo.toml", source / "Cargo.lock"], make) / "predict"


def node() -> Path:
    """The packages of the program in JavaScript, as NODE_PATH takes them."""
    source = HERE / "js"
    locked = [source / "package.json", source / "package-lock.json"]

    def make(folder: Path) -> None:
        for file in locked:
            shutil.copy2(file, folder)
        command(
            "installing the packages of npm",
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            folder=folder,
        )

    return _made("js", locked, make) / "node_modules"


def djl() -> Path:
    """DJL: `jars`, and `natives` with TensorFlow's libraries, unpacked.

    The jar of the natives names another build than its own, which DJL would try to download.
    """
    pom = HERE / "djl/pom.xml"

    def make(folder: Path) -> None:
        jars, natives = folder / "jars", folder / "natives"
        command(
            "getting DJL",
            ["mvn", "--batch-mode", "--quiet", "--no-transfer-progress", "--file", pom]
            + ["dependency:copy-dependencies", f"-DoutputDirectory={jars}"],
        )
        natives.mkdir()
        (jar,) = jars.glob("tensorflow-native-*.jar")
        with zipfile.ZipFile(jar) as archive:
            for name in archive.namelist():
                if ".so" in name:
                    with archive.open(name) as packed, (natives / Path(name).name).open("wb") as unpacked:
                        shutil.copyfileobj(packed, unpacked)
        jar.unlink()

    return _made("djl", [pom], make)


def slope_jars() -> Path:
    """The jars that Slope runs on, TensorFlow for Java among them; the launcher has built them."""
    return HERE.parents[1] / "target/lib"


def _made(name: str, sources: list[Path], make: Callable[[Path], None], *more: str) -> Path:
    """Makes a folder unless it is there.

    It is made under a name of its own and appears by a link when it is whole, so that neither an interrupted run nor
    one beside this one can leave or see half of it. (An environment of Python contains its path: it can't be moved.)
    """
    digest = hashlib.sha256(b"\0".join([*(path.read_bytes() for path in sources), *(text.encode() for text in more)]))
    path = CACHE / f"{name}-{digest.hexdigest()[:12]}"
    with _locks[path]:
        if path.exists():
            return path
        print(f"making {path}", file=sys.stderr, flush=True)
        CACHE.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        building = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=CACHE))
        try:
            make(building)
            path.symlink_to(building.name)
        except BaseException as problem:
            shutil.rmtree(building, ignore_errors=True)
            if not isinstance(problem, FileExistsError):  # else another run was faster
                raise
    return path


if __name__ == "__main__":
    try:
        print(python(sys.argv[1]))
    except Failure as problem:
        sys.exit(f"environments.py: {problem}")
