/**
 * Goes round the active watches when the record has changed: raises each alert once, then sends it where the watch says.
 * What could not be sent is tried again on the next round. The record is asked, never changed but for alerts.
 */
import { createTransport } from 'nodemailer';
import { findFirings, type WatchBody } from '../desk/watch.ts';
import type { Alert, Store, StoredDocument } from '../store/store.ts';
import { gatherCases, gatherEvents } from './gather.ts';
import { EventQuery, readEventFilter } from './schemas.ts';

/** tellings that one watch is judged by: the newest of what fits its query */
const BOUND = 3000;
const QUIET_MS = 3_000;

export async function judgeWatch(store: Store, body: Pick<WatchBody, 'query' | 'minOrigins' | 'days'>) {
  const filter = readEventFilter(EventQuery.parse(body.query));
  const tellings = await gatherEvents(store, { background: false, reviewed: ['open', 'accepted'], ...filter }, BOUND, 'added');
  return findFirings(tellings, await gatherCases(store, tellings), body);
}

export interface Delivery {
  webhook(url: string, message: AlertMessage): Promise<void>;
  mail(to: string, message: AlertMessage): Promise<void>;
}

export interface AlertMessage {
  readonly watch: string;
  readonly title: string;
  readonly reason: string;
  readonly at: string;
  readonly evidence: Alert['evidence'];
}

/** Sends for real: webhooks as JSON by POST, mail through the configured server. */
export function openDelivery(smtp: string | undefined): Delivery {
  const transport = smtp ? createTransport(smtp) : undefined;
  return {
    async webhook(url, message) {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(message),
        redirect: 'error',
        signal: AbortSignal.timeout(10_000),
      });
      if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
    },
    async mail(to, message) {
      if (!transport) throw new Error('no mail server is set (WATCHDESK_SMTP)');
      const evidence = message.evidence.map((ref) => `${ref.article} ${ref.event}`).join('\n');
      await transport.sendMail({
        from: 'watchdesk@localhost',
        to,
        subject: `${message.watch}: ${message.title}`,
        text: `${message.title}\n${message.reason}\n\n${evidence}\n`,
      });
    },
  };
}

export interface WatchRound {
  /** one round now; gives the number of alerts raised */
  go(): Promise<number>;
  close(): void;
}

export function openWatchRound(store: Store, delivery: Delivery, onFault: (error: unknown) => void): WatchRound {
  let timer: NodeJS.Timeout | undefined;
  let going: Promise<number> | undefined;

  const sendUnsent = async (watches: readonly StoredDocument<WatchBody>[]) => {
    const { rows } = await store.alerts.list({ unsentOnly: true }, { limit: 100 });
    for (const alert of rows) {
      const watch = watches.find((candidate) => candidate.id === alert.watch);
      if (!watch) continue;
      const [title = '', reason = ''] = alert.reason.split('\n');
      const message = { watch: watch.title, title, reason, at: alert.at, evidence: alert.evidence };
      try {
        if (watch.body.webhook) await delivery.webhook(watch.body.webhook, message);
        if (watch.body.mail) await delivery.mail(watch.body.mail, message);
        await store.alerts.mark(alert.id, 'sent');
      } catch {
        // Stays unsent and is tried again: a receiver that is away must not stop the desk.
      }
    }
  };
  const round = async () => {
    const watches = (await store.documents.list('watch')) as readonly StoredDocument<WatchBody>[];
    let raised = 0;
    for (const { id, body } of watches) {
      if (!body.active) continue;
      for (const firing of await judgeWatch(store, body)) {
        if (body.known.includes(firing.subject)) continue;
        const alert = await store.alerts.raise({
          watch: id,
          subject: firing.subject,
          reason: `${firing.title}\n${firing.reason}`,
          evidence: firing.evidence,
        });
        if (alert) raised++;
      }
    }
    if (watches.length > 0) await sendUnsent(watches);
    return raised;
  };
  const go = async () => {
    await going;
    going = round();
    return going;
  };
  const stop = store.onChange(({ kind }) => {
    if (kind !== 'article' && kind !== 'case') return;
    clearTimeout(timer);
    timer = setTimeout(() => void go().catch(onFault), QUIET_MS).unref();
  });
  return {
    go,
    close() {
      stop();
      clearTimeout(timer);
    },
  };
}
