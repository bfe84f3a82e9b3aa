/**
 * `watchdesk score --corrections`: what people corrected, held against what the machine by itself reads today.
 */
import { readConfig } from '../config.ts';
import { Failure } from '../failure.ts';
import { openNewsroom } from '../newsroom.ts';
import type { ParsedCommand } from './commands.ts';
import type { Console } from './console.ts';

export async function score({ values }: ParsedCommand, console: Console): Promise<number> {
  if (!values.corrections)
    throw new Failure('cli', 'bad-input', 'watchdesk score needs --corrections: it measures the machine on what people corrected');
  const newsroom = await openNewsroom(readConfig({ data: values.data }));
  try {
    const result = await newsroom.scoreCorrections((done, all) => console.progress(`reading corrected article ${done} of ${all}`));
    if (values.json) await console.print(`${JSON.stringify(result)}\n`);
    else if (result.corrections === 0)
      await console.print('nobody has corrected anything yet: correct an event on its article page, then score again\n');
    else {
      const rows = Object.entries(result.fields).map(
        ([field, { right, all }]) => `  ${field.padEnd(14)} ${String(right).padStart(5)} of ${all}`,
      );
      await console.print(`${result.right} of ${result.corrections} corrections are now read right without help\n${rows.join('\n')}\n`);
    }
    return 0;
  } finally {
    await newsroom.close();
  }
}
