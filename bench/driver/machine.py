"""What a reader has to know about the machine."""

import os
import platform
import re
from pathlib import Path

from . import servers


def describe():
    return {
        'CPU': f'{cpu_model()}, {os.cpu_count()} cores',
        'memory': memory(),
        'system': f'{distribution()}, Linux {platform.release()}',
        'Java': java(),
        'load at the start': load_average(),
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
    script = f'. "{servers.HERE.parent}/.mvn/find-jdk.sh" && "$JAVA_HOME/bin/java" -version'
    return servers.said('sh', '-c', f'home={servers.HERE.parent}; {script}').splitlines()[-1]


def load_average():
    return ' '.join(Path('/proc/loadavg').read_text().split()[:3])
