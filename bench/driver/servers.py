"""The servers that are measured: how each is started, and what it is called."""

import re
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Callable, Optional, Tuple

from .machine import HERE, genstore_version, said

PEERS = HERE / 'peers'
TARGET = HERE / 'target'

# What a CloudEvent and a resource have beside the members that the client gave.
ENVELOPE_BYTES = 333

# The last one of Genstore's ways to send is for where there is no other, and is measured when it is
# asked for.
SENDERS = {'': 'auto', 'io_uring': 'sender', 'send': 'sender', 'socket': 'sender'}

ITEM = '{"title":"%s"}' % ('x' * 244)


@dataclass(frozen=True)
class Server:
    name: str
    title: str
    command: Optional[Callable] = None  # (port, folder) -> what is started
    version: str = ''
    missing: str = ''  # why it can't be measured here
    watch: str = '/watch'
    write: str = '/publish'
    read: Optional[str] = '/item'
    prepare: Optional[Tuple[str, str, str]] = None  # a request to make before anything else
    more_bytes: int = 0  # how much longer each message is made for it
    variant: str = ''  # of a server that is there in several: scenarios say which they need
    is_jvm: bool = False
    is_native: bool = False  # compiled beforehand, so that it need not warm up

    def facts(self):
        return {'title': self.title, 'version': self.version, 'missing': self.missing}


def first_number(text):
    found = re.search(r'\d+(\.\d+)+\S*', text)
    return found.group() if found else ''


def limits():
    version = said('cc', '--version').splitlines()[0]
    limit = str(TARGET / 'limit')
    return [
        Server('limit', 'C, epoll, coalescing: the limit',
               lambda port, folder: [limit, f'--port={port}'], version, is_native=True),
        Server('limit-each', 'C, epoll, a send() for each message',
               lambda port, folder: [limit, f'--port={port}', '--each'], version,
               variant='each', is_native=True),
        Server('limit-alike', 'C, epoll, coalescing, messages as long as those of Genstore',
               lambda port, folder: [limit, f'--port={port}'], version,
               more_bytes=ENVELOPE_BYTES, variant='alike',
               is_native=True),
        Server('limit-durable', 'C, epoll, coalescing, messages as long, on the disk before told',
               lambda port, folder: [limit, f'--port={port}', f'--log={folder}/log'], version,
               more_bytes=ENVELOPE_BYTES, variant='durable', is_native=True),
    ]


def genstores():
    """As it starts by itself, and one for each way of sending that can be chosen."""
    launcher = str(HERE.parent / 'genstore')
    help_text = said(launcher, 'serve', '--help')
    choices = re.search(r'--sender=VALUE.*?one of ([a-z0-9,_\s-]+)', help_text, re.DOTALL)
    words = re.findall(r'[a-z0-9_-]+', choices.group(1)) if choices else []
    senders = ['', *(word for word in words if word != 'auto')]
    version = genstore_version()
    return [genstore(launcher, sender, version) for sender in senders]


def genstore(launcher, sender, version):
    def command(port, folder):
        chosen = [f'--sender={sender}'] if sender else []
        return [launcher, 'serve', f'--port={port}', f'--data={folder}/data', *chosen]

    return Server('-'.join(filter(None, ['genstore', sender])),
                  'Genstore' + (f', --sender={sender}' if sender else ''), command, version,
                  watch='/api/changes', write='/api/changes', read='/api/items/one',
                  prepare=('PUT', '/api/items/one', ITEM), is_jvm=True,
                  variant=SENDERS.get(sender, 'asked'))


def go():
    made = TARGET / 'go'
    title = 'Go, gorilla/websocket'
    if not shutil.which('go'):
        return Server('go', title, missing='go is not installed')
    built = subprocess.run(
        ['env', 'GO111MODULE=off', 'GOPATH=/usr/share/gocode', 'go', 'build', '-o', made, '.'],
        cwd=PEERS / 'go', capture_output=True, text=True)
    if built.returncode != 0:
        return Server('go', title, missing='golang-github-gorilla-websocket-dev is not installed')
    return Server('go', title, lambda port, folder: [made, str(port)],
                  f'Go {first_number(said("go", "version"))}, websocket '
                  + first_number(said('dpkg-query', '-W', 'golang-github-gorilla-websocket-dev')))


def nginx():
    modules = Path('/usr/lib/nginx/modules')
    title = 'nginx + nchan'
    program = shutil.which('nginx', path='/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin')
    if not program or not (modules / 'ngx_nchan_module.so').exists():
        return Server('nginx', title, missing='nginx and libnginx-mod-nchan are not installed')

    def command(port, folder):
        text = (PEERS / 'nginx' / 'nginx.conf').read_text()
        for key, value in {'@PORT@': port, '@FOLDER@': folder, '@MODULES@': modules}.items():
            text = text.replace(key, str(value))
        (folder / 'nginx.conf').write_text(text)
        return [program, '-p', str(folder), '-c', str(folder / 'nginx.conf')]

    return Server('nginx', title, command, f'{first_number(said(program, "-v"))}, nchan '
                  + first_number(said('dpkg-query', '-W', 'libnginx-mod-nchan').split(':')[-1]),
                  read=None, is_native=True)


def node():
    folder = PEERS / 'ws'
    title = 'Node.js, npm ws'
    if not shutil.which('node') or not (folder / 'node_modules/ws').exists():
        return Server('ws', title, missing='node or npm ws is not installed')
    version = re.search(r'"version": "(.*)"', (folder / 'node_modules/ws/package.json').read_text())
    return Server('ws', title, lambda port, _: ['node', folder / 'server.js', str(port)],
                  f'Node.js {first_number(said("node", "--version"))}, ws {version.group(1)}')


def bun():
    folder = PEERS / 'bun'
    program = folder / 'node_modules/.bin/bun'
    version = said(program, '--version')
    if not re.match(r'\d', version):
        return Server('bun', 'Bun, its own pub/sub', missing='npm bun is not installed')
    return Server('bun', 'Bun, its own pub/sub',
                  lambda port, _: [program, folder / 'server.js', str(port)], version)


KINDS = {'limit': limits, 'genstore': genstores, 'bun': lambda: [bun()],
         'nginx': lambda: [nginx()], 'ws': lambda: [node()], 'go': lambda: [go()]}


def chosen(names):
    """Those whose names begin so; others are not even looked at. By default all that scenarios need."""
    if not names:
        return [server for servers in KINDS.values() for server in servers()
                if server.variant != 'asked']
    return [replace(server, variant='') for server in named(tuple(names.split(',')))]


def named(wanted):
    found = []
    for kind, servers in KINDS.items():
        if any(name.startswith(kind) or kind.startswith(name) for name in wanted):
            found += [server for server in servers() if server.name.startswith(wanted)]
    return found
