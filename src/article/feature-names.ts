/**
 * The columns of a block's row, by name and in order. The weights in models/article are bound to this order:
 * whoever changes it trains anew (`npm run train:article`).
 */
const OWN =
  'chars words linkShare links strongShare heading endsSentence stopRate commaRate capitalShare capitalisedShare shoutedShare digitShare signRate quoteRate unspacedShare startsCapital startsSign startsColonLink hasColon hasCopyright hasPipe furniture media afterBreak tag inLink';
const PLACE =
  'order orderByChars orderInMain blocksOnPage charsOnPage afterTitle sinceTitleBlocks sinceTitleChars titleAbove titleAboveShare titleAboveDepth articleHoldsTitle repeats repeatsLater depth';
const TREE =
  'inArticle inMain inAside inNav inFooter inHeader inForm inFigure inList inTable inQuote inSection hidden inButton articleOnPage negativeNames positiveNames';
const CONTAINER =
  'parentChars parentBlocks parentLinkShare parentLong parentShare parentMedia grandChars grandLinkShare grandShare grandMedia signatureCount signatureChars signatureLinkShare siblingsSame inMainElement mainShare mainScore depthBelowMain';
const NEIGHBOURS =
  'before1Chars before1LinkShare before1Ends before1SameParent before1Heading before2Chars before2LinkShare before2SameParent after1Chars after1LinkShare after1Ends after1SameParent after1Heading after2Chars after2LinkShare after2SameParent longBefore longAfter';
const SAID = 'bodyGiven bodyShare titleShare titleCover descriptionShare altShare authorShare runsEarlier runsLater';
const NAMES = 'nearLow nearHigh nearMean nearKnown farLow farHigh farMean farSum farKnown ownMean';
const WORDS = 'wordLow wordHigh wordMean firstWord secondWord lastWord firstPair';

export const FEATURES: readonly string[] = [OWN, PLACE, TREE, CONTAINER, NEIGHBOURS, SAID, NAMES, WORDS].join(' ').split(' ');
export const FEATURE_COUNT = FEATURES.length;
export const FIRST_NAME_COLUMN = FEATURES.indexOf('nearLow');
export const FIRST_WORD_COLUMN = FEATURES.indexOf('wordLow');
