"""The pieces of Genstore one by one, as JMH measured them."""

from .shown import number, row

# What one operation is, and which parameter says how often it is in what was timed.
PIECES = {
    'ParseBench.body': ('parse', 'a body of 256 bytes is checked, minified, and let in', None),
    'RecentChangesBench.append': (
        'append, changes', 'a change is put into the ring of the recent ones, and the oldest goes',
        None),
    'FrameLogBench.append': (
        'append, frames', 'a finished frame is appended to a window that is full', None),
    'EncodeBench.frame': (
        'encode', 'a change of a resource of 256 bytes becomes an event in a WebSocket frame: '
        'once for each distinct watch', None),
    'DeflateBench.frame': (
        'compress', 'an event of 550 bytes becomes a frame of the stream that all compressing '
        'watchers of a watch share', None),
    'MatchBench.single': (
        'match', 'the one watch that a change belongs to is found among those of other resources',
        None),
    'MatchBench.filter': (
        'match a filter', 'the one that fits is found among filters that demand another owner each: '
        'the change is parsed, and the filter tried', None),
    'RankingBench.window': (
        'change in a window', 'the one window that a change belongs to is found among those of '
        'other owners, ten resources each, and what the change does to it; the change is made and '
        'parsed in that time', None),
    'ListBench.page': (
        'list', 'a page of 100 of one owner, the highest scores first, where an index has both: from '
        'the URL to the JSON', None),
    'TickBench.tick': (
        'tick', 'a walk over the watchers, each told a frame that its socket takes; '
        'for each delivery', 'watchers'),
    'VisitBench.counted': (
        'count a write', 'a write is counted for its address and for who makes it, and the answer is '
        'told what is left', None),
    'VisitBench.onTheOwnMachine': (
        'count on the own machine', 'the same where only who makes it is counted', None),
    'CommitBench.commit': (
        'commit', 'creates of 256 bytes made durable in SQLite by one commit, the disk included; '
        'for each of them', 'writes'),
}


def rows(results):
    """JMH's results, each for one operation."""
    return [of_result(result) for result in results]


def of_result(result):
    name = '.'.join(result['benchmark'].split('.')[-2:])
    title, what, divisor = PIECES[name]
    params = result.get('params', {})
    count = int(params[divisor]) if divisor else 1
    return {
        'title': ', '.join([title, *(f'{int(value):,} {key}' for key, value in params.items())]),
        'what': what,
        'ns': result['primaryMetric']['score'] / count,
        'bytes': result['secondaryMetrics']['gc.alloc.rate.norm']['score'] / count,
    }


def table(results):
    lines = [row(['piece', 'ns', 'B of heap', 'what is timed']), row(['---'] * 4)]
    lines += [row([one['title'], number(one['ns']), number(one['bytes']), one['what']])
              for one in rows(results)]
    return lines


def section(results):
    return results and ['### The pieces', '', 'Each by itself, on one thread, in a JVM of its own; by '
            '`bench/pieces`.', '', *table(results), '']
