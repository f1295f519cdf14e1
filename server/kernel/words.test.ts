import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { blockWord, holdsLink, saidWord } from './words.ts';

/** What hosts on the first evening write into their list, in both languages. */
const LIST = [
  ...['idiot', 'idioten', 'arsch*', 'wichser', 'hurensohn', 'fotze', 'blödmann', 'trottel', 'spast*', 'missgeburt'],
  ...['scheiß*', 'halt die fresse', 'nutte', 'depp', '*fuck*', 'shit', 'asshole', 'ass', 'bitch*', 'bastard', 'cunt'],
  ...['moron', 'slut', 'whore', 'dickhead', 'kill yourself', 'kys', 'anal', 'penis', 'sau', 'fettsack', 'schwul'],
].map((word) => blockWord(word) ?? assert.fail(word));

const CAUGHT = [
  // As it is, in any case, with marks around it.
  ...[
    'Du bist ein IDIOT',
    'so ein idiot!',
    '"Trottel", echt jetzt',
    'what a MoRoN...',
    'bitch',
    'Hurensohn?!',
    'shit.',
  ],
  // In compounds, where the host wrote a star.
  ...[
    'du Arschloch',
    'beschissen? nein: scheißegal',
    'motherfucker',
    'spasti bist du',
    'stupid bitches',
    'Arschgeige!',
  ],
  // Letters apart.
  ...[
    'i d i o t',
    'du  i  d  i  o  t',
    'f u c k y o u',
    'f-u-c-k',
    's.h.i.t',
    'i_d_i_o_t',
    'W I C H S E R',
    'm·o·r·o·n',
  ],
  ...['s hit', 'fuc k off', 'idi-ot', 'tro.ttel', 'k y s', 'bas-tard', 'n u t t e', 'sh i t'],
  // Leetspeak.
  ...['1d10t', '1di0t', 'tr0ttel', '4rschloch', 'sh1t', 'b1tch', '@sshole', 'a$$', 'm0r0n', 'wh0re', 'sp4st', 'f0tze'],
  ...['b@stard', 'hur3ns0hn', 'd1ckhead', '$hit', 'w1ch5er'],
  // Umlaut forms.
  ...[
    'Blödmann',
    'bloedmann',
    'blodmann',
    'BLÖDMANN',
    'blo\u0308dmann',
    'bl0edmann',
    'scheisse',
    'SCHEISS Tag',
    'scheiße',
  ],
  // Stretched, starred out, with letters of other scripts or none that can be seen.
  ...['idiiiiiot', 'shiiiit', 'f*ck', 'f**k', 'sch**ße', 'ｉｄｉｏｔ', 'іdіоt', 'id\u200bi\u00adot', 'ídïot', '𝓲𝓭𝓲𝓸𝓽'],
  // Phrases, and several disguises at once.
  ...[
    'HALT die   Fresse',
    'halt.die.fresse',
    'k1ll yours3lf',
    'B-L-Ö-D-M-A-N-N',
    'F U C K',
    '4 r s c h l o c h',
    'idiot99',
  ],
];

const INNOCENT = [
  // Holding the letters of a block word.
  ...[
    'Der Marsch war lang',
    'Barsch mit Butter',
    'Klasse Glas, tolle Vase',
    'Grass am Kassenhäuschen',
    'first class pass',
  ],
  ...['Analyse der Kanaldaten', 'ein Analog-Synthesizer', 'a therapist and an assistant', 'Scunthorpe und Sussex'],
  ...[
    'shiitake risotto',
    'Shitake heißen die Pilze nicht',
    'the Dickens novels',
    'Sauna und Sauerkraut',
    'Haus sauber machen',
  ],
  // Words side by side.
  ...[
    'the pen is mine',
    'Pen is leer, nimm den Stift',
    'das s steht hinten',
    'an Al und Ida',
    'Spa St. Moritz',
    'as sheer as silk',
  ],
  ...['I did it', 'ich bin im Ar Schloss', 'a nut tells more', 'k, yes', 'was aus dem Ofen kommt', 'so a u-turn?'],
  // Numbers, prices, roads, times.
  ...[
    'Stau auf der A55',
    '455 Stück',
    'Zimmer 1010',
    'um 13:37 Uhr',
    '5 $ oder 4 €',
    'Bus 101 und 110',
    'Größe 40/42',
    '1:0!',
  ],
  ...['Artikel 4711', 'Version 1.0.1', '50% auf alles', 'B1 oder B2?', '3x4 = 12', 'H2O'],
  // Umlauts and doubled letters that make another word.
  ...['heute ist es schwül', 'die Hütte', 'schon schön', 'Ratte und rate mal', 'Masse und Maße', 'Nüsse', 'im Depot'],
  // Marks, stars, exclamations.
  ...[
    '*hust*',
    'Ja!Nein!Doch!',
    'wow!!!!!',
    'a**',
    '*** NEU ***',
    'o.k.',
    'U.S.A.',
    'w i e s a u b e r',
    's e h r gut',
    '?!?!',
  ],
  // What people really write in a live about pots.
  ...[
    'wie heiß ist der Ofen?',
    'Kann man die in die Spülmaschine tun?',
    'love this glaze, ship to Essex?',
    'Grüße aus Assenheim',
  ],
  ...[
    'Die Tasse bitte in Blau',
    'how much is the class?',
    'Wo ist der Schissel... Schlüssel?',
    'hoffentlich kein Bruch',
  ],
];

