"""The servers of one scenario, all up at once, and the generator that is pointed at one of them."""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from . import heap
from .machine import HERE

START_SECONDS = 120
STOP_SECONDS = 15
LOAD_SECONDS = 300


class Site:
    def __init__(self, chosen):
        self.chosen = chosen
        self.folder = None
        self.processes = {}
        self.ports = {}
        self.failures = {}  # why a server did not start, by name

    def __enter__(self):
        # Beside the project and not in /tmp, which may be memory: Genstore writes to a disk.
        self.folder = Path(tempfile.mkdtemp(prefix='site-', dir=HERE / 'target'))
        try:
            for server in self.chosen:
                self.start(server)
            for server in self.chosen:
                self.await_ready(server)
        except BaseException:
            self.__exit__()
            raise
        return self

    def start(self, server):
        folder = self.folder / server.name
        folder.mkdir()
        self.ports[server.name] = port = free_port()
        with open(folder / 'output', 'wb') as output:
            self.processes[server.name] = subprocess.Popen(
                server.command(port, folder), stdin=subprocess.DEVNULL, stdout=output,
                stderr=subprocess.STDOUT, start_new_session=True)

    def await_ready(self, server):
        end = time.monotonic() + START_SECONDS
        while not answers(self.ports[server.name]):
            if self.processes[server.name].poll() is not None or time.monotonic() > end:
                self.failures[server.name] = self.why_not(server)
                return
            time.sleep(0.05)
        if server.prepare:
            method, path, body = server.prepare
            request(self.ports[server.name], method, path, body)

    def why_not(self, server):
        said = (self.folder / server.name / 'output').read_text(errors='replace').strip()
        return f'It did not start. {said.splitlines()[-1] if said else ""}'

    def named(self, name):
        return next(server for server in self.chosen if server.name == name)

    def load(self, server, scenario):
        """One line of JSON from the generator as a dict, or the sentence that it failed with."""
        if server.name in self.failures:
            return self.failures[server.name]
        try:
            done = subprocess.run(self.command(server, scenario), capture_output=True, text=True,
                                  timeout=LOAD_SECONDS)
        except subprocess.TimeoutExpired:
            return f'It was not done after {LOAD_SECONDS} s.'
        if done.returncode != 0:
            said = done.stderr.strip() or f'The generator ended with {done.returncode}.'
            return said.splitlines()[0]
        return json.loads(done.stdout)

    def allocation(self, server, scenario):
        """The same, and what the server's threads allocate during the part that is measured."""
        if server.name in self.failures:
            return self.failures[server.name]
        command = self.command(server, scenario.allocating())
        try:
            with heap.Reader(self.processes[server.name].pid) as reader, \
                    subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                     text=True) as load:
                begin, end = held(load, reader), held(load, reader)
                return {**json.loads(load.stdout.read()), 'heap': heap.between(begin, end)}
        except (OSError, ValueError) as failure:
            return f'What it allocates could not be measured. {failure}'

    def command(self, server, scenario):
        options = {**scenario.options(server), 'port': self.ports[server.name],
                   'pid': self.processes[server.name].pid}
        load = HERE / 'target' / 'load'
        return [load, *(f'--{key}={value}' for key, value in options.items())]

    def __exit__(self, *_):
        for process in self.processes.values():
            signal_group(process, signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                signal_group(process, signal.SIGKILL)
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def held(load, reader):
    """Looks when the generator waits for that, and lets it go on."""
    if not load.stdout.readline():
        raise OSError('The generator ended early.')
    read = reader.read()
    load.stdin.write('\n')
    load.stdin.flush()
    return read


def signal_group(process, number):
    """Each server leads a group of its own, in which its children are too."""
    if process.poll() is None:
        os.killpg(process.pid, number)


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def answers(port):
    try:
        socket.create_connection(('127.0.0.1', port), 1).close()
        return True
    except OSError:
        return False


def request(port, method, path, body):
    asked = urllib.request.Request(f'http://127.0.0.1:{port}{path}', body.encode(), method=method,
                                   headers={'Content-Type': 'application/json'})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        answer.read()
