/**
 * The commands and their options as data: help text, argument parsing and the test of docs/using.md go by this table.
 */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { Failure } from '../failure.ts';

type OptionsConfig = NonNullable<ParseArgsConfig['options']>;

interface CommandLine {
  /** arguments as the help shows them */
  readonly usage: string;
  readonly summary: string;
  readonly options: OptionsConfig;
  /** fewest and most positional arguments */
  readonly arguments: readonly [number, number];
}

const data = { data: { type: 'string' } } as const satisfies OptionsConfig;
const given = { published: { type: 'string' }, site: { type: 'string' } } as const satisfies OptionsConfig;

export const COMMANDS = {
  serve: {
    usage: '[--port N] [--host H] [--data DIR] [--sample]',
    summary: 'open the desk; with --sample a fresh record reads the sample newsroom',
    options: { ...data, port: { type: 'string' }, host: { type: 'string' }, sample: { type: 'boolean' } },
    arguments: [0, 0],
  },
  read: {
    usage: '[--json] [--published DATE] [--site NAME] INPUT…',
    summary: 'read files, folders, URLs or - and print the record; nothing is stored',
    options: { ...given, json: { type: 'boolean' } },
    arguments: [1, Number.POSITIVE_INFINITY],
  },
  add: {
    usage: '[--data DIR] [--published DATE] [--site NAME] INPUT…',
    summary: 'read the same inputs, and feeds and OPML, into the record',
    options: { ...data, ...given },
    arguments: [1, Number.POSITIVE_INFINITY],
  },
  status: {
    usage: '[--json] [--data DIR]',
    summary: 'what the record holds',
    options: { ...data, json: { type: 'boolean' } },
    arguments: [0, 0],
  },
  export: {
    usage: '--format jsonl|csv|geojson|acled|ucdp|plover [--data DIR] [--output FILE]',
    summary: 'write the record out, by default to standard output',
    options: { ...data, format: { type: 'string' }, output: { type: 'string' } },
    arguments: [0, 0],
  },
  check: {
    usage: '[--data DIR]',
    summary: 're-hash the originals, find every quote again, test the file',
    options: data,
    arguments: [0, 0],
  },
  backup: {
    usage: '[--data DIR] FILE',
    summary: 'copy the whole record into a new file, while it is in use',
    options: data,
    arguments: [1, 1],
  },
  analyse: {
    usage: '[--format conllu|json] INPUT…',
    summary: "print the language room's reading: grammar, names, times, places",
    options: { ...given, format: { type: 'string' } },
    arguments: [1, Number.POSITIVE_INFINITY],
  },
  stories: {
    usage: '[--json] INPUT…',
    summary: 'read a batch into a record of its own and print its stories, copies and cases',
    options: { ...given, json: { type: 'boolean' } },
    arguments: [1, Number.POSITIVE_INFINITY],
  },
  score: {
    usage: '--corrections [--json] [--data DIR]',
    summary: 'read the corrected articles again and count how much of what people corrected comes out right',
    options: { ...data, corrections: { type: 'boolean' }, json: { type: 'boolean' } },
    arguments: [0, 0],
  },
} as const satisfies Readonly<Record<string, CommandLine>>;

export type CommandName = keyof typeof COMMANDS;
export const isCommand = (name: string): name is CommandName => Object.hasOwn(COMMANDS, name);

/** What parseArgs gives for one command. */
export interface ParsedCommand {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly inputs: readonly string[];
}

/** @throws Failure('cli', 'bad-input') that names the argument and shows the usage */
export function parseCommand(name: CommandName, args: readonly string[]): ParsedCommand {
  const command: CommandLine = COMMANDS[name];
  try {
    // '-' is an input of its own: parseArgs takes it as a positional.
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...command.options, help: { type: 'boolean' } },
      allowPositionals: true,
    });
    const [least, most] = command.arguments;
    if (!values.help && (positionals.length < least || positionals.length > most)) {
      throw new Failure(
        'cli',
        'bad-input',
        `watchdesk ${name} takes ${least === most ? least : `at least ${least}`} input${least === 1 ? '' : 's'}, ${positionals.length} given; usage: watchdesk ${name} ${command.usage}`,
      );
    }
    return { values: values as ParsedCommand['values'], inputs: positionals };
  } catch (error) {
    if (error instanceof TypeError && 'code' in error) {
      throw new Failure('cli', 'bad-input', `${error.message.split('. ')[0]}; usage: watchdesk ${name} ${command.usage}`, { cause: error });
    }
    throw error;
  }
}

export function writeHelp(): string {
  const lines = Object.entries(COMMANDS).flatMap(([name, { usage, summary }]) => [`  watchdesk ${name} ${usage}`, `      ${summary}`]);
  return [
    'Watchdesk reads the news on conflict and keeps a sourced record of it.',
    '',
    ...lines,
    '',
    'An INPUT is a .html, .txt, .json, .jsonl or .eml file (each also .gz), a folder, a URL, or - for standard input.',
    '',
  ].join('\n');
}
