"""The report in Markdown."""

from . import chart, figures
from .caveats import CHART, HEAD, HOW_TO_READ, TINY

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
    ('p99.9 ms', lambda row: number(row['p999'])),
    ('µs CPU per delivery', lambda row: number(row['cpu'])),
    ('memory grew by', lambda row: f'{row["growth"] / 1024:.1f} MiB'),
    ('kernel, each stalled', lambda row: f'{row["kernel"]:.0f} KiB' if row['held'] else '–'),
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


def number(value):
    digits = 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0
    return f'{value:,.{digits}f}'


def whole(value):
    return f'{value:,.0f}'


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


def row_of(cells):
    return '| ' + ' | '.join(cells) + ' |'


def table(scenario, run):
    columns = COLUMNS[scenario.kind]
    results = run['results'][scenario.name]
    rows = figures.of_scenario(scenario.kind, results)
    lines = [f'### {scenario.title}', '', scenario.what, '',
             row_of(['server', *(title for title, _ in columns)]),
             row_of(['---'] * (len(columns) + 1))]
    for name, row in rows.items():
        lines.append(row_of([run['servers'][name]['title'], *(show(row) for _, show in columns)]))
    return lines + failures(results, run) + ['']


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
    return lines + ['', f'Made with `{run["command"]}`.', '']


def write(folder, run, scenarios):
    folder.mkdir(parents=True, exist_ok=True)
    lines = [*HEAD, *(TINY if run['quick'] else []), CHART, '', '## Figures', '']
    for scenario in scenarios:
        lines += table(scenario, run)
    lines += [*about(run), *HOW_TO_READ]
    (folder / 'benchmarks.md').write_text('\n'.join(lines))
    (folder / 'benchmarks.svg').write_text(chart.draw(run, scenarios))
