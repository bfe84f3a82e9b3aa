/**
 * Requests to one host one after another, with a pause between them and a longer one where the host asked for it.
 * Different hosts do not wait for each other. Clock and sleep are passed in.
 */
export interface HostTurns {
  /** runs `visit` when the host's turn comes; the next turn begins no sooner than the pause after this one has ended */
  readonly take: <T>(host: string, visit: () => Promise<T>) => Promise<T>;
  /** no visit to the host before this instant (milliseconds) */
  readonly block: (host: string, until: number) => void;
  /** the instant before which the host wants no visit; 0 where it does not say */
  readonly blockedUntil: (host: string) => number;
  /** a longer pause for this host, as its robots.txt asks */
  readonly setPause: (host: string, pause: number) => void;
}

interface HostState {
  queue: Promise<unknown>;
  waiting: number;
  lastEnd: number;
  pause: number;
  blockedUntil: number;
}

/** States are dropped past this number, those at rest longest first. */
const MOST_HOSTS = 10_000;

export function openHostTurns(pause: number, clock: () => number, sleep: (milliseconds: number) => Promise<void>): HostTurns {
  const hosts = new Map<string, HostState>();
  const stateOf = (host: string): HostState => {
    const known = hosts.get(host);
    if (known) return known;
    if (hosts.size >= MOST_HOSTS) forget();
    const state: HostState = { queue: Promise.resolve(), waiting: 0, lastEnd: Number.NEGATIVE_INFINITY, pause, blockedUntil: 0 };
    hosts.set(host, state);
    return state;
  };
  const forget = (): void => {
    for (const [host, state] of hosts) {
      if (state.waiting === 0 && state.blockedUntil < clock() && clock() - state.lastEnd > state.pause) hosts.delete(host);
    }
  };
  return {
    take(host, visit) {
      const state = stateOf(host);
      state.waiting++;
      const turn = state.queue.then(async () => {
        try {
          const rest = state.lastEnd + state.pause - clock();
          if (rest > 0) await sleep(rest);
          return await visit();
        } finally {
          state.lastEnd = clock();
          state.waiting--;
        }
      });
      state.queue = turn.catch(() => undefined);
      return turn;
    },
    block(host, until) {
      const state = stateOf(host);
      state.blockedUntil = Math.max(state.blockedUntil, until);
    },
    blockedUntil: (host) => hosts.get(host)?.blockedUntil ?? 0,
    setPause(host, longer) {
      const state = stateOf(host);
      state.pause = Math.max(pause, longer);
    },
  };
}
