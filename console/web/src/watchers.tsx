import { count, Empty, Failure, curl, Time } from './parts';
import { linkTo } from './route';
import { ask, usePoll } from './store';

interface Watcher {
  transport: string;
  url?: string;
  watches: number;
  position?: string;
  lag: number;
  bytes?: number;
  since: string;
  address: string;
  principal: string;
}

interface End {
  time: string;
  cause: string;
  transport: string;
  url?: string;
  address: string;
  principal: string;
}

interface Told {
  watchers: Watcher[];
  disconnects: End[];
  complete: boolean;
}

const LOOK_MILLIS = 2_000;

/** Who watches, those first who are furthest behind, and who ended last and why. */
export function Watchers() {
  const { value, problem } = usePoll<Told>(async () => (await ask('/debug/watchers')).json(), LOOK_MILLIS);
  return (
    <>
      <h2>Watchers</h2>
      <Failure problem={problem} />
      {value && !value.complete && <p>The server is busy: some watchers are not among these.</p>}
      {value?.watchers.length === 0 && (
        <Empty title="Nobody watches." command={curl(`-N -H 'Accept: text/event-stream' $/api`)} />
      )}
      {!!value?.watchers.length && <Present watchers={value.watchers} />}
      {!!value?.disconnects.length && <Past ends={value.disconnects} />}
    </>
  );
}

function Present({ watchers }: { watchers: Watcher[] }) {
  return (
    <div class="scroll">
      <table aria-label="Watchers">
        <thead>
          <tr>
            <th>Transport</th>
            <th>URL</th>
            <th>Position</th>
            <th class="number">Behind</th>
            <th class="number">Bytes</th>
            <th>Since</th>
            <th>Who</th>
            <th>Address</th>
          </tr>
        </thead>
        <tbody>
          {watchers.map((each, place) => (
            <tr key={place}>
              <td>{each.transport}</td>
              <td>
                <Watched url={each.url} />
                {each.watches > 1 && ` and ${each.watches - 1} more`}
              </td>
              <td class="code">{each.position}</td>
              <td class="number">{count.format(each.lag)}</td>
              <td class="number">{each.bytes === undefined ? '–' : count.format(each.bytes)}</td>
              <td>
                <Time of={each.since} />
              </td>
              <td>{each.principal}</td>
              <td>{each.address}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Watched({ url }: { url: string | undefined }) {
  return url?.startsWith('/api') && url !== '/api/_watch' ? (
    <a href={linkTo(['events'], { url })}>{url}</a>
  ) : (
    <>{url ?? 'a poll'}</>
  );
}

function Past({ ends }: { ends: End[] }) {
  return (
    <>
      <h2 class="later">Ended last</h2>
      <div class="scroll">
        <table aria-label="Ended last">
          <thead>
            <tr>
              <th>When</th>
              <th>Why</th>
              <th>Transport</th>
              <th>URL</th>
              <th>Who</th>
              <th>Address</th>
            </tr>
          </thead>
          <tbody>
            {ends.slice(0, 20).map((each, place) => (
              <tr key={place}>
                <td>
                  <Time of={each.time} />
                </td>
                <td>{each.cause}</td>
                <td>{each.transport}</td>
                <td>
                  <Watched url={each.url} />
                </td>
                <td>{each.principal}</td>
                <td>{each.address}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
