"""Writes src/language/encoder/pieces-examples.json: words with their pieces and shapes, to which the TypeScript side is held.

Comes in: --minilm. Goes out: a JSON list of [word, pieces, shape].
"""
import argparse
import json
import os

from wordpiece import WordPiece, shape_of

WORDS = '''The army shelled Idlib . U.S. McDonald IAEA B-52 2019 1,500 3.5 T-72s n't 's don’t — “ café Çavuşoğlu Müller Al-Raqqa S-400
A I 24/7 10:30 $2 50% e-mail COVID-19 H5N1 ... ?! Ürümqi İstanbul naïve ﬁrst Straße Ελλάδα Москва حلب 大阪 大 한국 🙂 👩‍👩‍👧 10km 1st x'''.split()
WORDS += ['', 'a' * 100, 'Z' * 64, '1' * 70, 'co-operation', "O'Neill", 'iPhone', 'HMS-', '_x_', 'ǅ', '²', '½', '\u200bhidden', 'a\u0301', 'two words',
          '-' * 30, '🙂' * 70, 'qqqqqqqzzzzzzxxxxxx', 'Ⅷ', 'ª']


def main():
    a = argparse.ArgumentParser()
    a.add_argument('--minilm', required=True)
    wordpiece = WordPiece(a.parse_args().minilm + '/tokenizer.json')
    path = os.path.join(os.path.dirname(__file__), '../../src/language/encoder/pieces-examples.json')
    with open(path, 'w', encoding='utf-8') as f:
        f.write('[\n' + ',\n'.join('  ' + json.dumps([w, wordpiece.pieces(w), shape_of(w)], ensure_ascii=False) for w in WORDS) + '\n]\n')


if __name__ == '__main__':
    main()
