"""Measures the live part and writes docs/performance.md.

    make bench-live                                    the whole run, about twenty minutes on two cores
    … -m benchmarks.live --quick                       small sizes: prints, writes nothing
    … -m benchmarks.live --to FOLDER                   writes the page and its picture there

Runs under scripts/with_stack.py, on a PostgreSQL that waits for the disk.
"""

import json
import sys
from importlib import import_module
from pathlib import Path

import django
from django.core.management import call_command

from realtime.garbage import settle


def main() -> None:
    """Make the tables and the scene, measure, report."""
    django.setup()
    measures, report = (import_module(f"benchmarks.live.{name}") for name in ("measures", "report"))
    scene, machine = (import_module(f"benchmarks.live.{name}") for name in ("scene", "machine"))
    is_quick = "--quick" in sys.argv
    sizes = measures.QUICK if is_quick else measures.SIZES
    call_command("migrate", verbosity=0)
    made, loads = scene.build(sizes.followers, rooms=8), [machine.load()]
    settle()  # the facts are written here: a pause of this process would be counted as theirs
    found = measures.measure(made, sizes)
    loads.append(machine.load())
    told = report.Report(found, sizes, loads)
    if "--raw" in sys.argv:
        print(json.dumps(found, indent=1))
    print("\n".join(told.lines()))
    if is_quick:
        print("Small sizes show that everything runs; the targets are for a thousand followers.")
    if "--to" in sys.argv:
        told.write(Path(sys.argv[sys.argv.index("--to") + 1]))
    elif not is_quick:
        told.write()


if __name__ == "__main__":
    main()
