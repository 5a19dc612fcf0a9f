"""The report in Markdown."""

from . import chart, figures, goals, pieces, saved
from .caveats import CHART, HEAD, HEAP, HOW_TO_READ, TINY
from .shown import number, row as row_of, whole

DELIVERY = [
    ('CPU, × limit', lambda row: ratio(row)),
    ('µs CPU per delivery', lambda row: number(row['cpu'])),
    ('of it ksoftirqd', lambda row: number(row['ksoftirqd'])),
    ('deliveries/s', lambda row: whole(row['rate'])),
    ('p50 ms', lambda row: number(row['p50'])),
    ('p99 ms', lambda row: number(row['p99'])),
    ('p99.9 ms', lambda row: number(row['p999'])),
    ('bytes', lambda row: whole(row['bytes'])),
    ('faults', lambda row: faults(row)),
    ('generator µs', lambda row: number(row['generator'])),
]
STALLED = [
    ('p99 ms', lambda row: number(row['p99'])),
    ('p99, × calm', lambda row: number(row['p99_ratio']) if 'p99_ratio' in row else '–'),
    ('p99.9 ms', lambda row: number(row['p999'])),
    ('µs CPU per delivery', lambda row: number(row['cpu'])),
    ('resident memory grew by', lambda row: f'{row["growth"]:.1f} MiB'),
    ('kernel, each stalled: most', lambda row: kernel(row, 'kernel')),
    ('mean', lambda row: kernel(row, 'kernel_mean')),
    ('faults', lambda row: faults(row)),
]
IDLE = [
    ('user memory, KiB per client', lambda row: number(row['user'])),
    ('resident, KiB per client', lambda row: number(row['rss'])),
    ('% of a core', lambda row: number(row['core'])),
    ('pings per client and minute', lambda row: number(row['pings'])),
    ('clients lost', lambda row: whole(row['closed'])),
]
REQUEST = [
    ('CPU, × limit', lambda row: ratio(row)),
    ('µs CPU per request', lambda row: number(row['cpu'])),
    ('requests/s', lambda row: whole(row['rate'])),
    ('p50 ms', lambda row: number(row['p50'])),
    ('p99 ms', lambda row: number(row['p99'])),
    ('p99.9 ms', lambda row: number(row['p999'])),
    ('faults', lambda row: faults(row)),
    ('generator µs', lambda row: number(row['generator'])),
]
COLUMNS = {'delivery': DELIVERY, 'stalled': STALLED, 'idle': IDLE, 'request': REQUEST}


# Beside the report, written by hand.
NOTES = 'benchmarks-notes.md'


def kernel(row, key):
    return f'{row[key]:.0f} KiB' if row['held'] else '–'


def ratio(row):
    if 'ratio' not in row:
        return '–'
    least, most = row['spread']
    return f'**{row["ratio"]:.2f}** ({least:.2f}–{most:.2f})'


def faults(row):
    names = {'lost': 'lost', 'doubled': 'doubled', 'out_of_order': 'out of order',
             'closed': 'clients put out', 'refused': 'refused', 'gave_up': 'stood still'}
    found = [f'{whole(row[key])} {name}' for key, name in names.items() if row[key]]
    return ', '.join(found) or 'none'


def one_line(scenario, result):
    if isinstance(result, str):
        return result
    row = figures.of_round(scenario.kind, result)
    shown = [f'{title} {show(row)}' for title, show in COLUMNS[scenario.kind]]
    return ', '.join(shown[1:] if scenario.has_limit_beside else shown)


def table(scenario, run, rows):
    columns = COLUMNS[scenario.kind]
    lines = [f'### {scenario.title}', '', scenario.what, '',
             row_of(['server', *(title for title, _ in columns)]),
             row_of(['---'] * (len(columns) + 1))]
    for name, row in rows.items():
        lines.append(row_of([run['servers'][name]['title'], *(show(row) for _, show in columns)]))
    return lines + failures(run['results'][scenario.name], run) + ['']


