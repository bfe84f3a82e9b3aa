"""Reads the training data into one list of sentences with the layers each source annotates.

Comes in: the folder of openly licensed data. Goes out: dicts with `words` and the layers that are known:
upos, xpos, feats, lemma, head, deprel (grammar); names (one set of allowed labels per word); mentions (labels).
Reads train and dev parts only; never a file with "test" in its name.
"""
import gzip
import glob
import hashlib
import json
import os
import re

NAME_KINDS = ['person', 'organisation', 'place', 'nationality', 'event', 'work', 'product', 'other']
MENTION_KINDS = ['person', 'organisation', 'place', 'weapon', 'platform', 'vehicle']
MISC = ['nationality', 'event', 'work', 'product', 'other']

# GUM's own development documents, as in its release; kept out of training
GUM_DEV = {
    'GUM_interview_cyclone', 'GUM_interview_gaming', 'GUM_news_homeopathic', 'GUM_news_iodine', 'GUM_voyage_athens',
    'GUM_voyage_coron', 'GUM_academic_exposure', 'GUM_academic_librarians', 'GUM_bio_byron', 'GUM_bio_emperor',
    'GUM_conversation_grounded', 'GUM_conversation_risk', 'GUM_speech_impeachment', 'GUM_speech_inauguration',
    'GUM_textbook_governments', 'GUM_textbook_labor', 'GUM_vlog_portland', 'GUM_vlog_radiology', 'GUM_court_carpet',
    'GUM_court_negligence',
}


def bucket(key, of):
    """A stable number from 0 to of - 1 for a key: decides what is held out."""
    return int(hashlib.sha1(key.encode('utf-8')).hexdigest()[:8], 16) % of


def label_set(kinds):
    return ['O'] + [p + '-' + k for k in kinds for p in 'BIES']


NAME_LABELS = label_set(NAME_KINDS)
MENTION_LABELS = label_set(MENTION_KINDS)


def bioes(length, start, end):
    """Prefixes of a span [start, end) by position."""
    if end - start == 1:
        return ['S']
    return ['B'] + ['I'] * (end - start - 2) + ['E']


class Names:
    """Allowed name labels of one sentence: spans that are known, words that are known to be no name."""

    def __init__(self, n, unknown_kinds, demonyms, words):
        self.allowed = []
        for w in words:
            free = {'O'}
            for kind in unknown_kinds:
                if kind == 'nationality':
                    if w.lower() in demonyms:
                        free.add('S-nationality')
                elif w[:1].isupper() or w[:1].isdigit():
                    free.update(p + '-' + kind for p in 'BIES')
            self.allowed.append(free)
        self.words = words
        self.demonyms = demonyms

    def span(self, start, end, kinds):
        if len(kinds) > 1 and end - start == 1 and self.words[start].lower() in self.demonyms:
            kinds = ['nationality']
        for i, p in zip(range(start, end), bioes(len(self.allowed), start, end)):
            self.allowed[i] = {p + '-' + k for k in kinds}

    def open(self, i, kinds):
        self.allowed[i] = self.allowed[i] | {p + '-' + k for k in kinds for p in 'BIES'}


def read_demonyms(world_countries):
    """Lower-case words for a people: "syrian", "iraqis"."""
    words = set()
    with open(world_countries, encoding='utf-8') as f:
        for country in json.load(f):
            for form in (country.get('demonyms') or {}).get('eng', {}).values():
                if form and ' ' not in form:
                    words.update((form.lower(), form.lower() + 's'))
    words.update('''kurdish kurd kurds arab arabs palestinian palestinians chechen chechens uighur uyghur uyghurs tibetan tibetans
      russian soviet european europeans african africans asian asians catalan basque scottish welsh english british scot scots
      sunni shiite shia jewish muslim muslims christian christians jew jews islamic rohingya tamil tamils hutu tutsi tuareg pashtun
      hazara crimean kosovar serb serbs croat croats turk turks swede swedes dane danes finn finns spaniard spaniards briton britons
      frenchman irishman dutch greek greeks flemish western yemeni houthi druze alawite yazidi yazidis turkmen uzbek uzbeks'''.split())
    return words


# ---------------------------------------------------------------- UD treebanks

