#!/usr/bin/env python3
"""Runs other people's clients, unmodified, against the local Discord. See README.md beside this file."""

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
CRATE = HERE.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR") or CRATE.parent.parent / "target")
INSTALLED = TARGET / "clients"
PATIENCE = 60  # seconds that anything may take


class Failed(Exception):
    """What did not happen."""


class Skipped(Exception):
    """What is missing on this machine."""


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode:
        raise Failed(f"{' '.join(map(str, command))}: {done.stderr.strip()[-400:]}")
    return done.stdout


def python(package, version, script):
    """Installs a package of Python's into an environment of its own."""
    folder = INSTALLED / script
    interpreter = folder / "bin" / "python"
    if not interpreter.exists():
        venv.create(folder, with_pip=True)
    run(interpreter, "-m", "pip", "install", "--quiet", f"{package}{version}")
    found = run(interpreter, "-c", f"import importlib.metadata as m; print(m.version('{package}'))")
    return found.strip(), [interpreter, HERE / f"{script}.py"]


def node(package, version, script):
    """Installs a package of Node's. Modules are found from the script's folder upwards, so it is copied there."""
    if not (shutil.which("node") and shutil.which("npm")):
        raise Skipped("there is no Node.js")
    folder = INSTALLED / script
    folder.mkdir(parents=True, exist_ok=True)
    npm = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--omit=optional", "--prefix", folder]
    run(*npm, f"{package}@{version}")
    shutil.copy(HERE / f"{script}.mjs", folder)
    manifest = json.loads((folder / "node_modules" / package / "package.json").read_text())
    return manifest["version"], ["node", folder / f"{script}.mjs"]


def example(package, name):
    """Builds one of the crate's examples."""
    run("cargo", "build", "--quiet", "--example", name, cwd=CRATE)
    tree = run("cargo", "tree", "--depth", "1", "--edges", "dev", "--prefix", "none", cwd=CRATE)
    line = next(line for line in tree.splitlines() if line.startswith(f"{package} "))
    return line.split()[1].lstrip("v"), [TARGET / "debug" / "examples" / name]


CLIENTS = {
    "discord.py": lambda: python("discord.py", ">=2.7,<2.8", "discord_py"),
    "py-cord": lambda: python("py-cord", ">=2.6,<3", "pycord"),
    "hikari": lambda: python("hikari", ">=2.3,<3", "hikari_bot"),
    "discord.js": lambda: node("discord.js", "^14.20.0", "discord_js"),
    "eris": lambda: node("eris", "^0.18.0", "eris_bot"),
    "serenity": lambda: example("serenity", "serenity"),
    "twilight": lambda: example("twilight-gateway", "twilight"),
}


class Lines:
    """What a program prints, line by line."""

    def __init__(self, program):
        self.program = program
        self.all = []
        self.coming = queue.Queue()
        for stream in (program.stdout, program.stderr):
            threading.Thread(target=self.read, args=(stream,), daemon=True).start()

    def read(self, stream):
        for line in stream:
            self.all.append(line.rstrip())
            self.coming.put(line.rstrip())

    def until(self, fits, what):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                line = self.coming.get(timeout=0.2)
            except queue.Empty:
                if self.program.poll() is not None:
                    raise Failed(f"{what}: it ended. {' | '.join(self.all[-6:])}")
                continue
            if fits(line):
                return line
        raise Failed(f"{what}: not within {PATIENCE} s. {' | '.join(self.all[-6:])}")


def start(command, **options):
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([str(part) for part in command], **pipes, **options)


class Sandbox:
    """A local Discord, in which Ana is who asks."""

    def __init__(self):
        self.program = start([TARGET / "debug" / "chat-sandbox", "--port", "0"])
        self.lines = Lines(self.program)
        self.told = {}
        self.lines.until(self.note, "the sandbox starts")

    def note(self, line):
        name, *rest = line.split()
        self.told.setdefault(name, rest)
        return name == "Ctrl-C"

    def call(self, path, body=None):
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.told["page"][0] + path, data)
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise Failed(f"{path}: {error.read().decode()}") from error

    def wait(self, look, what, client):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if found := look():
                return found
            if client.poll() is not None:
                break
            time.sleep(0.05)
        raise Failed(what)

    def stop(self):
        self.program.terminate()
        self.program.wait()

    def problems(self):
        return [line for line in self.lines.all if "WARN" in line or "ERROR" in line]


def try_out(command):
    """One client's story. Says what went wrong, if anything did."""
    sandbox = Sandbox()
    url = sandbox.told["page"][0]
    token, guild = sandbox.told["token"][0], sandbox.told["guild"][0]
    environment = {"SANDBOX_URL": url, "SANDBOX_TOKEN": token, "SANDBOX_GUILD": guild}
    client = start(command, env={**os.environ, **environment})
    try:
        lines = Lines(client)
        ana = next(it["id"] for it in sandbox.call("/page/state")["people"] if it["username"] == "ana")
        channel = next(it["id"] for it in sandbox.call("/page/state")["channels"])
        place = f"as={ana}&channel={channel}"

        def registered():
            known = sandbox.call(f"/page/commands?{place}")["commands"]
            return next((it["id"] for it in known if it["name"] == "hello"), None)

        def answered(times):
            said = sandbox.call(f"/page/messages?{place}")["messages"]
            edited = [it for it in said if it["content"] == "Hi again" and it["edited"]]
            return len(edited) == times

        lines.until(lambda line: line == "ready", "logging in")
        command = sandbox.wait(registered, "no command was registered", client)
        ask = {"as": ana, "channel": channel, "command": command, "options": []}
        sandbox.call("/page/command", ask)
        sandbox.wait(lambda: answered(1), "no answer was given and edited", client)
        sandbox.call("/page/faults", "drop")
        lines.until(lambda line: line == "resumed", "resuming")
        sandbox.call("/page/command", ask)
        sandbox.wait(lambda: answered(2), "nothing was answered after resuming", client)
    except Failed as failed:
        raise Failed(" | ".join([str(failed), *lines.all[-4:], *sandbox.problems()])) from failed
    finally:
        client.kill()
        client.wait()
        sandbox.stop()
    if problems := sandbox.problems():
        raise Failed(" | ".join(problems))


def main():
    wanted = sys.argv[1:] or list(CLIENTS)
    if unknown := [name for name in wanted if name not in CLIENTS]:
        sys.exit(f"There is no {', '.join(unknown)}; there are {', '.join(CLIENTS)}.")
    INSTALLED.mkdir(parents=True, exist_ok=True)
    run("cargo", "build", "--quiet", "--package", "chat-sandbox", cwd=CRATE)
    failures = 0
    for name in wanted:
        try:
            version, command = CLIENTS[name]()
            try_out(command)
            print(f"{name} {version}: ok", flush=True)
        except Skipped as why:
            print(f"{name}: skipped, since {why}", flush=True)
        except Failed as why:
            failures += 1
            print(f"{name}: FAILED: {why}", flush=True)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
