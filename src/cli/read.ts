/**
 * `watchdesk read` and `watchdesk analyse`: inputs in, records or readings out, in input order; nothing is stored.
 */
import { Failure } from '../failure.ts';
import { analyseInputs, readInputsOnly } from '../newsroom.ts';
import type { ParsedCommand } from './commands.ts';
import { type Console, nameInput } from './console.ts';
import { describeRecord, printRecord } from './print-record.ts';

const text = (value: string | boolean | undefined) => (typeof value === 'string' ? value : undefined);

export async function read({ values, inputs }: ParsedCommand, console: Console): Promise<number> {
  let status = 0;
  for await (const { input, outcome } of readInputsOnly(inputs, { published: text(values.published), site: text(values.site) })) {
    if (outcome instanceof Failure) {
      console.complain(nameInput(input, outcome));
      status = 1;
    } else if (values.json) await console.print(`${JSON.stringify(describeRecord(outcome))}\n`);
    else await console.print(`${printRecord(outcome, console.paint, console.width)}\n`);
  }
  return status;
}

export async function analyse({ values, inputs }: ParsedCommand, console: Console): Promise<number> {
  const format = text(values.format) ?? 'conllu';
  if (format !== 'conllu' && format !== 'json') {
    throw new Failure('cli', 'bad-input', `--format is conllu or json, not '${format}'`);
  }
  let status = 0;
  for await (const { input, outcome } of analyseInputs(inputs, format, { published: text(values.published), site: text(values.site) })) {
    if (outcome instanceof Failure) {
      console.complain(nameInput(input, outcome));
      status = 1;
    } else await console.print(outcome);
  }
  return status;
}