def read_conllu(path):
    """Sentences of a CoNLL-U file with syntactic words only."""
    opener = gzip.open if path.endswith('.gz') else open
    with opener(path, 'rt', encoding='utf-8') as f:
        block, comments = [], {}
        for line in f:
            line = line.rstrip('\n')
            if line.startswith('#'):
                if ' = ' in line:
                    key, value = line[1:].split(' = ', 1)
                    comments[key.strip()] = value
            elif line:
                cols = line.split('\t')
                if cols[0].isdigit():
                    block.append(cols)
            elif block:
                yield comments, block
                block, comments = [], {}
        if block:
            yield comments, block


def grammar_of(block):
    return {
        'words': [c[1].replace(' ', '') for c in block],
        'lemma': [c[2] for c in block],
        'upos': [c[3] for c in block],
        'xpos': [c[4] for c in block],
        'feats': [c[5] for c in block],
        'head': [int(c[6]) for c in block],
        'deprel': [c[7] for c in block],
    }


def read_ewt(folder, part):
    for _, block in read_conllu(glob.glob(os.path.join(folder, 'ud-ewt', f'*-{part}.conllu.gz'))[0]):
        s = grammar_of(block)
        s['source'] = 'ewt'
        yield s


GUM_KINDS = {'person': 'person', 'organization': 'organisation', 'place': 'place', 'event': 'event'}


def gum_mentions(blocks):
    """Spans (sentence, start, end, type) from the bracket style of `Entity=`; those over a sentence border are left out."""
    for s, block in enumerate(blocks):
        stack = {}
        for i, c in enumerate(block):
            m = re.search(r'(?:^|\|)Entity=([^|]*)', c[9])
            if not m:
                continue
            for opening, closing in re.findall(r'\(([^()]+\)?)|([^()]+)\)', m.group(1)):
                if opening:
                    parts = opening.rstrip(')').split('-')
                    etype = parts[1] if len(parts) > 1 else ''
                    if opening.endswith(')'):
                        yield s, i, i + 1, etype
                    else:
                        stack.setdefault(parts[0], []).append((i, etype))
                elif stack.get(closing):
                    start, etype = stack[closing].pop()
                    yield s, start, i + 1, etype


NAME_RELATIONS = {'flat', 'compound', 'goeswith', 'nmod', 'nummod', 'amod', 'nmod:poss', 'conj', 'appos', 'nmod:unmarked'}
INNER = {'ADP', 'DET', 'CCONJ', 'PUNCT', 'PART'}


def name_in_mention(g, start, end):
    """The proper name inside a mention, or None: the head noun with what hangs on it as a name."""
    heads = [i for i in range(start, end) if not start <= g['head'][i] - 1 < end]
    if len(heads) != 1 or g['upos'][heads[0]] != 'PROPN':
        return None
    head = heads[0]

    def is_name_part(i):
        if not (g['upos'][i] == 'PROPN' or (g['words'][i][:1].isupper() and g['upos'][i] in ('ADJ', 'NOUN', 'NUM', 'X'))
                or (g['upos'][i] == 'NUM' and g['head'][i] - 1 == head and i > head)):
            return False
        up = i
        for _ in range(6):
            if up == head:
                return True
            relation = g['deprel'][up]
            if relation in ('nmod:desc', 'appos', 'conj', 'nmod:poss') or relation not in NAME_RELATIONS:
                return False
            up = g['head'][up] - 1
        return False

    first = last = head
    i = head - 1
    while i >= start:
        if is_name_part(i):
            first = i
        elif not (g['upos'][i] in INNER and g['words'][i] not in (',', '(', '"', "'s", 'the', 'The', 'a', 'an') or g['words'][i] == '-'):
            break
        i -= 1
    i = head + 1
    while i < end:
        if is_name_part(i):
            last = i
        elif g['upos'][i] not in INNER or g['words'][i] in (',', '(', '"', ';', ':'):
            break
        i += 1
    return first, last + 1


def read_gum(folder, part, demonyms):
    for path in sorted(glob.glob(os.path.join(folder, 'gum', '*.conllu.gz'))):
        document = os.path.basename(path).split('.')[0]
        if (document in GUM_DEV) != (part == 'dev'):
            continue
        blocks = [b for _, b in read_conllu(path)]
        grammars = [grammar_of(b) for b in blocks]
        spans = {}
        for s, start, end, etype in gum_mentions(blocks):
            if etype in GUM_KINDS:
                found = name_in_mention(grammars[s], start, end)
                if found:
                    spans.setdefault(s, {})[found] = GUM_KINDS[etype]
        for s, g in enumerate(grammars):
            names = Names(len(g['words']), ['nationality'], demonyms, g['words'])
            for i, u in enumerate(g['upos']):
                if u == 'PROPN':
                    names.open(i, ['nationality', 'event', 'work', 'product', 'other'])
            taken = [False] * len(g['words'])
            for (start, end), kind in sorted(spans.get(s, {}).items(), key=lambda x: (x[0][0] - x[0][1], x[0][0])):
                if not any(taken[start:end]):
                    names.span(start, end, [kind])
                    taken[start:end] = [True] * (end - start)
            g['name_spans'] = [(a, b, k) for (a, b), k in spans.get(s, {}).items()]
            g['names'] = names.allowed
            g['source'] = 'gum'
            g['document'] = document
            yield g


