/**
 * A situation report in, the same report as Markdown, HTML or the parts of a DOCX file out.
 * Sentences with names or numbers that no cited words hold are marked in every format, and the report says how many there are.
 */
import { findDoubts, type Sitrep, type SitrepSentence } from './sitrep.ts';
import { countOf } from './words.ts';

const escapeMarkup = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const escapeMarkdown = (text: string) => text.replace(/([\\`*_[\]<>#|])/g, '\\$1');

interface Numbered {
  readonly sitrep: Sitrep;
  /** number of an article in the annex, from 1 */
  readonly numberOf: ReadonlyMap<string, number>;
  readonly doubtful: number;
}

function numberSources(sitrep: Sitrep): Numbered {
  return {
    sitrep,
    numberOf: new Map(sitrep.annex.map((entry, at) => [entry.article, at + 1])),
    doubtful: sitrep.sections
      .flatMap((section) => section.sentences)
      .filter((sentence) => findDoubts(sentence.text, sentence.citations).length > 0).length,
  };
}

const sourcesOf = (sentence: SitrepSentence, { numberOf }: Numbered) =>
  [...new Set(sentence.citations.map(({ article }) => numberOf.get(article)))]
    .filter((figure) => figure !== undefined)
    .sort((a, b) => a - b);

const warnOf = (doubtful: number) =>
  doubtful === 0
    ? ''
    : `${countOf(doubtful, 'sentence')} ${doubtful === 1 ? 'names' : 'name'} something that the cited words do not hold; the words are marked ⁇.`;

/** The text cut at its doubts: [text, marked] pieces. */
function cutDoubts(sentence: SitrepSentence): readonly { readonly text: string; readonly doubted: boolean }[] {
  const pieces: { text: string; doubted: boolean }[] = [];
  let from = 0;
  for (const doubt of findDoubts(sentence.text, sentence.citations)) {
    pieces.push({ text: sentence.text.slice(from, doubt.start), doubted: false }, { text: doubt.words, doubted: true });
    from = doubt.end;
  }
  pieces.push({ text: sentence.text.slice(from), doubted: false });
  return pieces.filter((piece) => piece.text !== '');
}

export function writeMarkdown(sitrep: Sitrep): string {
  const numbered = numberSources(sitrep);
  const lines = [`# ${escapeMarkdown(sitrep.title)}`, '', escapeMarkdown(sitrep.summary), ''];
  if (numbered.doubtful) lines.push(`> ${warnOf(numbered.doubtful)}`, '');
  for (const section of sitrep.sections) {
    lines.push(`## ${section.title}`, '');
    for (const sentence of section.sentences) {
      const text = cutDoubts(sentence)
        .map((piece) => (piece.doubted ? `**${escapeMarkdown(piece.text)}⁇**` : escapeMarkdown(piece.text)))
        .join('');
      lines.push(
        `- ${text} ${sourcesOf(sentence, numbered)
          .map((figure) => `\\[${figure}\\]`)
          .join(' ')}`,
      );
      for (const citation of sentence.citations)
        lines.push(
          `  - “${escapeMarkdown(citation.quote)}” (${escapeMarkdown(citation.site ?? 'unknown outlet')}${citation.published ? `, ${citation.published}` : ''})`,
        );
    }
    lines.push('');
  }
  lines.push('## Sources', '', '| | outlet | title | address | read | SHA-256 |', '| --- | --- | --- | --- | --- | --- |');
  for (const [at, entry] of sitrep.annex.entries()) {
    lines.push(
      `| ${at + 1} | ${escapeMarkdown(entry.site ?? '')} | ${escapeMarkdown(entry.title ?? '')} | ${entry.url ? `<${entry.url.replaceAll('|', '%7C')}>` : ''} | ${entry.fetched.slice(0, 16).replace('T', ' ')} | ${entry.sha256 ?? ''} |`,
    );
  }
  return `${lines.join('\n')}\n`;
}

const STYLE = `body{font:17px/1.55 Charter,Georgia,'Noto Serif',serif;max-width:46em;margin:3em auto;padding:0 1.2em;color:#1b1b1f}h1{line-height:1.15}h2{margin-top:2em;border-bottom:1px solid #ddd}li{margin:.5em 0}blockquote{margin:.2em 0 .2em 1.2em;color:#555;font-size:.92em}mark{background:#ffe9a8}table{border-collapse:collapse;font-size:.8em;width:100%}td,th{border-bottom:1px solid #ddd;padding:.3em .5em;text-align:left;vertical-align:top;overflow-wrap:anywhere}svg{max-width:100%;font:13px sans-serif}rect{fill:#1b1b1f}.warn{border-left:3px solid #9a6200;padding:.4em .8em;background:#faf8f4}@media print{body{margin:0;max-width:none}li{break-inside:avoid}}`;

/** Sentences by kind of event as bars: the report's chart, drawn without script. */
function drawChart({ sections }: Sitrep): string {
  if (sections.length < 2) return '';
  const most = Math.max(...sections.map((section) => section.sentences.length));
  const bars = sections.map(({ title, sentences }, at) => {
    const y = at * 24;
    return `<text x="0" y="${y + 15}">${escapeMarkup(title)}</text><rect x="150" y="${y + 4}" width="${Math.round((sentences.length / most) * 360)}" height="14"/><text x="${158 + Math.round((sentences.length / most) * 360)}" y="${y + 15}">${sentences.length}</text>`;
  });
  return `<svg role="img" aria-label="Events by kind" width="560" height="${sections.length * 24}" viewBox="0 0 560 ${sections.length * 24}">${bars.join('')}</svg>`;
}

export function writeHtml(sitrep: Sitrep): string {
  const numbered = numberSources(sitrep);
  const sections = sitrep.sections.map((section) => {
    const items = section.sentences.map((sentence) => {
      const text = cutDoubts(sentence)
        .map((piece) => (piece.doubted ? `<mark>${escapeMarkup(piece.text)}⁇</mark>` : escapeMarkup(piece.text)))
        .join('');
      const links = sourcesOf(sentence, numbered)
        .map((figure) => `<a href="#source-${figure}">[${figure}]</a>`)
        .join(' ');
      const quotes = sentence.citations
        .map(
          (citation) =>
            `<blockquote dir="auto">“${escapeMarkup(citation.quote)}” <small>${escapeMarkup([citation.site, citation.published].filter(Boolean).join(', '))}</small></blockquote>`,
        )
        .join('');
      return `<li>${text} ${links}${quotes}</li>`;
    });
    return `<h2>${escapeMarkup(section.title)}</h2><ul>${items.join('')}</ul>`;
  });
  const rows = sitrep.annex.map(
    (entry, at) =>
      `<tr id="source-${at + 1}"><td>${at + 1}</td><td>${escapeMarkup(entry.site ?? '')}</td><td>${escapeMarkup(entry.title ?? '')}</td><td>${entry.url && /^https?:/.test(entry.url) ? `<a href="${escapeMarkup(entry.url)}" rel="noreferrer">${escapeMarkup(entry.url)}</a>` : escapeMarkup(entry.url ?? '')}</td><td>${entry.fetched.slice(0, 16).replace('T', ' ')}</td><td>${entry.sha256 ?? ''}</td></tr>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeMarkup(sitrep.title)}</title><style>${STYLE}</style></head><body><h1>${escapeMarkup(sitrep.title)}</h1><p>${escapeMarkup(sitrep.summary)}</p>${numbered.doubtful ? `<p class="warn">${warnOf(numbered.doubtful)}</p>` : ''}${drawChart(sitrep)}${sections.join('')}<h2>Sources</h2><table><thead><tr><th></th><th>Outlet</th><th>Title</th><th>Address</th><th>Read</th><th>SHA-256</th></tr></thead><tbody>${rows.join('')}</tbody></table></body></html>\n`;
}

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const paragraph = (runs: string, style = '') => `<w:p>${style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ''}${runs}</w:p>`;
const run = (text: string, marks = '') =>
  `<w:r>${marks ? `<w:rPr>${marks}</w:rPr>` : ''}<w:t xml:space="preserve">${escapeMarkup(text).replace(/[\p{Cc}\p{Cs}]/gu, ' ')}</w:t></w:r>`;

/** The parts of an Office Open XML document by their names; to be packed as they are. */
export function writeDocxParts(sitrep: Sitrep): Readonly<Record<string, string>> {
  const numbered = numberSources(sitrep);
  const body = [paragraph(run(sitrep.title), 'Title'), paragraph(run(sitrep.summary))];
  if (numbered.doubtful) body.push(paragraph(run(warnOf(numbered.doubtful), '<w:i/>')));
  for (const section of sitrep.sections) {
    body.push(paragraph(run(section.title), 'Heading1'));
    for (const sentence of section.sentences) {
      const runs = cutDoubts(sentence).map((piece) =>
        piece.doubted ? run(`${piece.text}⁇`, '<w:b/><w:highlight w:val="yellow"/>') : run(piece.text),
      );
      body.push(
        paragraph(
          `${runs.join('')}${run(
            ` ${sourcesOf(sentence, numbered)
              .map((figure) => `[${figure}]`)
              .join(' ')}`,
          )}`,
        ),
      );
      for (const citation of sentence.citations)
        body.push(paragraph(run(`“${citation.quote}” (${[citation.site, citation.published].filter(Boolean).join(', ')})`), 'Quote'));
    }
  }
  body.push(paragraph(run('Sources'), 'Heading1'));
  for (const [at, entry] of sitrep.annex.entries()) {
    body.push(
      paragraph(
        run(
          `[${at + 1}] ${[entry.site, entry.title, entry.url, `read ${entry.fetched.slice(0, 16).replace('T', ' ')}`, entry.sha256 ? `SHA-256 ${entry.sha256}` : ''].filter(Boolean).join(' · ')}`,
        ),
      ),
    );
  }
  const style = (id: string, name: string, marks: string) =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${marks}</w:style>`;
  const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  return {
    '[Content_Types].xml': `${xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>`,
    '_rels/.rels': `${xml}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `${xml}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`,
    'word/styles.xml': `${xml}<w:styles ${W}>${style('Title', 'Title', '<w:rPr><w:b/><w:sz w:val="44"/></w:rPr>')}${style('Heading1', 'heading 1', '<w:pPr><w:spacing w:before="320" w:after="80"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="30"/></w:rPr>')}${style('Quote', 'Quote', '<w:pPr><w:ind w:left="480"/></w:pPr><w:rPr><w:i/><w:color w:val="555555"/></w:rPr>')}</w:styles>`,
    'word/document.xml': `${xml}<w:document ${W}><w:body>${body.join('')}</w:body></w:document>`,
  };
}
