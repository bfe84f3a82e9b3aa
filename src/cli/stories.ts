/**
 * `watchdesk stories`: which articles of a batch are copies, tell one story, or tell of one deed.
 */
import { describeInputs } from '../newsroom.ts';
import type { ParsedCommand } from './commands.ts';
import { type Console, nameInput } from './console.ts';

const text = (value: string | boolean | undefined) => (typeof value === 'string' ? value : undefined);

export async function stories({ values, inputs }: ParsedCommand, console: Console): Promise<number> {
  let status = 0;
  const described = await describeInputs(inputs, { published: text(values.published), site: text(values.site) }, (input, failure) => {
    console.complain(nameInput(input, failure));
    status = 1;
  });
  if (values.json) {
    await console.print(`${JSON.stringify(described)}\n`);
    return status;
  }
  const byStory = Map.groupBy(described.articles, ({ story }) => story);
  for (const [story, articles] of [...byStory].sort((a, b) => b[1].length - a[1].length)) {
    await console.print(`${console.paint('bold', story)}  ${articles.length} ${articles.length === 1 ? 'article' : 'articles'}\n`);
    for (const { id, kind, copyOf, revisionOf } of articles) {
      const of = copyOf ?? revisionOf;
      await console.print(`  ${id}${kind === 'original' ? '' : console.paint('gray', `  ${kind}${of ? ` of ${of}` : ''}`)}\n`);
    }
  }
  const told = described.cases.filter(({ tellings }) => tellings.length > 1);
  await console.print(`${described.cases.length} cases, ${told.length} of them told by more than one article\n`);
  return status;
}
