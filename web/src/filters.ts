/** The filters that live in the address, and the words for them. The names are those of the API. */
import { STATUSES } from '../../src/vocabulary.ts';

export const FILTER_NAMES = [
  'words',
  'from',
  'to',
  'type',
  'group',
  'status',
  'place',
  'country',
  'actor',
  'target',
  'anyone',
  'source',
  'weapon',
  'site',
  'story',
  'case',
  'reviewed',
  'background',
  'hedged',
  'disputed',
  'confidence',
  'killed',
  'originals',
  'box',
  'article',
] as const;

export const FACET_TITLES: Readonly<Record<string, string>> = {
  status: 'Status',
  type: 'Type',
  country: 'Country',
  place: 'Place',
  actor: 'Who',
  target: 'To whom',
  source: 'Word of',
  weapon: 'Weapon',
  site: 'Outlet',
  reviewed: 'Reviewed',
};
/** facets of which several may be chosen at once */
export const MANY = new Set(['status', 'type', 'group', 'country', 'site', 'reviewed']);

const regions = new Intl.DisplayNames(['en'], { type: 'region' });
export function nameCountry(code: string): string {
  try {
    return regions.of(code) ?? code;
  } catch {
    return code;
  }
}

/** A facet's value as people read it. */
export function writeValue(facet: string, value: string): string {
  if (facet === 'country') return nameCountry(value);
  if (facet === 'source' && value === 'own-voice') return 'the article itself';
  if (facet === 'reviewed') return value === 'open' ? 'not yet' : value;
  if (facet === 'type' || facet === 'status' || facet === 'group') return value.replaceAll('-', ' ');
  return value;
}

export const STATUS_ORDER: readonly string[] = STATUSES;

export const readFilters = (query: URLSearchParams): Record<string, string> =>
  Object.fromEntries(FILTER_NAMES.flatMap((name) => (query.get(name) ? [[name, query.get(name) as string]] : [])));

/** "type: prison break", "from 1 Jan 2022", "at least 10 killed" */
export function writeFilter(name: string, value: string): string {
  const values = MANY.has(name)
    ? value
        .split(',')
        .map((one) => writeValue(name, one))
        .join(' or ')
    : writeValue(name, value);
  switch (name) {
    case 'words':
      return `“${value}”`;
    case 'from':
      return `since ${value}`;
    case 'to':
      return `until ${value}`;
    case 'killed':
      return `at least ${value} killed`;
    case 'confidence':
      return `confidence ≥ ${value}`;
    case 'originals':
      return 'without copies';
    case 'background':
      return value === 'true' ? 'background only' : 'no background';
    case 'hedged':
      return value === 'true' ? 'hedged only' : 'not hedged';
    case 'disputed':
      return value === 'true' ? 'disputed only' : 'not disputed';
    case 'box':
      return 'map section';
    case 'anyone':
      return `with ${value}`;
    case 'story':
    case 'case':
    case 'article':
      return `one ${name}`;
    case 'source':
      return `word of ${values}`;
    case 'reviewed':
      return values === 'not yet' ? 'not reviewed' : values;
    case 'actor':
      return `by ${value}`;
    case 'target':
      return `to ${value}`;
    default:
      return values;
  }
}
