type Json = unknown;
type Item = Record<string, Json>;

/** Surrogates stand behind the rest of the basic plane, as their code points do. */
const weight = (unit: number): number =>
  unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800;

/** Of a text with more than 256 bytes its first 256 characters count, up to a U+0000. */
const beginning = (text: string): string =>
  text.length > 85 && new TextEncoder().encode(text.slice(0, 257)).length > 256
    ? [...text.slice(0, 512)].slice(0, 256).join('').split('\0')[0]!
    : text;

/** By code point, as the server does it; JavaScript compares UTF-16 units. */
function compareTexts(one: string, other: string): number {
  const end = Math.min(one.length, other.length);
  for (let i = 0; i < end; i++) {
    const difference = weight(one.charCodeAt(i)) - weight(other.charCodeAt(i));
    if (difference) {
      return difference;
    }
  }
  return one.length - other.length;
}

/** Null and what is missing, then booleans and numbers, then all else as text. */
function rank(value: Json): [number, number, string] {
  return value == null
    ? [0, 0, '']
    : typeof value === 'number' || typeof value === 'boolean'
      ? [1, +value, '']
      : [2, 0, beginning(typeof value === 'string' ? value : JSON.stringify(value))];
}

function compareValues(one: Json, other: Json): number {
  const [a, b] = [rank(one), rank(other)];
  return a[0] - b[0] || a[1] - b[1] || compareTexts(a[2], b[2]);
}

const member = (item: Json, path: string[]): Json =>
  path.reduce(
    (value: any, name) => (value && typeof value === 'object' ? value[name] : null),
    item,
  );

/** The order of a list, from the `sort` of its URL: by id where it says nothing. */
export function orderOf(sort: string | null): (one: Item, other: Item) => number {
  const terms = (sort || 'id').split(',').map((term) => {
    const down = term.startsWith('-');
    return { sign: down ? -1 : 1, path: term.slice(+down).split('.') };
  });
  // What is the same in all of them stands in the order of ids, in the direction of the last one.
  terms.push({ sign: terms.at(-1)!.sign, path: ['id'] });
  return (one, other) => {
    for (const { sign, path } of terms) {
      const difference = compareValues(member(one, path), member(other, path));
      if (difference) {
        return sign * difference;
      }
    }
    return 0;
  };
}