def heap_table(run, rows, scenarios):
    lines = ['### Heap for each delivery', '', *HEAP, '', row_of([
        'scenario', 'server', 'B per delivery', 'B per change', 'of that, by kind of thread',
        'deliveries']), row_of(['---'] * 6)]
    for scenario in scenarios:
        for name, row in rows[scenario.name].items():
            if 'heap' in row:
                lines.append(heap_row(scenario, run['servers'][name]['title'], row['heap']))
    for name, results in run['heap'].items():
        lines += [f'\n{name}, {run["servers"][server]["title"]}: {result}'
                  for server, result in results.items() if isinstance(result, str)]
    return [*lines, '', *marginal_heap(run, rows)]


def marginal_heap(run, rows):
    """What is left when that which belongs to the change is taken away."""
    each = [f'{run["servers"][name]["title"]} {number(value)} B'
            for name in rows.get('own-1000', {})
            if (value := figures.heap_per_client(rows, name)) is not None]
    return [f'The delivery alone: {", ".join(each)}. That is what a change allocates more for each '
            'client more, from 1,000 to 10,000 clients.', ''] if each else []


def heap_row(scenario, title, heap):
    threads = sorted(heap['threads'].items(), key=lambda item: -item[1])
    told = ', '.join(f'{kind} {whole(count)}' for kind, count in threads if count >= 1)
    return row_of([scenario.name, title, f'**{number(heap["delivery"])}**', whole(heap['change']),
                   told, whole(heap['deliveries'])])


def goals_seen(run, rows, kept, notes):
    start, results = beside(run, kept, 'start.json'), results_of_pieces(run, kept)
    lines = ['## Goals and what was seen', '',
             *goals.table(rows, start, pieces.rows(results)), '']
    if notes.exists():
        lines += ['### Why', '', *notes.read_text().strip().splitlines(), '']
    return lines


def beside(run, kept, name):
    """What another program of the benchmark has kept of the same version, or None."""
    other = saved.beside(kept, name)
    return other if other and other['genstore'] in versions(run) else None


def results_of_pieces(run, kept):
    known = beside(run, kept, 'pieces.json')
    return known['results'] if known else []


def versions(run):
    return {facts['version'] for name, facts in run['servers'].items()
            if name.startswith('genstore')}


def failures(results, run):
    lines = []
    for name, rounds in results.items():
        for sentence in sorted({pair['own'] for pair in rounds if isinstance(pair['own'], str)}):
            lines += ['', f'{run["servers"][name]["title"]}: {sentence}']
    return lines


def about(run):
    lines = ['## What was measured on', '', '| | |', '|---|---|']
    lines += [row_of(item) for item in run['machine'].items()]
    lines += [row_of([facts['title'], facts['missing'] or facts['version'] or '–'])
              for facts in run['servers'].values()]
    lines += [row_of([f'load before and behind {name}', ' → '.join(loads)])
              for name, loads in run['loads'].items()]
    made = ', '.join(f'`{command}`' for command in run['commands'])
    return lines + ['', f'Made with {made}.', '']


def write(folder, run, scenarios, kept):
    """The report, with what the other programs of the benchmark have kept beside the results."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = figures.of_run(run, scenarios)
    lines = [*HEAD, *(TINY if run['quick'] else []), CHART, '',
             *goals_seen(run, rows, kept, folder / NOTES),
             '## Figures', '']
    for scenario in scenarios:
        lines += table(scenario, run, rows[scenario.name])
    if any(run['heap'].values()):
        lines += heap_table(run, rows, scenarios)
    lines += pieces.section(results_of_pieces(run, kept))
    lines += [*about(run), *HOW_TO_READ]
    (folder / 'benchmarks.md').write_text('\n'.join(lines))
    (folder / 'benchmarks.svg').write_text(chart.draw(run, scenarios))
