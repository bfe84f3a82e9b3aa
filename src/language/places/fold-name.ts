/**
 * Makes the keys by which place names are looked up, so that one place is found under all its spellings.
 * In: a name as written. Out: an exact key (case, accents, hyphens and apostrophes gone) and, for names of Arabic and
 * related languages, a loose key (article, vowel spelling and double letters gone). The build of the gazetteer and the
 * reading of an article must use the same keys, so nothing here may depend on the machine.
 */

const LETTERS: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  ı: 'i',
  ə: 'a',
  đ: 'd',
  ð: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ħ: 'h',
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
  ё: 'е',
};

const SHORT_WORDS: Readonly<Record<string, string>> = {
  saint: 'st',
  sankt: 'st',
  mount: 'mt',
  fort: 'ft',
  and: '',
  '&': '',
};

/** "Saint-Louis" → "st louis", "Debal'tseve" → "debaltseve", "The Hague" → "hague", "U.S." → "us". */
export function foldName(name: string): string {
  if (/^[A-Za-z]+$/.test(name)) return SHORT_WORDS[name.toLowerCase()] || name.toLowerCase();
  if (/^[A-Za-z]+(?: [A-Za-z]+)*$/.test(name)) return joinWords(name.toLowerCase());
  let folded = '';
  for (const letter of name.normalize('NFKD').toLowerCase()) folded += LETTERS[letter] ?? letter;
  folded = folded
    .replace(/\p{M}+/gu, '')
    .replace(/['’‘ʿʾʼʻ`´′.ʹʺ"“”]/g, '')
    .replace(/[^\p{L}\p{N}&]+/gu, ' ')
    .trim();
  return folded.includes(' ') ? joinWords(folded) : folded;
}

function joinWords(folded: string): string {
  const words: string[] = [];
  for (const word of folded.split(' ')) {
    const short = SHORT_WORDS[word] ?? word;
    if (short !== '') words.push(short);
  }
  if (words.length > 1 && words[0] === 'the') words.shift();
  return words.join(' ');
}

const ARTICLES = new Set('al el ar er as es ash esh at et ad ed an en az ez adh edh ath ul ur il l e i aj'.split(' '));

/**
 * "Deir ez-Zor", "Dayr az Zawr", "Deir al-Zour" → "dirzur"; "Shaddadi", "Ash Shaddādah" → "sadad".
 * Empty where too little is left to tell one name from another.
 */
export function loosenName(folded: string): string {
  const words = folded.split(' ');
  const kept = words.filter((word) => !ARTICLES.has(word));
  if (kept.length > 3 || kept.some((word) => word.length < 2)) return '';
  let key = (kept.length > 0 ? kept : words).join('');
  if (!/^[a-z]+$/.test(key)) return '';
  key = key
    .replace(/h(?=$)/, '')
    .replace(/sch|sh|ch/g, 's')
    .replace(/kh|q/g, 'k')
    .replace(/gh/g, 'g')
    .replace(/dh/g, 'd')
    .replace(/th/g, 't')
    .replace(/dj|c/g, 'j')
    .replace(/v/g, 'w')
    .replace(/a[wu]|ou|oo|o|u/g, 'u')
    .replace(/a[iy]|e[iy]?|y|ie|i+/g, 'i')
    .replace(/ui|iu/g, 'u')
    .replace(/w/g, 'u')
    .replace(/(.)\1+/g, '$1');
  const bare = key.replace(/[aiu]+$/, '');
  if (bare.length >= 4) key = bare;
  return key.length >= 4 ? key : '';
}

/** Two independent 32-bit FNV-1a hashes of a key: the first chooses the bucket, the second is the fingerprint in it. */
export function hashKey(key: string): [number, number] {
  let first = 0x811c9dc5;
  let second = 0x9e3779b9;
  for (let i = 0; i < key.length; i++) {
    const unit = key.charCodeAt(i);
    first = Math.imul(first ^ unit, 0x01000193);
    second = Math.imul(second ^ unit, 0x85ebca6b);
    second ^= second >>> 13;
  }
  return [(first ^ (first >>> 15)) >>> 0, second >>> 0];
}
