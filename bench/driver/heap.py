"""What a JVM allocates on its heap while the generator works: by its own account."""

import re
import subprocess

from . import machine
from .machine import HERE

# What asking costs in the JVM that is asked.
OF_ASKING = ('RMI ', 'JMX ', 'Attach ')
NAMES = {'multiThreadIoEventLoopGroup': 'event loops', 'genstore-hub': 'hub',
         'genstore-writer': 'writer', 'genstore-reader': 'readers',
         'ForkJoinPool': 'requests (virtual threads)'}


class Reader:
    """A JVM beside it, since the generator has no way into one."""

    def __init__(self, pid):
        command = [f'{machine.java_home()}/bin/java', HERE / 'heap' / 'Allocated.java', str(pid)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        if self.process.stdout.readline().strip() != 'ready':
            self.__exit__()
            raise OSError('The JVM does not tell what it allocates.')
        self.read()  # the first one loads classes

    def __enter__(self):
        return self

    def read(self):
        self.process.stdin.write('\n')
        self.process.stdin.flush()
        lines = []
        while (line := self.process.stdout.readline().strip()):
            lines.append(line)
        return parse(lines)

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def parse(lines):
    """Bytes of all threads but those that are there for the asking, and by kind of thread."""
    by_kind = {}
    asking = 0
    for line in lines[1:]:
        count, name = line.split(' ', 1)
        if name.startswith(OF_ASKING):
            asking += int(count)
        else:
            kind = kind_of(name)
            by_kind[kind] = by_kind.get(kind, 0) + int(count)
    return {'bytes': int(lines[0]) - asking, 'threads': by_kind}


def kind_of(name):
    for start, kind in NAMES.items():
        if name.startswith(start):
            return kind
    return re.sub(r'[-\d]+$', '', name)


def between(begin, end):
    threads = {kind: count - begin['threads'].get(kind, 0)
               for kind, count in end['threads'].items()}
    return {'bytes': end['bytes'] - begin['bytes'],
            'threads': {kind: count for kind, count in threads.items() if count > 0}}
