"""What is measured: how many clients, how the changes come, and for how long."""

from dataclasses import dataclass, replace

MANY = 300_000
BODY_BYTES = 256


@dataclass(frozen=True)
class Scenario:
    name: str
    title: str
    what: str
    kind: str  # delivery, idle, stalled, request: which table it gets
    clients: int
    load: dict  # further options of the load generator
    once: bool = False  # one round on a fresh server, and no round to warm up
    variants: tuple = ('auto',)  # which of the servers that are there in several
    heap: bool = False  # whether it is also measured what a JVM allocates

    def fits(self, server):
        """Servers that were named have no variant, and are measured wherever they can be."""
        can = not (self.reads and server.read is None)
        return can and server.variant in ('', *self.variants)

    @property
    def reads(self):
        return bool(self.load.get('reads'))

    @property
    def has_limit_beside(self):
        """What is told as a ratio is measured right behind the limit, each time."""
        return self.kind in ('delivery', 'request')

    def turns(self, rounds):
        return 1 if self.once else rounds

    def warming(self):
        """The same requests as many and as fast as can be, with few clients."""
        load = {key: value for key, value in self.load.items() if key in ('reads', 'until', 'size')}
        load.update({'in-flight': 32, 'changes': 20_000, 'seconds': 15})
        return replace(self, clients=min(self.clients, 100), load=load)

    def allocating(self):
        """The same for somewhat longer, and watched closer than while its CPU time counts."""
        return replace(self, load={**self.load, 'seconds': self.load['seconds'] + 2, 'hold': 1})

    def options(self, server):
        given = dict(self.load)
        if given.pop('reads', False):
            given['read'] = server.read
        if server.more_bytes:
            given['size'] = given.get('size', BODY_BYTES) + server.more_bytes
        return {'clients': self.clients, 'watch': server.watch, 'write': server.write, **given}


TIMED = {'warm': MANY, 'warm-seconds': 1, 'changes': MANY, 'seconds': 3}
PACED = {'in-flight': 64, 'size': 1024, 'rate': 100, 'warm': 500, 'changes': 6000, 'sample': 1}
REQUESTS = {'in-flight': 64, 'until': 'answered', **TIMED}
SENDERS = ('sender', 'alike')
ALSO_LIMITS = (*SENDERS, 'each', 'durable')

ALL = [
    Scenario('own-1000', 'Each change its own write, 1,000 clients',
             'The next change is sent when all clients have the one before it, so nothing can be '
             'put together: what one send costs.', 'delivery', 1000, {**TIMED},
             variants=ALSO_LIMITS, heap=True),
    Scenario('own-10000', 'Each change its own write, 10,000 clients',
             'The same with 10,000 clients.', 'delivery', 10000, {**TIMED}, variants=SENDERS,
             heap=True),
    Scenario('saturated', 'Saturated: 16 changes in flight, 1,000 clients',
             'A new change is sent when one of sixteen has reached all clients, so who can put '
             'several into one write gains by it.', 'delivery', 1000, {'in-flight': 16, **TIMED},
             variants=ALSO_LIMITS, heap=True),
    Scenario('paced', 'Paced: 50 changes each second, 1,000 clients',
             'Latency counts from the time at which a change was due, not from when it could be '
             'sent.', 'delivery', 1000,
             {'in-flight': 64, 'rate': 50, 'warm': 50, 'changes': 150}),
    Scenario('idle', 'Idle: 10,000 clients, no changes',
             'Memory beyond what the fresh server had, and CPU with the pings of the server '
             'from half a minute behind the last handshake.',
             'idle', 10000, {'settle': 30, 'idle': 50}, once=True),
    Scenario('calm', '100 changes of 1 KiB each second for 60 s, 1,000 clients',
             'What the next one is held against.', 'stalled', 1000, PACED, once=True),
    Scenario('stalled', 'The same, and 10 of the 1,000 never read',
             'Servers may put a client out that does not read; what counts is what the others '
             'notice, and what it costs until then.', 'stalled', 1000, {**PACED, 'stalled': 10},
             once=True),
    Scenario('create', 'Creates: 64 at a time, one watcher', 'Genstore answers when the resource '
             'is on the disk; none of the others keeps it at all.', 'request', 1, REQUESTS),
    Scenario('read', 'Reads: 64 at a time', 'GET of one resource.', 'request', 0,
             {**REQUESTS, 'reads': True}),
]

NAMES = [scenario.name for scenario in ALL]


def named(name, quick):
    found = [scenario for scenario in ALL if scenario.name == name]
    if not found:
        raise SystemExit(f'There is no scenario {name}; there are {", ".join(NAMES)}.')
    return tiny(found[0]) if quick else found[0]


def tiny(scenario):
    """The same shape in about a second."""
    small = {'warm': 20, 'warm-seconds': 5, 'changes': 50, 'seconds': 5, 'settle': 0.1, 'idle': 0.5}
    load = {key: small.get(key, value) for key, value in scenario.load.items()}
    load.update({'stalled': 2} if 'stalled' in load else {})
    return replace(scenario, clients=min(scenario.clients, 20), load=load)
