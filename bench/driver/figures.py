"""What is told about each round, as numbers; and what the rounds of a server come to."""

from statistics import median

LIMIT = 'limit'
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
        'growth': max(result['user_peak_kib'], result['user_ended_kib']) - result['user_began_kib'],
        'kernel': result['socket_peak_bytes'] / 1024 / max(result['stalled'], 1),
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


def of_scenario(kind, results):
    """For each server its medians, and its ratio to the limit, each time as it was right before."""
    done = {name: [pair for pair in pairs if isinstance(pair['own'], dict)]
            for name, pairs in results.items()}
    return {name: summary(kind, pairs) for name, pairs in done.items() if pairs}


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
