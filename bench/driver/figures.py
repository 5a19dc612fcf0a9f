"""What is told about each round, as numbers; and what the rounds of a server come to."""

from statistics import median

LIMIT = 'limit'
ALIKE = 'limit-alike'
FAULTS = ('lost', 'doubled', 'out_of_order', 'closed', 'refused', 'gave_up')


def of_round(kind, result):
    kinds = {'delivery': delivery, 'stalled': stalled, 'idle': idle, 'request': request}
    return kinds[kind](result)


def per(result, what, count):
    return what / max(result[count], 1)


def delivery(result):
    cpu = result['server_cpu_us'] + result['ksoftirqd_cpu_us']
    return {
        'cpu': per(result, cpu, 'deliveries'),
        'ksoftirqd': per(result, result['ksoftirqd_cpu_us'], 'deliveries'),
        'generator': per(result, result['generator_cpu_us'], 'deliveries'),
        'rate': result['deliveries'] / max(result['seconds'], 1e-9),
        'bytes': per(result, result['message_bytes'], 'messages'),
        **latencies(result, 'told'),
        **faults(result),
    }


def latencies(result, of):
    return {name: result[f'{of}_{name}_us'] / 1000 for name in ('p50', 'p99', 'p999')}


def faults(result):
    return {name: result[name] for name in FAULTS}


def stalled(result):
    return {
        **delivery(result),
        'growth': (result['rss_peak_kib'] - result['rss_began_kib']) / 1024,
        'kernel': result['socket_max_bytes'] / 1024,
        'kernel_mean': result['socket_mean_bytes'] / 1024,
        'held': result['stalled'] > 0,
    }


def idle(result):
    return {
        'user': (result['user_idle_kib'] - result['user_before_kib']) / result['clients'],
        'rss': (result['rss_idle_kib'] - result['rss_before_kib']) / result['clients'],
        'core': result['idle_core_share'] * 100,
        'pings': result['idle_pings'] / result['clients'] / result['idle_seconds'] * 60,
        'closed': result['closed'],
    }


def request(result):
    cpu = result['server_cpu_us'] + result['ksoftirqd_cpu_us']
    return {
        'cpu': per(result, cpu, 'changes'),
        'generator': per(result, result['generator_cpu_us'], 'changes'),
        'rate': result['changes'] / max(result['seconds'], 1e-9),
        **latencies(result, 'answered'),
        **faults(result),
    }


def allocation(result):
    """Bytes of heap for each delivery, for each change, and by kind of thread for each change."""
    heap = result['heap']
    return {
        'delivery': per(result, heap['bytes'], 'deliveries'),
        'change': per(result, heap['bytes'], 'changes'),
        'deliveries': result['deliveries'],
        'clients': result['clients'],
        'threads': {kind: per(result, count, 'changes')
                    for kind, count in heap['threads'].items()},
    }


def of_run(run, scenarios):
    """The rows of all scenarios by their names, and what takes two of them."""
    found = {scenario.name: of_scenario(scenario.kind, run['results'][scenario.name])
             for scenario in scenarios}
    for name, row in found.get('stalled', {}).items():
        calm = found.get('calm', {}).get(name)
        if calm:
            row['p99_ratio'] = row['p99'] / max(calm['p99'], 1e-9)
            row['growth_more'] = row['growth'] - calm['growth']
    for name, results in run['heap'].items():
        for server, result in results.items():
            if isinstance(result, dict) and server in found.get(name, {}):
                found[name][server]['heap'] = allocation(result)
    return found


def heap_per_client(rows, server):
    """How much more a change allocates for each further client; None where that is not known."""
    few = rows.get('own-1000', {}).get(server, {}).get('heap')
    many = rows.get('own-10000', {}).get(server, {}).get('heap')
    if not few or not many or many['clients'] <= few['clients']:
        return None
    return (many['change'] - few['change']) / (many['clients'] - few['clients'])


def of_scenario(kind, results):
    """For each server its medians, and its ratio to the limit, each time as it was right before."""
    done = {name: [pair for pair in pairs if isinstance(pair['own'], dict)]
            for name, pairs in results.items()}
    rows = {name: summary(kind, pairs) for name, pairs in done.items() if pairs}
    for name, row in rows.items():
        alike = results.get(ALIKE, []) if 'cpu' in row else []
        found = ratios(kind, results[name], alike)
        if found:
            row['alike'] = median(found)
    return rows


def ratios(kind, own, other):
    """Of one server's CPU to another's, each time within the same turn."""
    return [of_round(kind, one['own'])['cpu'] / of_round(kind, two['own'])['cpu']
            for one, two in zip(own, other)
            if isinstance(one['own'], dict) and isinstance(two['own'], dict)]


def summary(kind, pairs):
    rounds = [of_round(kind, pair['own']) for pair in pairs]
    middle = {key: median(one[key] for one in rounds) for key in rounds[0]}
    # A fault is a fault in whichever round it was.
    middle.update({key: max(one[key] for one in rounds) for key in FAULTS if key in middle})
    ratios = [of_round(kind, pair['own'])['cpu'] / of_round(kind, pair['beside'])['cpu']
              for pair in pairs if isinstance(pair['beside'], dict)]
    if ratios:
        middle['ratio'] = median(ratios)
        middle['spread'] = (min(ratios), max(ratios))
    return middle
