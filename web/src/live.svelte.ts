/** What happens at the desk right now: progress of the reading, and a counter that moves when the record changed. */
import { read, type Trouble } from './api.ts';

interface Progress {
  readonly done: number;
  readonly failed: number;
  readonly total: number;
  readonly now: string | null;
  readonly paused: boolean;
}
export interface Status {
  readonly record: {
    readonly articles: number;
    readonly events: number;
    readonly statements: number;
    readonly stories: number;
    readonly feeds: number;
    readonly failures: number;
    readonly reviewed: number;
    readonly corrections: number;
    readonly originals: number;
    readonly bytes: number;
    readonly firstDay: string | null;
    readonly lastDay: string | null;
    readonly schemaVersion: number;
  };
  readonly progress: Progress;
  readonly failures: string;
  readonly who: string;
  readonly role: string;
}

class Live {
  progress = $state<Progress>({ done: 0, failed: 0, total: 0, now: null, paused: false });
  status = $state<Status | null>(null);
  /** moves when articles, events or cases changed */
  articles = $state(0);
  feeds = $state(0);
  connected = $state(true);
  /** the desk has accounts and nobody is signed in here */
  signedOut = $state(false);

  open() {
    const source = new EventSource('/api/live');
    source.addEventListener('open', () => {
      this.connected = true;
    });
    source.addEventListener('error', () => {
      // The stream breaks as well when a session has run out: the status says which.
      this.refresh();
    });
    source.addEventListener('progress', (event) => {
      const before = this.progress;
      this.progress = JSON.parse((event as MessageEvent).data);
      if (before.now !== null && this.progress.now === null) this.refresh();
    });
    source.addEventListener('change', (event) => {
      const kinds = JSON.parse((event as MessageEvent).data) as Record<string, number>;
      if (kinds.article || kinds.events || kinds.case || kinds.story) this.articles += kinds.article ?? 0;
      if (kinds.feed || kinds.failure) this.feeds++;
      this.#soon();
    });
    this.refresh();
  }

  #timer: ReturnType<typeof setTimeout> | undefined;
  #soon() {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.refresh();
    }, 1500);
  }

  async refresh() {
    try {
      this.status = await read<Status>('/status');
      this.progress = this.status.progress;
      this.connected = true;
    } catch (error) {
      this.signedOut = (error as Trouble).status === 401;
      this.connected = this.signedOut;
    }
  }
}

export const live = new Live();
