import { useMemo, useSyncExternalStore } from 'react';

import type { Client, Live, LiveOptions, Snapshot } from './index.js';
import { Shared } from './shared.js';

/**
 * What is at a URL, kept up to date while the component is mounted, and the live store to write
 * through, which is there from the first effect on. Other options need another path or client.
 */
export function useLive<T = Record<string, unknown>>(
  client: Client,
  path: string,
  options?: LiveOptions<T>,
): [Snapshot<T>, Live<T> | undefined] {
  const shared = useMemo(() => new Shared<T>(client, path, options), [client, path]);
  const snapshot = useSyncExternalStore(shared.listen, shared.snapshot, shared.snapshot);
  return [snapshot, shared.live];
}
