"""Fills the demo and serves it: migrations, sample data, static files, then the web process."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"


def manage(*arguments: str) -> None:
    result = subprocess.run([str(BIN / "python"), "manage.py", *arguments], cwd=ROOT, check=False)
    if result.returncode:
        raise SystemExit(result.returncode)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.settings.dev")
    os.environ.setdefault("BASE_URL", f"http://127.0.0.1:{port}")
    os.environ.setdefault("STAFF_URL", f"http://127.0.0.1:{port}")
    if os.environ.get("ENGINE", "embedded") == "elasticsearch":
        print("● Elasticsearch", flush=True)
        started = subprocess.run([str(ROOT / "dev" / "elasticsearch"), "start"], stdout=subprocess.PIPE, check=False)
        if started.returncode:
            raise SystemExit(started.returncode)
        os.environ["ELASTICSEARCH_URL"] = started.stdout.decode().strip()
    print("● database", flush=True)
    manage("migrate", "--verbosity", "0")
    print("● static files", flush=True)
    manage("collectstatic", "--noinput", "--verbosity", "0")
    print("● sample data", flush=True)
    manage("demo", "--port", str(port))
    command = [
        str(BIN / "gunicorn"), "website.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "8",
        "--access-logfile", "/dev/null", "--log-level", "warning", *(["--reload"] if os.environ.get("RELOAD") else []),
    ]  # fmt: skip
    sys.stdout.flush()
    os.chdir(ROOT)
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(ROOT / "site")])
    os.environ["PYTHONUNBUFFERED"] = "1"
    if os.environ.get("ELASTICSEARCH_URL"):
        # Ends with the server: both belong to the process group that Ctrl-C reaches.
        subprocess.Popen([str(BIN / "python"), "manage.py", "search_worker"])
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
