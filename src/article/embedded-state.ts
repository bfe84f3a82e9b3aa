/**
 * Scripts of a page in, the body that lives in them alone out: the state that a browser would have turned into text.
 * Strings are grouped by the key they stand under; the key that holds the most prose wins. '' where no key holds a body.
 * Looked at only where the page itself shows nothing.
 */
import type { LeanTree } from './lean-tree.ts';
import { stripMarkup } from './structured-data.ts';
import { tidyText } from './text-blocks.ts';

const MAX_SCRIPT = 1_500_000;
const LEAST_BODY = 600;
const PAIR = /"([A-Za-z_][\w-]{0,40})"\s*:\s*"((?:[^"\\]|\\.){40,60000})"/g;
const BODY_KEY = /body|content|text|paragraph|html|article|story|value/i;

function readEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  try {
    return JSON.parse(`"${text.replace(/[\n\r\t]/g, ' ')}"`) as string;
  } catch {
    return text.replace(/\\(["'/\\])/g, '$1').replace(/\\n/g, '\n');
  }
}

/** Sentences of any script, and mostly letters: no code, no addresses. */
function isProse(text: string): boolean {
  if (text.length < 40 || !/[.!?。！？؟।…]/.test(text)) return false;
  const letters = text.match(/[\p{L}\s]/gu)?.length ?? 0;
  return letters > text.length * 0.8 && (/\S\s\S+\s\S/.test(text) || /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/.test(text));
}

function collectProse(source: string, byKey: Map<string, string[]>, seen: Set<string>, depth: number): void {
  for (const [, key, raw] of source.matchAll(PAIR)) {
    const text = readEscapes(raw!);
    if (depth < 2 && text.includes('":"')) {
      collectProse(text, byKey, seen, depth + 1);
      continue;
    }
    const plain = stripMarkup(text).trim();
    if (seen.has(plain) || !isProse(plain)) continue;
    seen.add(plain);
    const list = byKey.get(key!);
    if (list) list.push(plain);
    else byKey.set(key!, [plain]);
  }
}

export function findEmbeddedBody(tree: LeanTree): string {
  const byKey = new Map<string, string[]>();
  const seen = new Set<string>();
  let read = 0;
  let streamed = '';
  for (const script of tree.scripts) {
    if (script.type.includes('ld+json') || read > MAX_SCRIPT) continue;
    const source = script.text.slice(0, MAX_SCRIPT - read);
    read += source.length;
    // Streamed state comes as string pieces that only together are JSON.
    const piece = /^\s*(?:self|window)\.__next_f\.push\(\[\d+,\s*"([\s\S]*)"\]\)\s*;?\s*$/.exec(source)?.[1];
    if (piece !== undefined) streamed += readEscapes(piece);
    else collectProse(source, byKey, seen, 0);
  }
  if (streamed) {
    collectProse(streamed, byKey, seen, 0);
    for (const [, row] of streamed.matchAll(/(?:^|\n)[0-9a-f]{1,4}:T[0-9a-f]+,([^\n]{200,60000})/g)) {
      const plain = stripMarkup(row!).trim();
      if (isProse(plain)) byKey.set('text row', [...(byKey.get('text row') ?? []), plain]);
    }
  }
  let best = '';
  let most = LEAST_BODY;
  for (const [key, texts] of byKey) {
    const length = texts.reduce((sum, text) => sum + text.length, 0) * (BODY_KEY.test(key) ? 1 : 0.5);
    if (length > most) {
      most = length;
      best = texts.join('\n\n');
    }
  }
  return best
    .split(/\n\s*\n/)
    .map(tidyText)
    .filter(Boolean)
    .join('\n\n');
}
