/** Who plays in the demo, and what they sell. Ages are years, so that nobody grows out of a part. */

export const DOORS = ['watch', 'create', 'sell', 'run'] as const;
export type Door = (typeof DOORS)[number];

export interface Part {
  part: string;
  handle: string;
  name: string;
  bio: string;
  locale: 'de' | 'en';
  age: number;
  roles?: string[];
  /** Coins bought with a sandbox card when the demo opens. */
  coins?: number;
  /** Has an address and a sandbox card. */
  buys?: boolean;
  /** Hues of the drawn portrait: ground, clothes, hair. */
  look: [ground: number, clothes: number, hair: number];
  shop?: Shop;
  /** A live planned every week, so many days after the opening. */
  plan?: Plan;
}

export interface Plan {
  title: string;
  about: string;
  days: number;
  /** On the clock of the wall. */
  at: string;
}

export interface Shop {
  name: string;
  trader_name: string;
  street: string;
  postal_code: string;
  city: string;
  register: string;
  vat_id: string;
  shipping: string;
  products: Ware[];
}

export interface Ware {
  title: string;
  description: string;
  /** Minor units. */
  price: string;
  stock: number;
  picture: 'bowl' | 'vase' | 'cup' | 'plate' | 'cloth' | 'cushion' | 'bag' | 'jar';
  hue: number;
  option?: { name: string; values: string[] };
}

const pottery: Shop = {
  name: 'Mira Sand Keramik',
  trader_name: 'Mira Sand',
  street: 'Töpfergasse 4',
  postal_code: '04229',
  city: 'Leipzig',
  register: 'Kleingewerbe, Gewerbeamt Leipzig',
  vat_id: 'DE000000001',
  shipping: '490',
  products: [
    {
      title: 'Moon bowl, ash glaze',
      description: 'Thrown live in the studio, glazed with ash from the own stove. 16 cm. Each one differs a little.',
      price: '3900',
      stock: 24,
      picture: 'bowl',
      hue: 65,
      option: { name: 'Glaze', values: ['Ash', 'Indigo'] },
    },
    {
      title: 'Becher „Dienstag“',
      description: 'Für Kaffee, der bleibt. 250 ml, spülmaschinenfest.',
      price: '2400',
      stock: 40,
      picture: 'cup',
      hue: 30,
    },
    {
      title: 'Vase, tall, unglazed',
      description: 'Raw outside, glazed inside. Holds water and one branch.',
      price: '5800',
      stock: 12,
      picture: 'vase',
      hue: 20,
    },
    {
      title: 'Teller-Set, vier Stück',
      description: 'Vier Teller, 22 cm, aus dunklem Ton.',
      price: '8900',
      stock: 9,
      picture: 'plate',
      hue: 250,
    },
  ],
};

const linen: Shop = {
  name: 'Nordlicht Textil',
  trader_name: 'Nordlicht Textil GmbH',
  street: 'Am Speicher 11',
  postal_code: '20457',
  city: 'Hamburg',
  register: 'HRB 000001, Amtsgericht Hamburg',
  vat_id: 'DE000000002',
  shipping: '390',
  products: [
    {
      title: 'Geschirrtuch aus Leinen',
      description: 'Zwei Stück, in Hamburg gewebt, trocknen beim Zusehen.',
      price: '1900',
      stock: 80,
      picture: 'cloth',
      hue: 210,
      option: { name: 'Farbe', values: ['Nebel', 'Ziegel'] },
    },
    {
      title: 'Cushion, washed linen',
      description: '45 × 45 cm, filled with wool of German sheep.',
      price: '4500',
      stock: 30,
      picture: 'cushion',
      hue: 150,
    },
  ],
};

const coffee: Shop = {
  name: 'Röstwerk Ost',
  trader_name: 'Röstwerk Ost, Inh. Pia Wolff',
  street: 'Karl-Heine-Straße 60',
  postal_code: '04229',
  city: 'Leipzig',
  register: 'Gewerbeamt Leipzig',
  vat_id: 'DE000000003',
  shipping: '390',
  products: [
    {
      title: 'Espresso „Nachtzug“, 500 g',
      description: 'Dunkel geröstet, Kakao und Pflaume.',
      price: '1450',
      stock: 120,
      picture: 'bag',
      hue: 45,
      option: { name: 'Mahlung', values: ['Ganze Bohne', 'Siebträger'] },
    },
    {
      title: 'Coffee jar, airtight',
      description: 'Keeps half a kilo fresh for a month.',
      price: '2600',
      stock: 35,
      picture: 'jar',
      hue: 195,
    },
  ],
};

const person = (part: string, handle: string, name: string, more: Omit<Part, 'part' | 'handle' | 'name'>): Part => ({
  part,
  handle,
  name,
  ...more,
});