# ---------------------------------------------------------------- name corpora

PREFIXES = {'anti', 'pro', 'post', 'non', 'pre', 'ex', 're', 'co', 'e', 'multi', 'mid', 'neo', 'un', 'inter', 'semi', 'counter', 'sub', 'al', 'el'}


def split_hyphens(word):
    """Treebank tokens: "Damascus-based" is three words; prefixes such as "anti-" stay."""
    if '-' not in word.strip('-') or '/' in word or '@' in word or '.' in word:
        return [word]
    parts = re.split(r'(-)', word)
    if len(parts) != 3 or not (parts[0].isalpha() and parts[2].isalpha()) or parts[0].lower() in PREFIXES:
        return [word]
    return parts


def read_columns(path):
    """(words, tags) per sentence of a CoNLL name file; tags IOB1 or IOB2."""
    if 'test' in os.path.basename(path):
        raise ValueError('test parts are not read: ' + path)
    words, tags = [], []
    with open(path, encoding='utf-8') as f:
        for line in f:
            line = line.strip()
            if not line:
                if words:
                    yield words, tags
                words, tags = [], []
                continue
            cols = line.split()
            if cols[0] == '-DOCSTART-' or len(cols) < 2:
                continue
            parts = split_hyphens(cols[0])
            for j, part in enumerate(parts):
                tag = cols[-1]
                words.append(part)
                tags.append('I' + tag[1:] if j and tag != 'O' else tag)
    if words:
        yield words, tags


def spans_of(tags):
    start, kind = None, None
    for i, tag in enumerate(tags + ['O']):
        k = tag[2:] if tag != 'O' else None
        if start is not None and (k != kind or tag[0] == 'B'):
            yield start, i, kind
            start = None
        if k is not None and start is None:
            start, kind = i, k


SCHEMES = {
    'wikigold': ({'PER': ['person'], 'ORG': ['organisation'], 'LOC': ['place'], 'MISC': MISC}, []),
    'wnut17': ({'person': ['person'], 'location': ['place'], 'group': ['organisation'], 'corporation': ['organisation'],
                'creative-work': ['work'], 'product': ['product']}, ['nationality', 'event', 'other']),
    'crossner': ({'politician': ['person'], 'person': ['person'], 'organisation': ['organisation'], 'politicalparty': ['organisation'],
                  'location': ['place'], 'country': ['place'], 'event': ['event'], 'election': ['event'], 'misc': MISC}, []),
}


def read_names(path, source, demonyms):
    kinds, unknown = SCHEMES[source]
    for words, tags in read_columns(path):
        names = Names(len(words), unknown, demonyms, words)
        gold = []
        for start, end, kind in spans_of(tags):
            names.span(start, end, kinds[kind])
            gold.append((start, end, kinds[kind][0] if len(kinds[kind]) == 1 else 'misc'))
        yield {'words': words, 'names': names.allowed, 'name_spans': gold, 'source': source}


def read_name_corpora(folder, demonyms):
    """(part, sentence): part is "train" or "held"; a tenth is held out by a stable hash."""
    ner = os.path.join(folder, 'ner')
    # wikigold does not mark its documents: blocks of 40 sentences in its order are held out whole
    for i, s in enumerate(read_names(os.path.join(ner, 'wikigold/wikigold.conll.txt'), 'wikigold', demonyms)):
        yield ('held' if bucket(f'wikigold/{i // 40}', 10) == 0 else 'train'), s
    for s in read_names(os.path.join(ner, 'wnut17/wnut17train.conll'), 'wnut17', demonyms):
        yield ('held' if bucket('wnut17/' + ' '.join(s['words']), 10) == 0 else 'train'), s
    for s in read_names(os.path.join(ner, 'crossner-politics/train.txt'), 'crossner', demonyms):
        yield 'train', s
    for s in read_names(os.path.join(ner, 'crossner-politics/dev.txt'), 'crossner', demonyms):
        yield 'held', s


# ---------------------------------------------------------------- re3d

