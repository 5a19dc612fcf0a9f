"""What a reader has to know about the machine."""

import hashlib
import os
import platform
import re
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
ROOT = HERE.parent

# What decides about figures, and nothing that only tells them.
MEASURING = ['bench/load', 'bench/limit', 'bench/peers', 'bench/heap',
             'bench/driver/scenarios.py', 'bench/driver/site.py']
GENSTORE = ['genstore', 'pom.xml', *(f'{module}/src/main' for module in (
    'core', 'wire', 'sqlite', 'embedded', 'server'))]


def said(*command):
    """What a program says of itself, on either stream; empty if there is no such program."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    except OSError:
        return ''
    return (done.stdout + done.stderr).strip()


def describe():
    return {
        'CPU': f'{cpu_model()}, {os.cpu_count()} cores',
        'memory': memory(),
        'system': f'{distribution()}, Linux {platform.release()}',
        'Java': java(),
    }


def cpu_model():
    found = re.search(r'model name\s*: (.*)', Path('/proc/cpuinfo').read_text())
    return found.group(1) if found else platform.machine()


def memory():
    kib = int(re.search(r'MemTotal:\s*(\d+)', Path('/proc/meminfo').read_text()).group(1))
    return f'{kib / 1048576:.0f} GiB'


def distribution():
    release = Path('/etc/os-release')
    found = re.search(r'PRETTY_NAME="(.*)"', release.read_text() if release.exists() else '')
    return found.group(1) if found else 'an unknown distribution'


def java():
    """The one that the launcher finds."""
    return said(f'{java_home()}/bin/java', '-version').splitlines()[-1]


def java_home():
    return said('sh', '-c', f'. "{ROOT}/.mvn/find-jdk.sh" && echo "$JAVA_HOME"')


def version_of(paths):
    """The last commit that touched them, and what is in them now."""
    commit = said('git', '-C', str(ROOT), 'log', '-1', '--format=%h', '--', *paths)
    digest = hashlib.sha256()
    for file in sorted(file for path in paths for file in files_below(ROOT / path)):
        digest.update(str(file.relative_to(ROOT)).encode() + b'\0' + file.read_bytes())
    return f'{commit} ({digest.hexdigest()[:8]})'


def files_below(path):
    if path.is_file():
        return [path]
    return [file for file in path.rglob('*')
            if file.is_file() and not {'node_modules', '__pycache__'} & set(file.parts)]


def genstore_version():
    return version_of(GENSTORE)


def load_average():
    return ' '.join(Path('/proc/loadavg').read_text().split()[:3])
