"""Predicts every kind of model in every runtime and compares with `slope predict`; see run."""

import argparse
import os
import sys
import tempfile
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import cases
import environments
import tensors
from runtimes import RUNTIMES, Runtime

README = cases.ROOT / "README.md"
BEGIN, END = "<!-- conformance -->\n", "<!-- end of conformance -->\n"
AT_ONCE = max(2, os.cpu_count() or 2)
SECONDS = 600


@dataclass
class Outcome:
    """What a runtime did.

    Attributes:
        signatures: the signature that it took of each kind; None where it is not for it.
        differences: the largest difference of each kind that agreed.
        problems: what went wrong with each kind, or as a whole.
        version: as its program says.
        prepare_seconds, run_seconds: how long making its environment took, and the programs.
    """

    signatures: dict[str, str | None] = field(default_factory=dict)
    differences: dict[str, float] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    version: str = "?"
    prepare_seconds: float = 0.0
    run_seconds: float = 0.0


def predict(runtime: Runtime, models: list[cases.Case], folder: Path) -> Outcome:
    """Runs a runtime's programs on all models and compares what they answer."""
    outcome = Outcome()
    try:
        start = time.monotonic()
        programs, environment = runtime.programs(), runtime.environment()
        outcome.prepare_seconds = time.monotonic() - start
        outcome.signatures = {case.kind: runtime.signature(case) for case in models}
        taken = [case for case in models if outcome.signatures[case.kind]]
        words = []
        for case in taken:
            answers = folder / runtime.name / case.kind
            answers.mkdir(parents=True)
            signature = outcome.signatures[case.kind]
            words += [case.model, signature, case.inputs[signature], answers]
        start = time.monotonic()
        for program in programs:
            printed = environments.command(
                runtime.name, [*program, *words], SECONDS, folder, TF_CPP_MIN_LOG_LEVEL="3", **environment
            )
        outcome.run_seconds = time.monotonic() - start
        outcome.version = printed.strip().splitlines()[-1]
    except environments.Failure as problem:
        outcome.problems.append(str(problem))
        return outcome
    for case in taken:
        try:
            answered = tensors.read(folder / runtime.name / case.kind / "outputs.txt")
            outcome.differences[case.kind] = case.check(answered)
        except (environments.Failure, OSError) as problem:
            outcome.problems.append(f"{case.kind}: {problem}")
    return outcome


def readme_table(outcomes: dict[Runtime, Outcome], models: list[cases.Case]) -> str:
    """What the README says of a run of all runtimes."""
    lines = ["| kind of model | |", "|---|---|"]
    lines += [f"| `{case.kind}` | {case.description} |" for case in models]
    lines += ["", "| `run` | runtime | version | signature | kinds |", "|---|---|---|---|---|"]
    for runtime, outcome in outcomes.items():
        kinds_by_signature = defaultdict(list)
        for kind, signature in outcome.signatures.items():
            if signature:
                kinds_by_signature[signature].append(kind)
        left_out = [f"`{kind}`" for kind, signature in outcome.signatures.items() if not signature]
        kinds = f"all but {', '.join(left_out)}" if left_out else "all"
        most = max(kinds_by_signature, key=lambda signature: len(kinds_by_signature[signature]))
        signatures = ", ".join(
            f"`{signature}`" + ("" if signature == most else " of " + ", ".join(f"`{kind}`" for kind in of))
            for signature, of in sorted(kinds_by_signature.items(), key=lambda entry: entry[0] != most)
        )
        lines.append(f"| `{runtime.name}` | {runtime.title} | {outcome.version} | {signatures} | {kinds} |")
    return "\n".join(lines) + "\n"


def check_readme(table: str, write: bool) -> str | None:
    """Compares the README's table with that of this run, or replaces it; a problem in words."""
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    found, end, after = rest.partition(END)
    if not end:
        return f"README.md must have the lines {BEGIN.strip()} and {END.strip()}"
    if found != table and not write:
        return "README.md's table of runtimes is not that of this run; src/conformance/run --write replaces it"
    if write:
        README.write_text(before + BEGIN + table + END + after, encoding="utf-8")
    return None


def report(outcomes: dict[Runtime, Outcome], models: list[cases.Case]) -> None:
    """Prints the largest difference of every cell, in millionths of the column's largest number."""
    kinds = [case.kind for case in models]
    print(f"{'difference in millionths':26}" + "".join(f"{kind:>10}" for kind in kinds) + "   made    run  version")
    for runtime, outcome in outcomes.items():
        line = f"{runtime.name:26}"
        for kind in kinds:
            if kind in outcome.differences:
                line += f"{outcome.differences[kind] * 1e6:10.3f}"
            else:
                line += f"{'-' if outcome.signatures.get(kind, '') is None else 'FAILED':>10}"
        print(f"{line} {outcome.prepare_seconds:5.0f} s {outcome.run_seconds:4.0f} s  {outcome.version}")


def main() -> int:
    """Runs the matrix; the exit code is 1 where anything failed."""
    parser = argparse.ArgumentParser(prog="src/conformance/run", description=__doc__)
    names = [runtime.name for runtime in RUNTIMES]
    parser.add_argument("runtimes", nargs="*", metavar="RUNTIME", help=f"which: {', '.join(names)}; by default all")
    parser.add_argument("--write", action="store_true", help="replace the README's table by that of this run")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.runtimes if name not in names]
    if unknown:
        parser.error(f"RUNTIME must be one of {', '.join(names)}, but was {unknown[0]}")
    chosen = [runtime for runtime in RUNTIMES if runtime.name in (arguments.runtimes or names)]

    outcomes: dict[Runtime, Outcome] = {}
    with tempfile.TemporaryDirectory(prefix="slope-conformance-") as scratch, ThreadPoolExecutor(AT_ONCE) as pool:
        folder = Path(scratch)
        start = time.monotonic()
        models = [cases.make(cases.CONFIGS[0], folder)]  # alone: it may build Slope
        models += pool.map(lambda config: cases.make(config, folder), cases.CONFIGS[1:])
        print(f"{len(models)} models made in {time.monotonic() - start:.0f} s", flush=True)
        outcomes = dict(zip(chosen, pool.map(lambda each: predict(each, models, folder), chosen), strict=True))

    report(outcomes, models)
    problems = [f"{runtime.name}: {problem}" for runtime, outcome in outcomes.items() for problem in outcome.problems]
    if not problems and chosen == RUNTIMES:
        stale = check_readme(readme_table(outcomes, models), arguments.write)
        problems += [stale] if stale else []
    for problem in problems:
        print(f"\n{problem}", file=sys.stderr)
    passed = sum(len(outcome.differences) for outcome in outcomes.values())
    print(f"\n{passed} passed, {len(problems)} failed")
    return 1 if problems else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except environments.Failure as problem:
        sys.exit(f"src/conformance/run: {problem}")
