"""Reads files in processes of their own, with little memory, and tells what it took.

``python -m tests.integration.dossiers.imports.measured FOLDER`` prints JSON: for every
file what was said or how many rows were read, the peak memory (MB) and the seconds.
"""

import json
import os
import resource
import sys
from pathlib import Path
from time import perf_counter

import django

MOST_MEMORY = 1_500 * 2**20  # of addresses; beyond it the process gets no more


def read(path: Path) -> dict[str, object]:
    """What came of reading this file, here."""
    from postal_tthc.errors import Invalid
    from postal_tthc.lib.table_files import read_table_file

    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    try:
        with path.open("rb") as file:
            sheets = read_table_file(file, name=path.name)
    except Invalid as error:
        return {"said": str(error)}
    except BaseException as error:
        return {"said": f"NOT A SENTENCE: {error!r}"}
    return {"rows": len(sheets[0].rows), "first": [str(x) for x in sheets[0].rows[0]]}


def measure(path: Path) -> dict[str, object]:
    """The same in a child, which takes its memory along when it ends."""
    out, into = os.pipe()
    began, child = perf_counter(), os.fork()
    if not child:
        os.close(out)
        os.write(into, json.dumps(read(path)).encode())
        os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as told:
        said = told.read()
    _pid, status, used = os.wait4(child, 0)
    found = json.loads(said) if said else {"said": f"DIED: {status}"}
    peak = used.ru_maxrss // 1024
    return {**found, "peak": peak, "seconds": round(perf_counter() - began, 1)}


def main(folder: Path) -> None:
    """Print what every file of the folder took."""
    from django.utils import translation

    with translation.override("en"):
        told = {path.name: measure(path) for path in sorted(folder.iterdir())}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]))
