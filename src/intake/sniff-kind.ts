/**
 * The beginning of an input in, what it is out, for inputs whose name does not say it (standard input, a URL, an odd ending).
 * Looks at the text only; whether it then parses is for the reader of that kind to say.
 */
export const INPUT_KINDS = ['html', 'text', 'json', 'jsonl', 'eml', 'warc', 'feed', 'opml'] as const;
export type InputKind = (typeof INPUT_KINDS)[number];

/** @param start the first few thousand characters, from the very beginning */
export function sniffKind(start: string): InputKind {
  const text = start.replace(/^\ufeff/, '').trimStart();
  if (text.startsWith('WARC/')) return 'warc';
  if (text.startsWith('[')) return 'json';
  if (text.startsWith('{')) return sniffJson(text);
  if (text.startsWith('<')) return sniffMarkup(text);
  if (
    /^(?:[A-Z][\w-]*:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}/.test(text) &&
    /^(?:From|Received|MIME-Version|Message-ID|Subject):/im.test(text)
  ) {
    return 'eml';
  }
  return /<(?:html|head|body|article|div|p)\b[^>]*>/i.test(text.slice(0, 2000)) ? 'html' : 'text';
}

function sniffMarkup(text: string): InputKind {
  const body = text.replace(/^(?:\s*<(?:\?[^>]*\?|!--[\s\S]*?--|!DOCTYPE[^>]*)>)+/i, '').trimStart();
  if (/^<(?:rss|rdf:RDF|(?:atom:)?feed)\b/i.test(body)) return 'feed';
  if (/^<opml\b/i.test(body)) return 'opml';
  return 'html';
}

/** One whole object on the first line, and more after it: JSON lines. */
function sniffJson(text: string): InputKind {
  if (/"version"\s*:\s*"https?:(?:\\?\/){2}(?:www\.)?jsonfeed\.org\\?\/version/.test(text.slice(0, 2000))) return 'feed';
  const end = text.indexOf('\n');
  if (end < 0) return 'json';
  try {
    JSON.parse(text.slice(0, end));
    return 'jsonl';
  } catch {
    return 'json';
  }
}
