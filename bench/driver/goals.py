"""What was aimed at, and what was seen."""

from dataclasses import dataclass
from typing import Callable, Optional

from . import figures, shown

PEERS = ('bun', 'nginx', 'go')
MEASURED_BY_ITSELF = 'with the AOT cache'


@dataclass(frozen=True)
class Goal:
    what: str
    most: float
    seen: Callable  # Figures -> a number, or None where it was not measured
    alike: Callable = lambda seen: None
    unit: str = ''


class Figures:
    """Looks figures up; what was not measured is None."""

    def __init__(self, rows, start, pieces):
        self.rows = rows
        self.start = start
        self.pieces = pieces

    def row(self, scenario, server):
        return self.rows.get(scenario, {}).get(server, {})

    def genstore(self, scenario, key):
        """Of the way of sending that is chosen by itself, or else of the first that there is."""
        names = [name for name in self.rows.get(scenario, {}) if name.startswith('genstore')]
        return self.row(scenario, names[0]).get(key) if names else None

    def beside(self, scenario, *peers):
        """CPU per delivery as a multiple of the cheapest of these."""
        own = self.genstore(scenario, 'ratio')
        others = [self.row(scenario, peer).get('ratio') for peer in peers]
        others = [other for other in others if other]
        return own / min(others) if own and others else None

    def heap(self, scenario):
        heap = self.genstore(scenario, 'heap')
        return heap and heap['delivery']

    def heap_per_client(self):
        names = [name for name in self.rows.get('own-1000', {}) if name.startswith('genstore')]
        return figures.heap_per_client(self.rows, names[0]) if names else None

    def cold_start(self):
        return self.start and self.start['ms CPU'][MEASURED_BY_ITSELF] / 1000

    def piece_micros(self, title):
        return next((one['ns'] / 1000 for one in self.pieces if one['title'] == title), None)

    def piece_millis(self, title):
        """Time on one thread, which is CPU and what it waits for the disk."""
        micros = self.piece_micros(title)
        return micros and micros / 1000

    def piece_growth(self, title, few, many):
        """How much longer it takes with many than with few."""
        least, most = (self.piece_micros(title.format(count)) for count in (few, many))
        return most / least if least and most else None

    def create(self):
        """Above 3.3 times a canned answer."""
        own = self.genstore('create', 'cpu')
        canned = self.row('create', 'limit').get('cpu')
        return own - 3.3 * canned if own is not None and canned else None


def ratio_goal(sender, scenario, clients, most):
    name = f'genstore-{sender}'
    return Goal(f'delivery, each its own write, {clients} clients, {sender}: CPU, × the limit',
                most, lambda seen: seen.row(scenario, name).get('ratio'),
                lambda seen: seen.row(scenario, name).get('alike'))


def own_writes(scenario, clients):
    return [
        *(ratio_goal(sender, scenario, clients, most)
          for sender, most in (('io_uring', 0.95), ('send', 1.15), ('socket', 1.30))),
        Goal('the same, the first of these, × the cheapest of Bun, nchan and Go', 1,
             lambda seen: seen.beside(scenario, *PEERS)),
        Goal('the same, heap per delivery', 4, lambda seen: seen.heap(scenario), unit=' B'),
    ]


GOALS = [
    *own_writes('own-1000', '1,000'),
    *own_writes('own-10000', '10,000'),
    Goal('the same, heap for the delivery alone, without what belongs to the change', 4,
         Figures.heap_per_client, unit=' B'),
    Goal('saturated: CPU per delivery, × the limit', 1.3,
         lambda seen: seen.genstore('saturated', 'ratio'),
         lambda seen: seen.genstore('saturated', 'alike')),
    Goal('saturated, × Bun', 1, lambda seen: seen.beside('saturated', 'bun')),
    Goal('saturated, × Go', 0.2, lambda seen: seen.beside('saturated', 'go')),
    Goal('saturated, heap per delivery', 4, lambda seen: seen.heap('saturated'), unit=' B'),
    Goal('user memory per idle client, of 10,000', 2500 / 1024,
         lambda seen: seen.genstore('idle', 'user'), unit=' KiB'),
    Goal('10,000 idle clients with pings', 0.4,
         lambda seen: seen.genstore('idle', 'core'), unit=' % of a core'),
    Goal('some never read: lost for the others', 0,
         lambda seen: seen.genstore('stalled', 'lost')),
    Goal('some never read: p99 of the others, × without them', 1.2,
         lambda seen: seen.genstore('stalled', 'p99_ratio')),
    Goal('some never read: resident memory grew by', 16,
         lambda seen: seen.genstore('stalled', 'growth'), unit=' MiB'),
    Goal('the same, more than without them', 16,
         lambda seen: seen.genstore('stalled', 'growth_more'), unit=' MiB'),
    Goal('some never read: kernel memory for the worst of them', 512,
         lambda seen: seen.genstore('stalled', 'kernel'), unit=' KiB'),
    Goal('durable create, 64 at a time, one watcher: CPU', 60,
         lambda seen: seen.genstore('create', 'cpu'), unit=' µs'),
    Goal('the same, above 3.3 × a canned answer of the limit', 20, Figures.create, unit=' µs'),
    Goal('read: CPU, × a canned answer of the limit', 2.5,
         lambda seen: seen.genstore('read', 'ratio')),
    Goal('cold start to the first answer, with the AOT cache: CPU', 0.6, Figures.cold_start,
         unit=' s'),
    Goal('compressed watchers, whatever their number: CPU per event', 5,
         lambda seen: seen.piece_micros('compress'), unit=' µs'),
    Goal('list: a page of 100 of 1,000,000 resources, by an index', 5,
         lambda seen: seen.piece_millis('list, 1,000,000 resources'), unit=' ms'),
    Goal('a change among 100,000 watches, each for another owner, × among 100', 2,
         lambda seen: seen.piece_growth('match a filter, {} watches', '100', '100,000')),
]


def table(rows, start, pieces):
    all_figures = Figures(rows, start, pieces)
    lines = ['| goal | at most | seen | × the limit with messages as long | |',
             '|---|---|---|---|---|']
    for goal in GOALS:
        seen, alike = goal.seen(all_figures), goal.alike(all_figures)
        lines.append(shown.row([
            goal.what, amount(goal.most, goal.unit), amount(seen, goal.unit), amount(alike),
            verdict(goal.most, seen)]))
    return lines


def amount(value: Optional[float], unit=''):
    return '–' if value is None else shown.number(value) + unit


def verdict(most, seen):
    if seen is None:
        return 'not measured'
    if seen <= most:
        return 'reached'
    if most == 0:
        return f'**missed by {shown.number(seen)}**'
    over = max(1, round((seen / most - 1) * 100))
    return f'**missed by {over} %**' if over < 200 else f'**missed: {seen / most:,.1f} × that**'
