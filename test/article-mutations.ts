/**
 * Pages of article-pages.ts, broken in every way that a seed gives: cut, doubled, shuffled, with stray tags, entities, scripts, odd characters.
 * In: how many, and a seed. Out: number and content of each page, the same for the same seed.
 */
import { buildPage, STORIES } from './article-pages.ts';

const SCRAPS = [
  '<',
  '>',
  '</',
  '<div',
  '<p>',
  '</div></div>',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '&',
  '&#x110000;',
  '&#0;',
  '&nbsp',
  '"',
  "'",
  '="',
  '\u0000',
  '\ud800',
  '\u202e',
  '<table><tr><td>',
  '<script type="application/ld+json">{"@type":"NewsArticle","headline":{"a":[1,null]},"author":[[]],"datePublished":12,"liveBlogUpdate":"x"}</script>',
  '<script>self.__next_f.push([1,"\\u00"])</script>',
  '<svg><title>',
  '<textarea>',
  '<plaintext>',
  '<time datetime="9999-99-99T99:99:99Z">',
  '<meta property="og:title" content="">',
  '<title></title>',
  '<base href="//">',
  '<article hidden><h1></h1>',
  '<li>'.repeat(40),
  '<b>'.repeat(60),
  '<a href="#">x</a>'.repeat(30),
  '。'.repeat(200),
  ' '.repeat(500),
  'A'.repeat(3_000),
  '((((((((((((',
  '— (@x) May 4, 2019',
  '© '.repeat(50),
] as const;

function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function* mutatePages(count: number, seed: number): Generator<readonly [number, string]> {
  const random = makeRandom(seed);
  const pick = (limit: number): number => Math.floor(random() * limit);
  const sources = STORIES.map((story) => buildPage(story));
  for (let index = 0; index < count; index++) {
    let content = sources[pick(sources.length)]!;
    for (let change = pick(8); change >= 0; change--) {
      const from = pick(content.length + 1);
      const to = Math.min(content.length, from + pick(pick(20) === 0 ? 2_000 : 60));
      const piece = content.slice(from, to);
      switch (pick(6)) {
        case 0:
          content = content.slice(0, from) + content.slice(to);
          break;
        case 1:
          content = content.slice(0, to) + piece.repeat(1 + pick(3)) + content.slice(to);
          break;
        case 2:
          content = content.slice(0, from) + SCRAPS[pick(SCRAPS.length)] + content.slice(from);
          break;
        case 3:
          content = content.slice(0, from) + [...piece].reverse().join('') + content.slice(to);
          break;
        case 4:
          content = content.slice(0, from);
          break;
        default: {
          const at = pick(content.length + 1);
          content = content.slice(0, at) + piece + content.slice(at);
        }
      }
    }
    yield [index, content];
  }
}