/** Somebody of the crowd: gives, buys perhaps, and says nothing of themselves. */
const fan = (nth: number, handle: string, name: string, more: Omit<Part, 'part' | 'handle' | 'name' | 'bio'>): Part =>
  person(`fan${nth}`, handle, name, { ...more, bio: '' });

export const CAST: readonly Part[] = [
  person('host', 'mira.sand', 'Mira Sand', {
    bio: 'Ceramics from Leipzig, thrown live. Keramik aus Leipzig, live gedreht.',
    locale: 'de',
    age: 38,
    look: [322, 43, 22],
    shop: pottery,
  }),
  person('watch', 'alex', 'Alex Winter', {
    bio: 'Just looking. Mostly.',
    locale: 'en',
    age: 31,
    coins: 200,
    buys: true,
    look: [255, 150, 60],
  }),
  person('create', 'jonas.runs', 'Jonas Kai', {
    bio: 'Running coach. Slow is smooth, smooth is fast. Laufcoach am Kanal.',
    locale: 'en',
    age: 34,
    look: [150, 230, 55],
    plan: {
      title: 'Long run, easy pace',
      about: 'Ten kilometres along the canal. Bring questions, not a stopwatch.',
      days: 2,
      at: '09:00',
    },
  }),
  person('sell', 'nordlicht', 'Henrik Nord', {
    bio: 'Linen from Hamburg. Leinen aus Hamburg.',
    locale: 'de',
    age: 47,
    look: [220, 250, 80],
    shop: linen,
  }),
  person('run', 'robin', 'Robin Amsel', {
    bio: 'Keeps the house.',
    locale: 'en',
    age: 42,
    roles: ['operator', 'moderator', 'finance'],
    look: [300, 280, 20],
  }),
  person('cook', 'leyla.kocht', 'Leyla Demir', {
    bio: 'Manti, Sauerteig und ein scharfes Messer. Cooks for twelve.',
    locale: 'de',
    age: 29,
    look: [20, 350, 15],
    plan: {
      title: 'Manti für zwölf',
      about: 'Teig, Füllung, Falten: wir kochen zusammen, Schritt für Schritt.',
      days: 1,
      at: '18:30',
    },
  }),
  person('comedian', 'fritz', 'Fritz Lachmann', {
    bio: 'Verkauft nichts. Never sells anything.',
    locale: 'de',
    age: 51,
    look: [100, 60, 90],
    plan: { title: 'Eine Stunde ohne Produkt', about: 'Neues Programm, alte Witze.', days: 3, at: '20:15' },
  }),
  person('teen', 'lio', 'Lio Berg', {
    bio: '16, Skateboard, Matheleistungskurs.',
    locale: 'de',
    age: 16,
    look: [180, 20, 50],
  }),
  person('collector', 'vera.holm', 'Vera Holm', {
    bio: 'Sammelt, was tickt und klickt. Collects what ticks and clicks.',
    locale: 'de',
    age: 63,
    look: [70, 330, 85],
  }),
  person('coffee', 'pia.wolff', 'Pia Wolff', {
    bio: 'Röstet Kaffee. Roasts coffee.',
    locale: 'de',
    age: 36,
    look: [40, 40, 30],
    plan: { title: 'Cupping: five beans, one table', about: 'Taste along, or just listen.', days: 4, at: '11:00' },
    shop: coffee,
  }),
  fan(1, 'hanna', 'Hanna Lorenz', { locale: 'de', age: 27, coins: 900, buys: true, look: [340, 200, 70] }),
  fan(2, 'tom.b', 'Tom Becker', { locale: 'de', age: 44, coins: 600, look: [200, 120, 40] }),
  fan(3, 'ines', 'Inês Costa', { locale: 'en', age: 33, coins: 1500, buys: true, look: [30, 320, 25] }),
  fan(4, 'yusuf', 'Yusuf Arslan', { locale: 'de', age: 24, coins: 700, buys: true, look: [120, 260, 20] }),
  fan(5, 'paul.e', 'Paul Ebert', { locale: 'en', age: 58, coins: 800, buys: true, look: [270, 90, 95] }),
];

/** Who follows whom when the demo opens: everybody but the shops' owners follows the host; some follow others. */
export const FOLLOWS: readonly (readonly [who: string, whom: string])[] = [
  ...CAST.filter(({ part }) => part !== 'host').map(({ part }) => [part, 'host'] as const),
  ['fan1', 'create'],
  ['fan2', 'create'],
  ['fan3', 'cook'],
  ['fan4', 'comedian'],
  ['fan5', 'comedian'],
  ['host', 'coffee'],
  ['teen', 'create'],
  ['cook', 'sell'],
];
