/** Requests made from the OpenAPI document: one that has the expected shape, and those that break it in one place. */

export interface Shape {
  type?: string | string[];
  properties?: Record<string, Shape>;
  required?: string[];
  items?: Shape;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Shape[];
  oneOf?: Shape[];
  allOf?: Shape[];
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  default?: unknown;
}

const SUFFIX = '01h455vb4pex5vsknk084sn02q';

/** A value that has the shape. */
export function sampleOf(shape: Shape): unknown {
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return shape.enum[0];
  const [first] = shape.anyOf ?? shape.oneOf ?? shape.allOf ?? [];
  if (first) return sampleOf(first);
  const type = Array.isArray(shape.type) ? shape.type[0] : shape.type;
  if (type === 'object') {
    const needed = shape.required ?? [];
    return Object.fromEntries(needed.map((name) => [name, sampleOf(shape.properties?.[name] ?? {})]));
  }
  if (type === 'array') return Array.from({ length: shape.minItems ?? 0 }, () => sampleOf(shape.items ?? {}));
  if (type === 'integer' || type === 'number') return Math.max(shape.minimum ?? 1, (shape.exclusiveMinimum ?? 0) + 1);
  if (type === 'boolean') return true;
  return textOf(shape);
}

const PATTERNS: [RegExp, (found: RegExpExecArray) => string][] = [
  [/^\^([a-z]+)_\[0-7\]/, ([, prefix]) => `${prefix}_${SUFFIX}`],
  [/^\^\(([a-z]+)(\|[a-z]+)*\)_\[0-7\]/, ([, prefix]) => `${prefix}_${SUFFIX}`],
  [/\[1-9\]\[0-9\]/, () => '10'],
  [/\[A-Z\]\{3\}/, () => 'EUR'],
  [/\[A-Z\]\{2\}/, () => 'DE'],
];

function textOf({ pattern, format, minLength, maxLength }: Shape): string {
  if (format === 'date') return '1990-01-01';
  if (format === 'date-time') return '2026-01-01T00:00:00.000Z';
  if (format === 'email') return 'someone@example.org';
  if (format === 'uri') return 'https://example.org/';
  for (const [known, make] of PATTERNS) {
    const found = pattern === undefined ? null : known.exec(pattern);
    if (found) return make(found);
  }
  return 'abcdefghijkl'.padEnd(minLength ?? 0, 'm').slice(0, maxLength ?? 100);
}

export interface Broken {
  /** What is wrong with it, for the reader of a failed test. */
  what: string;
  body: unknown;
}

/** Values that no shape of this type allows. */
function wrongFor(shape: Shape): [string, unknown][] {
  const types = [shape.type ?? []].flat();
  if (shape.anyOf || shape.oneOf || shape.allOf || (types.length === 0 && !shape.enum)) return [];
  const wrong: [string, unknown][] = [];
  const may = (type: string) => types.includes(type);
  if (!may('object')) wrong.push(['an object', { $gt: '' }]);
  if (!may('array')) wrong.push(['an array', [['x']]]);
  if (!may('string')) wrong.push(['a text', 'text']);
  if (!may('number') && !may('integer')) wrong.push(['a number', 5]);
  if (!may('null')) wrong.push(['null', null]);
  if (may('integer') || may('number')) {
    wrong.push(['2^53', 2 ** 53], ['a fraction', 1.5], ['1e308', 1e308]);
    if ((shape.minimum ?? shape.exclusiveMinimum ?? -1) >= 0) wrong.push(['a negative number', -1]);
    if (shape.maximum !== undefined) wrong.push(['one too large', shape.maximum + 1]);
  }
  if (may('string') && !shape.enum) {
    wrong.push(['NUL', `ab\u0000cd`], ['a lone surrogate', 'ab\ud800cd']);
    if (shape.maxLength !== undefined) wrong.push(['too long', 'x'.repeat(shape.maxLength + 1)]);
    if (shape.pattern !== undefined) wrong.push(['another form', '-1'], ['a script', '<script>alert(1)</script>']);
  }
  if (shape.enum) wrong.push(['an unknown choice', 'no such choice']);
  if (may('array') && shape.maxItems !== undefined) {
    const item = sampleOf(shape.items ?? {});
    wrong.push(['too many', Array.from({ length: shape.maxItems + 1 }, () => item)]);
  }
  return wrong;
}

/** The same request with one thing wrong, for every property of its body. */
export function brokenBodies(shape: Shape): Broken[] {
  const good = sampleOf(shape) as Record<string, unknown>;
  const broken: Broken[] = [
    { what: 'no body', body: undefined },
    { what: 'a list as body', body: [good] },
    { what: 'a text as body', body: 'text' },
    { what: 'nested deeply', body: { ...good, deep: nest(60) } },
  ];
  for (const name of shape.required ?? []) {
    const { [name]: _, ...rest } = good;
    if (shape.properties?.[name]?.default === undefined) broken.push({ what: `without ${name}`, body: rest });
  }
  for (const [name, property] of Object.entries(shape.properties ?? {})) {
    for (const [what, value] of wrongFor(property)) {
      broken.push({ what: `${name}: ${what}`, body: { ...good, [name]: value } });
    }
    if (property.type !== 'object' || property.properties === undefined) continue;
    for (const inner of brokenBodies(property).slice(4)) {
      broken.push({ what: `${name}.${inner.what}`, body: { ...good, [name]: inner.body } });
    }
  }
  return broken;
}

const nest = (levels: number): unknown => (levels === 0 ? 1 : { in: nest(levels - 1) });

/** The parameters of a query, one of them wrong. */
export function brokenQueries(parameters: { name: string; schema: Shape; required?: boolean }[]): Broken[] {
  return parameters.flatMap(({ name, schema }) => {
    const types = [schema.type ?? []].flat();
    const wrong: string[] = [];
    if (schema.enum) wrong.push('no such choice');
    if (types.includes('integer') || types.includes('number')) wrong.push('x', '-1', '1e9', '1.5', '');
    if (name === 'after') wrong.push('garbage', 'W10.x', 'e30.AAAAAAAAAAAAAAAA');
    if (schema.maxLength !== undefined) wrong.push('x'.repeat(schema.maxLength + 1));
    if (types.includes('string')) wrong.push('%00');
    return wrong.map((value) => ({ what: `?${name}=${value.slice(0, 30)}`, body: `${name}=${value}` }));
  });
}
