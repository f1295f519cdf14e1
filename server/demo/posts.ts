/** What the cast has filmed: the files in `videos/`, drawn by `node scripts/render_demo_videos.ts`, and what is said of them. */

export interface Post {
  /** Name of the file, without its end. */
  file: string;
  /** A part of the cast. */
  who: string;
  language: 'de' | 'en';
  caption: string;
  /** A ware of one's own shop that is linked in it. */
  ware?: string;
  /** What the crowd says below it, in this order, each once. */
  said: string[];
}

const post = (
  [file, who, language]: [file: string, who: string, language: 'de' | 'en'],
  caption: string,
  said: string[] = [],
  ware?: string,
): Post => ({ file, who, language, caption, said, ...(ware && { ware }) });

/** From the first that is posted to the last: that one stands first where the newest come first. */
export const POSTS: readonly Post[] = [
  post(['vera_clock', 'collector', 'de'], 'Vier Minuten vor, seit 1911. Ich stelle sie nicht. #uhren #sammeln', [
    'Pünktlicher als meine Bahn',
    'Nicht anfassen, bitte!',
  ]),
  post(['jonas_shoe', 'create', 'de'], 'Der schwerste Teil vom Lauf ist der Flur. #laufen #anfangen', [
    'Flur: 0, ich: 1',
    'Und die Doppelschleife?',
  ]),
  post(
    ['mira_mending', 'host', 'en'],
    'Kintsugi, the slow way. Nothing is thrown away here. #kintsugi #ceramics',
    ['The gold line on the left!', 'I have a plate that needs you.'],
    'Teller-Set, vier Stück',
  ),
  post(['fritz_shelf', 'comedian', 'de'], 'Anleitung war dabei. Ich auch. #handwerk #comedy', [
    'Ich habe drei Teile übrig. Steht trotzdem.',
    'Das war die Rückwand, oder?',
  ]),
  post(['lio_stairs', 'teen', 'de'], 'Es hat geregnet. Hat mich nicht interessiert. #skate #nacht', [
    'Sauber gelandet',
    'Helm? Bitte.',
  ]),
  post(['jonas_hill', 'create', 'de'], 'Bergauf zählt jeder Schritt doppelt. Gefühlt. #laufen #berge', [
    'Große Klappe kann ich',
  ]),
  post(['leyla_dough', 'cook', 'en'], 'Twelve hours of doing nothing. Best part of baking. #sourdough #bread', [
    'Mine only does this when I am not looking',
    'What temperature is your kitchen?',
  ]),
  post(['vera_stamps', 'collector', 'de'], 'Neun gab es. Acht habe ich. Ich schlafe schlecht. #briefmarken #sammeln', [
    'Blau, oder? Die habe ich gesehen!',
  ]),
  post(
    ['mira_kiln', 'host', 'de'],
    '1240 Grad, und morgen früh weiß ich, ob es gut war. #keramik #brennen',
    ['Das Warten wäre nichts für mich', 'Bitte morgen zeigen!'],
    'Becher „Dienstag“',
  ),
  post(
    ['henrik_washing', 'sell', 'de'],
    'Nasses Leinen braucht nur Wind. Two towels, one line. #leinen #linen',
    ['Bei uns in Hamburg hängt es waagerecht'],
    'Geschirrtuch aus Leinen',
  ),
  post(
    ['pia_pour', 'coffee', 'en'],
    'Bloom. Wait. Pour. That is the whole recipe. #coffee #pourover',
    ['How long do you let it bloom?', 'I skipped the waiting. You can taste it.'],
    'Coffee jar, airtight',
  ),
  post(['lio_math', 'teen', 'de'], 'Mathe-LK, aber als Halfpipe. #mathe #skate', [
    'So hätte ich es auch verstanden',
    'Ableitung am Scheitelpunkt = Pause',
  ]),
  post(['fritz_meeting', 'comedian', 'de'], 'Das hätte auch ein Schläfchen sein können. #büro #comedy', [
    'Minute 94 fühle ich sehr',
    'Wer redet da eigentlich noch?',
  ]),
  post(['jonas_breath', 'create', 'en'], 'Two minutes of this before your shoes go on. #breathing #running', [
    'Did this at my desk. Works there too.',
  ]),
  post(['leyla_knife', 'cook', 'en'], 'Eyes on the food, knuckles on the blade. #knifeskills #cooking', [
    'Thank you, all ten fingers',
    'My carrot looks scared',
  ]),
  post(
    ['mira_glaze', 'host', 'en'],
    'Dip, count to three, out. The indigo does the rest. #glaze #pottery',
    ['The indigo, finally!', 'Is this one food safe?'],
    'Moon bowl, ash glaze',
  ),
  post(
    ['henrik_loom', 'sell', 'de'],
    'So entsteht der Bezug: hin und her, hin und her. #leinen #weben',
    ['Könnte ich stundenlang ansehen'],
    'Cushion, washed linen',
  ),
  post(['vera_camera', 'collector', 'en'], 'Built in 1957. Older than me, works better. #cameras #collecting', [
    'That shutter sound',
    'What film do you put in it?',
  ]),
  post(['fritz_mic', 'comedian', 'de'], 'Mein Angebot der Woche. #comedy', ['Nehme zwei', 'Gibt es das auch in Blau?']),
  post(
    ['pia_roast', 'coffee', 'de'],
    'Erster Crack, dann zählt jede Sekunde. #kaffee #rösten',
    ['Ich kann es riechen', 'Pflaume stimmt, habe nachgeschmeckt'],
    'Espresso „Nachtzug“, 500 g',
  ),
  post(['lio_ollie', 'teen', 'de'], 'Versuch 41. Die anderen 40 sieht niemand. #skate #ollie', [
    'Die anderen 40 wären auch ein gutes Video',
    'Stark!',
  ]),
  post(
    ['leyla_manti', 'cook', 'de'],
    'Zwölf Manti in acht Sekunden. In echt: eine Stunde und meine Mutter. #manti #kochen',
    ['Deine Mutter ist schneller, gib es zu', 'Mit Joghurt und Sumach, bitte', 'I need the recipe'],
  ),
  post(['jonas_canal', 'create', 'en'], 'Slow is smooth. Smooth is fast. See you at the canal. #running #easyrun', [
    'Saturday, same bridge?',
    'Slow I can do',
  ]),
  post(
    ['mira_wheel', 'host', 'de'],
    'Zwei Hände, ein Klumpen, kein Plan. #keramik #töpfern',
    ['Diese Ruhe.', 'Wie du das so dünn kriegst!', 'Mesmerising'],
    'Vase, tall, unglazed',
  ),
];