TOKEN = re.compile(r"""https?://\S+|[A-Za-z]\.(?:[A-Za-z]\.)+|(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Sgt|Spc|Capt|Adm|Sen|Rep|Gov|St|No|Cpl|Brig)\.
  |\d+(?:[.,:]\d+)*|\w+(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m|S)\b|[^\W_]+|\S""", re.X)
CLOSED = {'.', '!', '?'}


def split_plain(text):
    """Rough sentences of (start, end) words for data without tokens; the reader's own splitter is src/language/tokens."""
    sentence = []
    for m in TOKEN.finditer(text):
        if sentence and '\n' in text[sentence[-1][1]:m.start()]:
            yield sentence
            sentence = []
        sentence.append(m.span())
        nxt = text[m.end():m.end() + 3]
        if m.group() in CLOSED and re.match(r'[\s]|["”’\')]\s|$', nxt):
            close = re.match(r'["”’\')]', nxt)
            if not close:
                yield sentence
                sentence = []
        elif m.group() in '"”' and len(sentence) > 1 and text[sentence[-2][0]] in '.!?' and re.match(r'\s|$', nxt):
            yield sentence
            sentence = []
    if sentence:
        yield sentence


RE3D_KINDS = {'Person': 'person', 'Organisation': 'organisation', 'Location': 'place', 'Weapon': 'weapon', 'MilitaryPlatform': 'platform',
              'Vehicle': 'vehicle'}


def read_lines(path):
    with open(path, encoding='utf-8') as f:
        return [json.loads(line) for line in f if line.strip()]


def read_re3d(folder):
    """(part, sentence): documents whose hash is 0 of 6 are held out. Nested spans go to two layers: `mentions` outside, `inner` within."""
    for entities_path in sorted(glob.glob(os.path.join(folder, 're3d', '*', 'entities.json'))):
        documents = read_lines(os.path.join(os.path.dirname(entities_path), 'documents.json'))
        spans = {}
        for e in read_lines(entities_path):
            # the automatic part marks "st" of "against" as a vehicle
            if e['type'] in RE3D_KINDS and not e['value'].startswith('st '):
                spans.setdefault(e['documentId'], set()).add((e['begin'], e['end'], RE3D_KINDS[e['type']]))
        for d in documents:
            part = 'held' if bucket('re3d/' + d['_id'], 6) == 0 else 'train'
            layers = [[], []]
            for b, e, k in sorted(spans.get(d['_id'], ()), key=lambda x: (x[0] - x[1], x[0], x[2])):
                for layer in layers:
                    if not any(b < e2 and b2 < e for b2, e2, _ in layer):
                        layer.append((b, e, k))
                        break
                    if (b, e) in [(b2, e2) for b2, e2, _ in layer]:
                        break
            for words in split_plain(d['text']):
                labels = [['O'] * len(words) for _ in layers]
                for layer, row in zip(layers, labels):
                    for b, e, k in layer:
                        inside = [i for i, (ws, we) in enumerate(words) if ws < e and b < we]
                        if inside:
                            for i, p in zip(inside, bioes(0, inside[0], inside[-1] + 1)):
                                row[i] = p + '-' + k
                # lists of states that the annotators passed over would teach that names are none
                if part == 'train' and not any(x != 'O' for x in labels[0]) and sum(text[:1].isupper() for text in (d['text'][a:b] for a, b in words[1:])) > 5:
                    continue
                token = lambda b, e: [i for i, (ws, we) in enumerate(words) if ws < e and b < we]
                inside = [(token(b, e), k) for b, e, k in spans.get(d['_id'], ()) if words[0][0] <= b < words[-1][1]]
                yield part, {'words': [d['text'][a:b] for a, b in words], 'mentions': labels[0],
                             'mention_spans': sorted({(t[0], t[-1] + 1, k) for t, k in inside if t}), 'inner': labels[1],
                             'source': 're3d', 'document': d['_id'],}


def read_all(folder, world_countries):
    """{'train': [...], 'dev': {name: [...]}} of all sources."""
    demonyms = read_demonyms(world_countries)
    train = list(read_ewt(folder, 'train')) + list(read_gum(folder, 'train', demonyms))
    dev = {'ewt': list(read_ewt(folder, 'dev')), 'gum': list(read_gum(folder, 'dev', demonyms))}
    for part, s in list(read_name_corpora(folder, demonyms)) + list(read_re3d(folder)):
        if part == 'train':
            train.append(s)
        else:
            dev.setdefault(s['source'], []).append(s)
    return train, dev
