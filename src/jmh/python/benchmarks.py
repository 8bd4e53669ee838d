"""Times Slope's JMH benchmarks and the peers group by group, and prints one Markdown table of both; see ../run."""
import argparse
import hashlib
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

from tasks import GROUPS, Process

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
TARGET = ROOT / "target"
SECONDS = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9}


class FailedToRun(Exception):
    """Something could not be run; the message names it and ends with what it said."""


def command(what, words, seconds=1200):
    """Runs a command in the root of the checkout and returns its standard output."""
    try:
        got = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise FailedToRun(f"{what} took more than {seconds} s") from None
    except OSError as e:
        raise FailedToRun(f"{what}: {e}") from None
    if got.returncode:
        said = (got.stdout + got.stderr).strip().splitlines()[-10:]
        raise FailedToRun("\n".join([f"{what} ended with {got.returncode}:", *said]))
    return got.stdout


def say(text):
    print(text, file=sys.stderr, flush=True)


def made(path, make):
    """Makes a folder unless it is there. It appears by a link once it is whole, for an environment can't be moved."""
    if not path.exists():
        say(f"making {path}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        building = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
        try:
            make(building)
            path.symlink_to(building.name)
        except BaseException as e:
            shutil.rmtree(building, ignore_errors=True)
            if not isinstance(e, FileExistsError):  # else another run was faster
                raise
    return path


class Peers:
    """Runs cases of the peers' scripts, each in a process of its own; a case that two rows share runs once."""

    def __init__(self, folder, runs):
        base = os.environ.get("SLOPE_CACHE") or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "slope"
        self.cache = Path(base) / "benchmarks"
        self.folder = folder
        self.runs = runs
        self.rows = {}

    def python(self, name):
        requirements = HERE / f"requirements-{name}.txt"
        digest = hashlib.sha256(requirements.read_bytes()).hexdigest()[:12]

        def make(folder):
            venv.create(folder, with_pip=True)
            command(f"installing {requirements.name}", [
                folder / "bin/python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-input",
                "--requirement", requirements], 3600)
        return made(self.cache / f"{name}-{digest}", make) / "bin/python"

    def data(self, python):
        script = HERE / "make_data.py"
        digest = hashlib.sha256(script.read_bytes()).hexdigest()[:12]
        return made(self.cache / f"data-{digest}", lambda folder: command("drawing the rows", [python, script, folder]))

    def script(self, python, peer):
        """The script that has the case: that of the chosen folder, or else the one here."""
        own, chosen = HERE / "peers" / peer.script, self.folder / peer.script
        if chosen == own or not chosen.is_file():
            return own
        return chosen if peer.case in command(f"listing {chosen}", [python, chosen]).split() else own

    def row(self, peer):
        """The row that the case prints; one with the key `error` where it fails."""
        key = peer.script, peer.case
        if key not in self.rows:
            say(f"  {peer.label}: {peer.script} {peer.case}")
            try:
                python = self.python("torch" if peer.torch else "peers")
                printed = command(f"{peer.script} {peer.case}", [
                    python, self.script(python, peer), peer.case, "--runs", str(peer.runs or self.runs), "--data",
                    self.data(python)])
                self.rows[key] = json.loads(printed.strip().splitlines()[-1])
            except FailedToRun as e:
                self.rows[key] = {"error": str(e)}
        return self.rows[key]

    def seconds(self, peer, row_visits):
        """Its times for as many visits of rows; a failure is raised anew."""
        row = self.row(peer)
        if "error" in row:
            raise FailedToRun(row["error"])
        scale = SECONDS[row["unit"].split("/")[0]]
        if row_visits and row.get("per"):
            scale *= row_visits / row["per"]
        return [time * scale for time in row["times"]]

    def versions(self):
        return sorted({f"{row['peer']} {row['version']}" for row in self.rows.values() if "error" not in row})


class Slope:
    """Runs Slope's benchmarks by Maven, which compiles them the first time."""

    def __init__(self, offline):
        self.maven = ["mvn", "--batch-mode", "--quiet", *(["--offline"] if offline else []), "-Pbenchmark"]
        self.goals = ["test-compile", "exec:exec"]
        self.java = ""

    def run(self, benchmarks):
        """The times in seconds of each invocation of each benchmark, by `found`'s keys."""
        methods = sorted({benchmark.method for benchmark in benchmarks})
        say(f"  Slope: {', '.join(methods)}")
        pattern = "|".join(f"[.]{re.escape(method)}$" for method in methods)
        results = TARGET / "benchmarks.json"
        results.unlink(missing_ok=True)
        command("Slope's benchmarks", [*self.maven, *self.goals, f"-Dslope.benchmarks={pattern}"])
        self.goals = ["exec:exec"]
        times = {}
        for result in json.loads(results.read_text()):
            self.java = f"{result['vmName']} {result['vmVersion']}"
            method = ".".join(result["benchmark"].split(".")[-2:])
            metric = result["primaryMetric"]
            unit = SECONDS[metric["scoreUnit"].split("/")[0]]
            times[key(method, result.get("params", {}))] = [
                value * unit for fork in metric["rawData"] for value in fork]
        return times


class Launcher:
    """Runs Slope's command as a user does; the time is the process's, from its start to its end."""

    def __init__(self, data, runs):
        self.data = data
        self.runs = runs
        self.metrics = {}

    def times(self, process):
        say(f"  Slope: {process.config}")
        folder = self.data()
        words = [ROOT / "slope", "train", HERE.parent / "configs" / process.config]
        for pointer, name in process.data.items():
            words += ["--set", f"{pointer}={folder / name}"]
        times = []
        with tempfile.TemporaryDirectory() as models:
            for _ in range(1 + self.runs):
                start = time.perf_counter()
                command(f"slope train {process.config}", [*words, "--models", models])
                times.append(time.perf_counter() - start)
            written = Path(models).glob("*/1/assets.extra/metrics.json")
            self.metrics[process.name] = json.loads(next(written).read_text())
        return times[1:]  # the first also builds what a later one finds

    def test_log_loss(self, process):
        return self.metrics[process.name]["test"]["metrics"]["log_loss"]


def key(method, parameters):
    return method, tuple(sorted(parameters.items()))


def memory_gib():
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def cpu_model():
    try:
        return re.search(r"^model name\s*:\s*(.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE).group(1)
    except (OSError, AttributeError):
        return platform.processor() or platform.machine()


def tensorflow_java():
    return re.search(r"<tensorflow.version>(.*?)<", (ROOT / "pom.xml").read_text()).group(1)


def machine(load):
    return (f"{os.cpu_count()} cores, {cpu_model()}, {memory_gib():.0f} GiB, {platform.system()} {platform.machine()}; "
            f"load average {load:.1f} before the run")


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def spread(seconds, unit):
    low, middle, high = (number(f(seconds) / SECONDS[unit]) for f in (min, statistics.median, max))
    return f"{middle} {unit} ({low} to {high})"


class Table:
    """Collects the lines of the table, what they were made from, and what failed."""

    HEAD = ("| task | Slope: median (range) | beside it: medians | quickest of them ÷ Slope | target | met |\n"
            "|---|---|---|---:|---|---|")

    def __init__(self):
        self.lines = [self.HEAD]
        self.results = []
        self.failures = []

    def failed(self, failure):
        if str(failure) not in self.failures:
            self.failures.append(str(failure))
        return "failed"

    def add(self, row, slope, others, log_losses, imports):
        """A row: Slope's times in seconds, or None where they failed; by label those of others, losses and seconds of imports."""
        median = statistics.median(slope) if slope else None
        medians = {label: statistics.median(times) for label, times in others.items() if times}
        best = min(medians, key=medians.get, default=None)
        cells = [f"{label} {number(medians[label] / SECONDS[row.unit])}{start(imports, label)}{loss(log_losses, label)}" if times
                 else f"{label} failed" for label, times in others.items()]
        ratio = f"{number(medians[best] / median)} ({best})" if best and median else ""
        ratios = {label: times for label, times in row.ratios().items() if label in others}
        if row.ratios():
            target = "at most " + ", ".join(f"{times:.3g} times {label}" for label, times in ratios.items())
            limits = [times * medians[label] for label, times in ratios.items() if label in medians]
        elif row.target_seconds:
            target = f"at most {number(row.target_seconds / SECONDS[row.unit])} {row.unit}"
            limits = [row.target_seconds]
        else:
            target, limits = "", []
        met = "" if median is None or not limits else "yes" if median <= min(limits) else "no"
        own = f"{spread(slope, row.unit)}{loss(log_losses, 'Slope')}" if slope else "failed"
        self.lines.append(f"| {row.title} | {own} | {', '.join(cells)} | {ratio} | {target} | {met} |")
        self.results.append({"task": row.title, "target": target, "met": met, "slope_seconds": slope,
                             "beside_seconds": others, "import_seconds": imports, "log_losses": log_losses})


def start(imports, label):
    return f" after {number(imports[label])} s of imports" if label in imports else ""


def loss(log_losses, label):
    return f", log-loss {log_losses[label]:.4f}" if label in log_losses else ""


def times_of_slope(rows, slope, launcher, table):
    """Slope's times by `key`, or by the name of a process."""
    wanted = [row.slope for row in rows] + [row.beside[1] for row in rows if row.beside]
    times = {}
    for process in [each for each in wanted if isinstance(each, Process)]:
        try:
            times[process.name] = launcher.times(process)
        except FailedToRun as e:
            table.failed(e)
    benchmarks = [each for each in wanted if not isinstance(each, Process)]
    if benchmarks:
        try:
            times |= slope.run(benchmarks)
        except FailedToRun as e:
            table.failed(e)
    return times


def measure(name, rows, slope, launcher, peers, torch, table):
    """Times a group: Slope and then at once its peers, for the machine's speed drifts."""
    say(name)
    times = times_of_slope(rows, slope, launcher, table)
    for row in rows:
        others, log_losses, imports = {}, {}, {}
        if row.beside:
            others[row.beside[0]] = times.get(key(row.beside[1].method, row.beside[1].parameters))
        for peer in row.peers:
            if peer.torch and not torch:
                continue
            try:
                others[peer.label] = peers.seconds(peer, row.row_visits)
                if "log_loss" in peers.row(peer):
                    log_losses[peer.label] = peers.row(peer)["log_loss"]
                if "imports" in peers.row(peer):
                    imports[peer.label] = peers.row(peer)["imports"]
            except FailedToRun as e:
                table.failed(e)
                others[peer.label] = None
        if isinstance(row.slope, Process):
            own = times.get(row.slope.name)
            if own:
                log_losses["Slope"] = launcher.test_log_loss(row.slope)
        else:
            own = times.get(key(row.slope.method, row.slope.parameters))
            if times and own is None:
                table.failed(f"{row.slope.method} with {row.slope.parameters} is not among Slope's benchmarks")
        table.add(row, own, others, log_losses, imports)


def main():
    parser = argparse.ArgumentParser(prog="src/jmh/run", description=(
        "Times Slope and its peers on the same tasks in one run and prints a table of both. Fails only if something "
        "can't be run, never because of a time."))
    parser.add_argument("--only", action="append", choices=GROUPS, metavar="NAME",
                        help=f"a group of tasks, may be repeated: {', '.join(GROUPS)}")
    parser.add_argument("--torch", action="store_true", help="PyTorch too; installs several GB the first time")
    parser.add_argument("--peers", type=Path, default=HERE / "peers", metavar="DIR",
                        help="take the peers' cases from the scripts of this folder where it has them")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="timed runs of a peer, but of slow ones (5)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="writes every time here too")
    parser.add_argument("--offline", action="store_true", help="Maven downloads nothing")
    args = parser.parse_args()
    if not args.peers.is_dir():
        parser.error(f"--peers must be a folder, but was {args.peers}")

    table, slope, load = Table(), Slope(args.offline), os.getloadavg()[0]
    peers = Peers(args.peers.resolve(), args.runs)
    launcher = Launcher(lambda: peers.data(peers.python("peers")), args.runs)
    for name in args.only or GROUPS:
        measure(name, GROUPS[name], slope, launcher, peers, args.torch, table)

    versions = [v for v in (slope.java, f"TensorFlow for Java {tensorflow_java()}") if v]
    others = ", ".join([f"Python {platform.python_version()}", *peers.versions()])
    print(f"Machine: {machine(load)}.\nSlope on {', '.join(versions)}. Peers: {others}.\n"
          "Data has 1,000,000 rows of 32 columns where nothing else is said.\n")
    print("\n".join(table.lines))
    if args.json:
        args.json.write_text(json.dumps({"machine": machine(load), "versions": versions + peers.versions(),
                                         "tasks": table.results}, indent=1, ensure_ascii=False) + "\n")
    for failure in table.failures:
        say(f"src/jmh/run: {failure}")
    return 1 if table.failures else 0


if __name__ == "__main__":
    sys.exit(main())
