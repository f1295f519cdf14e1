/** Arrays as PostgreSQL reads them: for `unnest`, several times as fast as pg's own conversion of long arrays. */

const PLAIN = /^[\w.:+-]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const CONTROL = /[\u0000-\u001f]/;

type Value = string | bigint | number | Date | null | undefined;

function element(value: Value): string {
  if (value === null || value === undefined) return 'NULL';
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'string') return value.toString();
  if (PLAIN.test(value) && (value.length !== 4 || value.toUpperCase() !== 'NULL')) return value;
  // JSON quotes as PostgreSQL does, much faster; but PostgreSQL would not read its escapes of control characters.
  return CONTROL.test(value) || !value.isWellFormed() ? `"${value.replace(/[\\"]/g, '\\$&')}"` : JSON.stringify(value);
}

/** `{a,b,NULL}`: one column of many rows as one parameter. */
export function sqlArray<T>(rows: readonly T[], column: (row: T) => Value): string {
  let text = '';
  // Many columns say the same in every row (a time, a code): they are written out once.
  let last: Value;
  let written = 'NULL';
  for (const row of rows) {
    const value = column(row);
    if (value !== last) {
      written = element(value);
      last = value;
    }
    text += text === '' ? written : `,${written}`;
  }
  return `{${text}}`;
}
