import { useEffect, useRef, useState } from 'preact/hooks';

import { type Figures, labelOf, parse, sum } from './figures';
import { count, Failure } from './parts';
import { ask, usePoll } from './store';
import { Watchers } from './watchers';

const LOOK_MILLIS = 2_000;
const POINTS = 150;

interface Sample {
  at: number;
  figures: Figures;
}

interface Line {
  title: string;
  unit: (value: number) => string;
  value: (now: Sample, before: Sample | undefined) => number | null;
}

const rate = (name: string) => (now: Sample, before: Sample | undefined): number | null => {
  const rise = before && sum(now.figures, name) - sum(before.figures, name);
  // Behind a restart the counters begin anew.
  return before && rise !== undefined && rise >= 0 ? rise / (now.at - before.at) : null;
};

const plain = (value: number): string => count.format(Math.round(value * 10) / 10);
const mebibytes = (value: number): string => `${count.format(Math.round(value / 2 ** 20))} MiB`;

const LINES: Line[] = [
  { title: 'Changes per second', unit: plain, value: rate('genstore_head_revision') },
  { title: 'Deliveries per second', unit: plain, value: rate('genstore_deliveries_total') },
  {
    title: 'Furthest behind, in changes',
    unit: plain,
    value: ({ figures }) => sum(figures, 'genstore_watch_lag_revisions_max'),
  },
  {
    title: 'Heap in use',
    unit: mebibytes,
    value: ({ figures }) => sum(figures, 'jvm_memory_used_bytes', 'area="heap"'),
  },
];

/** How the server is, and who watches. */
export function ServerScreen() {
  const samples = useRef<Sample[]>([]);
  const { value, problem } = usePoll(() => look(samples.current), LOOK_MILLIS);
  return (
    <section>
      <h1>Server</h1>
      {problem?.status === 403 ? (
        <p>This is for those with the scope `metrics` or `admin`; your credentials have neither.</p>
      ) : (
        <Failure problem={problem} />
      )}
      {value && <Health health={value} />}
      {value && (
        <div class="charts">
          {LINES.map((line) => (
            <Plot key={line.title} line={line} samples={value.samples} />
          ))}
        </div>
      )}
      {problem?.status !== 403 && <Watchers />}
    </section>
  );
}

interface Told {
  figures: Figures;
  samples: readonly Sample[];
  health: string;
  isReady: boolean;
}

async function look(samples: Sample[]): Promise<Told> {
  const [figures, health, ready] = await Promise.all([
    ask('/metrics').then(async (answer) => parse(await answer.text())),
    fetch('/healthz').then((answer) => answer.text()),
    fetch('/readyz'),
  ]);
  samples.push({ at: Date.now() / 1000, figures });
  samples.splice(0, samples.length - POINTS);
  return { figures, samples: [...samples], health: health.trim(), isReady: ready.ok };
}

function Health({ health: { figures, health, isReady } }: { health: Told }) {
  const facts: [string, string][] = [
    ['Health', isReady ? health : 'The store does not answer: see the log'],
    ['Running for', duration(sum(figures, 'process_uptime_seconds'))],
    ['Last revision', count.format(sum(figures, 'genstore_head_revision'))],
    ['Log reaches back to', count.format(sum(figures, 'genstore_horizon_revision'))],
    ['Watchers', count.format(sum(figures, 'genstore_watchers'))],
    ['Distinct watches', count.format(sum(figures, 'genstore_feeds'))],
    ['Open files', count.format(sum(figures, 'process_files_open_files'))],
    ['Sends by', labelOf(figures, 'genstore_sender_info', 'sender')],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours > 48 ? `${Math.floor(hours / 24)} days` : hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}

/** The library that draws comes when somebody first looks. */
function Plot({ line, samples }: { line: Line; samples: readonly Sample[] }) {
  const place = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<import('./charts').Chart>();
  useEffect(() => {
    let made: import('./charts').Chart | undefined;
    let isOver = false;
    void import('./charts').then(({ Chart }) => {
      if (!isOver) {
        made = new Chart(place.current!, line.unit);
        setChart(made);
      }
    });
    return () => {
      isOver = true;
      made?.close();
    };
  }, []);
  const values = samples.map((sample, at) => line.value(sample, samples[at - 1]));
  useEffect(() => chart?.show(samples.map(({ at }) => at), values));
  const last = values.at(-1);
  return (
    <figure class="chart">
      <figcaption>
        {line.title} <strong>{last === null || last === undefined ? '–' : line.unit(last)}</strong>
      </figcaption>
      <div ref={place} />
    </figure>
  );
}
