/**
 * Where commands print: standard output with back-pressure, one-line complaints on stderr, and a progress line in terminals.
 */
import { readFileSync } from 'node:fs';
import { type Paint, paintFor, paintNothing } from './print-record.ts';

export interface Console {
  readonly version: string;
  /** columns of the terminal; 100 where there is none */
  readonly width: number;
  readonly paint: Paint;
  /** resolves once the text is handed on, so that a slow pipe slows the command down instead of filling memory */
  print(text: string): Promise<void>;
  /** one line on stderr: "watchdesk: …" */
  complain(message: string): void;
  /** a line that replaces itself; shown in terminals only */
  progress(line: string): void;
  /** a plain line on stderr that stays */
  tell(line: string): void;
}

/** A failure's sentence with its input named once. */
export const nameInput = (input: string, { message }: Error): string => (message.includes(input) ? message : `${input}: ${message}`);

export function openConsole(out: NodeJS.WriteStream = process.stdout, err: NodeJS.WriteStream = process.stderr): Console {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
  const clear = () => (err.isTTY ? '\r\x1b[K' : '');
  return {
    version,
    width: Math.min(out.columns ?? 100, 120),
    paint: out.isTTY ? paintFor(out) : paintNothing,
    print: (text) => new Promise((done) => (out.write(text) ? done() : out.once('drain', done))),
    complain: (message) => void err.write(`${clear()}watchdesk: ${message.replace(/\s*\n\s*/g, ' ')}\n`),
    progress: (line) => {
      if (err.isTTY) err.write(`\r\x1b[K${line.slice(0, (err.columns ?? 80) - 1)}`);
    },
    tell: (line) => void err.write(`${clear()}${line}\n`),
  };
}
