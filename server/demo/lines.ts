/** What the crowd says in the running live. Nobody is paid for it. */

export const CHAT: Readonly<Record<string, readonly string[]>> = {
  fan1: [
    'Hallo aus Köln! 👋',
    'Wie lange trocknet so eine Schale?',
    'Die Glasur ist der Wahnsinn',
    'Habe meinen Becher seit zwei Jahren, jeden Morgen',
    'Kann man die auch in die Spülmaschine tun?',
    'Ich könnte stundenlang zusehen',
    'Ist das Ton aus der Gegend?',
  ],
  fan2: [
    'Moin',
    'Diese Ruhe. Mein Feierabend.',
    'Wie oft ist dir heute schon eine verunglückt?',
    'Der Rand! Wie machst du den so dünn?',
    'Gibt es das Set auch zu sechst?',
  ],
  fan3: [
    'Hello from Lisbon!',
    'That sound of the wheel…',
    'What is in the ash glaze?',
    'Mine arrived yesterday, not a scratch',
    'You make it look so easy',
    'Is the blue one food safe?',
  ],
  fan4: [
    'yo, bin neu hier',
    'wie heiß wird der Ofen?',
    'ok das war sauber',
    'meine Oma hat genau so eine',
    'Respekt 🙌',
  ],
  fan5: [
    'Good evening everyone',
    'I took a class after your last live. Humbling.',
    'Beautiful curve on that one.',
    'Do you ship to the UK yet?',
    'The indigo, please keep making the indigo.',
  ],
  teen: ['hat jemand meine mathehausaufgaben gesehen', 'sieht aus wie hypnose', 'darf man da auch mal dran'],
  comedian: [
    'Ich verkaufe heute wieder nichts. Läuft super.',
    'Meine letzte Schale hieß nachher Teller.',
    'So rund war bei mir zuletzt der Bauch.',
  ],
  cook: ['In die Schale gehören Manti.', 'Ich brauche acht davon für Samstag', 'What would you serve in this one?'],
  coffee: ['Der Becher passt genau unter meine Maschine ☕', 'Wir nehmen nur noch die hier im Laden'],
};

export const TITLE = 'Moon bowls, thrown live';
