/**
 * Reads the examples of the lexicon's tables with the language room and keeps their trees, so that the tests of the tables need no
 * network: `node training/findings/parse-examples.ts` writes lexicon/en/parsed-examples.json.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import counts from '../../lexicon/en/count-words.json' with { type: 'json' };
import frames from '../../lexicon/en/role-frames.json' with { type: 'json' };
import cues from '../../lexicon/en/status-cues.json' with { type: 'json' };
import { openModels } from '../../src/models.ts';
import { analysePage } from '../../src/pipeline.ts';
import { pageOf } from './analyse-gold.ts';

const sentences = new Set<string>();
for (const table of Object.values(cues)) for (const row of table) sentences.add(row.example);
for (const table of [counts.verbs, counts.nouns, counts.adjectives]) for (const row of table) sentences.add(row.example);
for (const frame of Object.values(frames)) sentences.add(frame.example);
sentences.add(
  'Gunmen killed three policemen in Mosul on Tuesday, officials said.\n\nThe governor urged the army to deploy two brigades.\n\nThe army denied that it had shelled the market.',
);

const language = await openModels();
const examples: Record<string, unknown> = {};
for (const text of sentences) {
  const analysed = await analysePage(pageOf('example', { text, title: 'An example', published: '2024-05-15' }), language);
  if (analysed instanceof Error) throw analysed;
  examples[text] = { ...analysed, article: { ...analysed.article, fetched: '2024-05-15T00:00:00Z' } };
}
writeFileSync(resolve(import.meta.dirname, '../../lexicon/en/parsed-examples.json'), `${JSON.stringify(examples)}\n`);
console.log(`${sentences.size} examples`);
