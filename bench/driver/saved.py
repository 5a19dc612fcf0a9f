"""Results that are kept, so that a measurement can be made in parts."""

import json
import time

from . import machine, scenarios


class Saved:
    """
    What was measured, by scenario, each with the circumstances under which it was. Only what was
    measured under the same ones belongs together: the same versions of the same servers, the same
    machine, the same generator.
    """

    def __init__(self, path, begins_anew):
        self.path = path
        there = not begins_anew and path.exists()
        self.entries = json.loads(path.read_text()) if there else {}

    def add(self, name, circumstances, entry):
        now = time.time()
        self.entries[name] = {**entry, 'circumstances': circumstances, 'at': now}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.path.with_suffix('.new')
        beside.write_text(json.dumps(self.entries, indent=1))
        beside.replace(self.path)

    def latest_circumstances(self):
        latest = max(self.entries.values(), key=lambda entry: entry['at'], default=None)
        return latest and latest['circumstances']

    def under(self, circumstances):
        return {name: self.entries[name] for name in scenarios.NAMES
                if name in self.entries
                and self.entries[name]['circumstances'] == circumstances}

    def left_out(self, circumstances):
        """Which scenarios there are no results of, and why."""
        there = self.under(circumstances)
        return {name: 'measured with other versions, servers or sizes, or on another machine'
                if name in self.entries else 'not measured'
                for name in scenarios.NAMES if name not in there}

    def run(self, circumstances):
        """As if all of it had been measured at once."""
        there = self.under(circumstances)
        commands = dict.fromkeys(entry['command'] for entry in there.values())
        return {
            **circumstances,
            'commands': list(commands),
            'loads': {name: entry['loads'] for name, entry in there.items()},
            'results': {name: entry['results'] for name, entry in there.items()},
            'heap': {name: entry['heap'] for name, entry in there.items()},
        }


def circumstances(chosen, quick, are_all):
    found = {
        'quick': quick,
        'all servers': are_all,
        'machine': {**machine.describe(), 'benchmark': machine.version_of(machine.MEASURING)},
        'servers': {server.name: server.facts() for server in chosen},
    }
    return json.loads(json.dumps(found))


def is_whole(circumstances):
    return circumstances['all servers'] and not circumstances['quick']


def beside(path, name):
    """What another program of the benchmark keeps in the same folder, or None."""
    other = path.with_name(name)
    return json.loads(other.read_text()) if other.exists() else None
