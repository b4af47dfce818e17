"""The stand-alone script, run whole by itself, or many times by a process that has read it once."""

import atexit
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from votes.standalone import build

Done = subprocess.CompletedProcess[str]
# Nothing of ours is seen: no site, no path of the project; a warning is an error.
PYTHON = [sys.executable, "-I", "-S", "-W", "error"]
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"}

# Reads the script, then forks for each line of its input: what the script itself does, without reading it again.
READER = """
import importlib.util, json, os, sys, traceback
found = importlib.util.spec_from_file_location("recount", sys.argv[1])
script = importlib.util.module_from_spec(found)
found.loader.exec_module(script)
sys.meta_path.insert(0, script.Embedded())
from votes.recount import main
for line in sys.stdin:
    asked = json.loads(line)
    child = os.fork()
    if child:
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        continue
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    for stream, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")
    try:
        code = main(asked["words"])
    except SystemExit as left:
        code = left.code
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
"""


def standalone(folder: Path) -> Path:
    """The stand-alone script, in a folder of its own."""
    path = folder / "recount.py"
    path.write_text(build(), "utf-8")
    return path


def written(folder: Path, export: object) -> None:
    """The export, as a file beside."""
    (folder / "export.json").write_text(export if isinstance(export, str) else json.dumps(export), "utf-8")


def recounted_alone(folder: Path, export: object, *words: str, **env: str) -> Done:
    """The script run on an export as a member runs it, from a folder with nothing else."""
    written(folder, export)
    return subprocess.run(
        [*PYTHON, str(standalone(folder)), "export.json", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**ENVIRONMENT, **env},
    )


@cache
def reader() -> subprocess.Popen[str]:
    """The process that has read the script, one for all tests of this process."""
    folder = TemporaryDirectory()
    process = subprocess.Popen(
        [*PYTHON, "-c", READER, str(standalone(Path(folder.name)))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    )

    def end() -> None:
        process.communicate()
        folder.cleanup()

    atexit.register(end)
    return process


def recounted(folder: Path, export: object, *words: str, **env: str) -> Done:
    """The same by the process that has read it once: for the many."""
    written(folder, export)
    asked = {"folder": str(folder), "environment": {**ENVIRONMENT, **env}, "words": ["export.json", *words]}
    process = reader()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(asked) + "\n")
    process.stdin.flush()
    code = int(process.stdout.readline())
    out, err = ((folder / name).read_text("utf-8") for name in ("out", "err"))
    return subprocess.CompletedProcess(["recount.py", *words], code, out, err)
