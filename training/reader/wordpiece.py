"""WordPiece and word shapes, as the reader sees words.

Comes in: one surface word. Goes out: piece ids and a shape number.
src/language/encoder/pieces.ts is the same in TypeScript; pieces-parity.json holds both to it.
"""
import json
import unicodedata

CLS, SEP, UNK, MASK, PAD = 101, 102, 100, 103, 0
LONGEST_WORD = 64  # code units of a word that are looked at; the rest of a longer one is not read
MOST_PIECES = 16  # pieces of one word

# shapes of a word; 0 is for [CLS] and [SEP]; + SHAPES - 1 when it opens the sentence
SHAPE_NAMES = ['special', 'lower', 'title', 'upper', 'letter', 'mixed', 'digits', 'alphanumeric', 'number', 'mark', 'other']
SHAPES = len(SHAPE_NAMES)
SHAPE_COUNT = 1 + 2 * (SHAPES - 1)


def shape_of(word):
    """The kind of a word by its letters: number in SHAPE_NAMES."""
    word = word[:LONGEST_WORD]
    upper = lower = digit = letter = mark = 0
    first_upper = False
    for i, c in enumerate(word):
        category = unicodedata.category(c)
        if category in ('Lu', 'Lt'):
            upper += 1
            letter += 1
            if letter == 1 and i <= 1:
                first_upper = True
        elif category == 'Ll':
            lower += 1
            letter += 1
        elif category[0] == 'L':
            letter += 1
        elif category[0] == 'N':
            digit += 1
        else:
            mark += 1
    if letter and digit:
        return 7
    if digit:
        return 8 if mark else 6
    if not letter:
        return 9
    if upper == 0:
        return 1 if lower else 10
    if lower == 0:
        return 4 if letter == 1 else 3
    return 2 if first_upper and upper == 1 else 5


def is_split_mark(c):
    o = ord(c)
    if 33 <= o <= 47 or 58 <= o <= 64 or 91 <= o <= 96 or 123 <= o <= 126:
        return True
    if 0x4E00 <= o <= 0x9FFF or 0x3400 <= o <= 0x4DBF or 0xF900 <= o <= 0xFAFF:
        return True
    return unicodedata.category(c)[0] == 'P'


class WordPiece:
    def __init__(self, tokenizer_json):
        with open(tokenizer_json, encoding='utf-8') as f:
            self.vocab = json.load(f)['model']['vocab']
        self.cache = {}

    def pieces(self, word):
        """Piece ids of one word; never empty."""
        got = self.cache.get(word)
        if got is None:
            got = self.cache[word] = self._pieces(word)
        return got

    def _pieces(self, word):
        word = unicodedata.normalize('NFD', word[:LONGEST_WORD].lower())
        parts, part = [], ''
        for c in word:
            category = unicodedata.category(c)
            if category == 'Mn' or category in ('Cc', 'Cf'):
                continue
            if category == 'Zs' or is_split_mark(c):
                if part:
                    parts.append(part)
                part = ''
                if category != 'Zs':
                    parts.append(c)
            else:
                part += c
        if part:
            parts.append(part)
        ids = []
        for part in parts:
            ids += self._greedy(part)
            if len(ids) >= MOST_PIECES:
                break
        return ids[:MOST_PIECES] or [UNK]

    def _greedy(self, part):
        ids, start = [], 0
        while start < len(part):
            end = len(part)
            while end > start:
                piece = part[start:end] if start == 0 else '##' + part[start:end]
                if piece in self.vocab:
                    break
                end -= 1
            if end == start:
                return [UNK]
            ids.append(self.vocab[piece])
            start = end
        return ids