test(`sixty disguised lines and more are caught (${CAUGHT.length})`, () => {
  assert.ok(CAUGHT.length >= 60);
  assert.deepEqual(
    CAUGHT.filter((line) => saidWord(line, LIST) === null),
    [],
  );
});

test(`none of sixty innocent lines and more is (${INNOCENT.length})`, () => {
  assert.ok(INNOCENT.length >= 60);
  assert.deepEqual(
    INNOCENT.filter((line) => saidWord(line, LIST) !== null).map((line) => `${line}: ${saidWord(line, LIST)}`),
    [],
  );
});

test('a word is looked for as the host wrote it: whole, or with a star as part of a longer one', () => {
  const says = (word: string, line: string) => saidWord(line, [blockWord(word) ?? assert.fail()]) !== null;
  assert.deepEqual(
    [says('tee', 'Teekanne'), says('tee*', 'Teekanne'), says('*tee', 'Eistee'), says('tee', 'Tee!')],
    [...[false, true, true, true]],
  );
  assert.deepEqual([says('böse', 'boese'), says('boese', 'böse'), says('böse', 'bose')], [true, true, true]);
  for (const nothing of ['', '*', '**', 'x', ' a ', '!!', '😀']) assert.equal(blockWord(nothing), null, nothing);
});

test('links are seen, written out or around; what only looks like one is not', () => {
  const links = [
    ...[
      'https://a.example/x',
      'schau auf www.billig.example',
      'tassen-shop.de',
      'Tassen.COM jetzt',
      'bit.ly/3xYz',
      't.me/geheim',
    ],
    ...[
      'youtu.be/dQw4',
      'discord.gg/abc',
      'billig (dot) com',
      'billig[.]com',
      'billig punkt de',
      'hxxp://evil.example',
      'mein.laden.at',
    ],
  ];
  const none = [
    ...[
      'z.B. so',
      'usw.',
      'Nr.5',
      '3.50 €',
      'v1.2.3',
      'e.g. this',
      'Toll.Ich will die',
      'o.k.',
      'Prof. Dr. Meier',
      'um 20.15 Uhr',
    ],
    ...[
      'ja...nein',
      'www',
      'https',
      'das war gut.so ist es',
      'got it.be there',
      'U.S.A.',
      'Der Punkt der Sache',
      'anna@',
    ],
  ];
  assert.deepEqual([links.filter((line) => !holdsLink(line)), none.filter(holdsLink)], [[], []]);
});

test('D15, F6: a line costs a bounded number of steps: riddles are refused, people’s lines are not', () => {
  const riddles = Array.from(
    { length: 200 },
    (_, i) => blockWord(`*${'il'.repeat(15)}${i.toString(2)}x*`) ?? assert.fail(),
  );
  assert.notEqual(saidWord('1'.repeat(200), riddles), null);
  const long = Array.from({ length: 200 }, (_, i) =>
    blockWord(`verbotenes wort ${String.fromCharCode(97 + (i % 26))}${i}x`),
  );
  const words = [...LIST, ...riddles, ...long.filter((word) => word !== null)];
  assert.deepEqual(
    INNOCENT.filter((line) => saidWord(line, words) !== null),
    [],
  );
  const odd = ['öeöeöeöeöeöe', 'ililililililil', '*!i!i!i!i*', `${'a'.repeat(39)}b`, '*e*'].flatMap(
    (word) => blockWord(word) ?? [],
  );
  const alphabet = fc.constantFrom('o', 'e', 'ö', '1', '!', '*', ' ', '.', 'i', 'l', 'a', '|', '\u0308');
  fc.assert(
    fc.property(fc.string({ unit: alphabet, maxLength: 200 }), (line) => {
      saidWord(line, odd);
      holdsLink(line);
    }),
    { numRuns: 200 },
  );
  holdsLink(`${'a-'.repeat(500)}.`.repeat(4));
});
