"""Lemmas as edit scripts: "ing>e" takes off "ing" and puts on "e"; a leading "^" keeps the letters' case.

Comes in: word and lemma. Goes out: the script, or None where no change at the word's end gives the lemma.
"""


def script_of(form, lemma):
    for keep, base in ((False, form.lower()), (True, form)):
        n = 0
        while n < len(base) and n < len(lemma) and base[n] == lemma[n]:
            n += 1
        # at least one letter stays, except in short irregular words ("was", "went", "better")
        if n > 0 or len(form) <= 6:
            script = ('^' if keep else '') + base[n:] + '>' + lemma[n:]
            if not keep and not lemma == lemma.lower():
                continue
            return script
    return None


def apply_script(form, script):
    """The lemma, or None where the script does not fit the word."""
    keep = script.startswith('^')
    base = form if keep else form.lower()
    off, on = script[1 if keep else 0:].split('>', 1)
    if not base.endswith(off):
        return None
    return base[:len(base) - len(off)] + on
