/**
 * The command line: finds the command, runs it, turns what went wrong into one clear line on stderr and exit status 1.
 * The only place that prints. Commands get a Console, so that tests can run them in this process.
 */
import { Failure } from '../failure.ts';
import { type CommandName, isCommand, type ParsedCommand, parseCommand, writeHelp } from './commands.ts';
import { type Console, openConsole } from './console.ts';

/** @returns the exit status */
type Command = (parsed: ParsedCommand, console: Console) => Promise<number>;

const LOAD: Readonly<Record<CommandName, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.ts')).serve,
  read: async () => (await import('./read.ts')).read,
  analyse: async () => (await import('./read.ts')).analyse,
  add: async () => (await import('./record.ts')).add,
  status: async () => (await import('./record.ts')).status,
  export: async () => (await import('./record.ts')).exportRecord,
  check: async () => (await import('./record.ts')).check,
  backup: async () => (await import('./record.ts')).backup,
  stories: async () => (await import('./stories.ts')).stories,
  score: async () => (await import('./score.ts')).score,
};

/** Runs one command line. Never throws for a Failure; a bug goes through. */
export async function runCommand(args: readonly string[], console: Console): Promise<number> {
  const [name = 'help', ...rest] = args;
  if (name === 'help' || name === '--help' || name === '-h') {
    await console.print(writeHelp());
    return 0;
  }
  if (name === '--version' || name === '-v') {
    await console.print(`${console.version}\n`);
    return 0;
  }
  try {
    if (!isCommand(name)) throw new Failure('cli', 'bad-input', `there is no command '${name}'; 'watchdesk help' lists them`);
    const parsed = parseCommand(name, rest);
    if (parsed.values.help) {
      await console.print(writeHelp());
      return 0;
    }
    const command = await LOAD[name]();
    return await command(parsed, console);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.complain(error.message);
    return 1;
  }
}

if (import.meta.main) {
  const console = openConsole();
  // A closed pipe (`watchdesk read … | head`) is the reader's wish, not an error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  process.exitCode = await runCommand(process.argv.slice(2), console);
}
