/** A line that is in both, or only in the old or the new text. */
export interface Line {
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
}

const CELLS_MAX = 4_000_000;

/** In JSON a comma at the end of a line says only that there is another one. */
const isSame = (one: string | undefined, other: string | undefined): boolean =>
  one?.replace(/,$/, '') === other?.replace(/,$/, '');

/** How one text becomes the other, by the longest common run of lines. */
export function diff(old: string, fresh: string): Line[] {
  const from = old.split('\n');
  const to = fresh.split('\n');
  let start = 0;
  while (start < from.length && start < to.length && isSame(from[start], to[start])) {
    start++;
  }
  let end = 0;
  while (end < from.length - start && end < to.length - start && isSame(from.at(-1 - end), to.at(-1 - end))) {
    end++;
  }
  return [
    ...to.slice(0, start).map(line(' ')),
    ...middle(from.slice(start, from.length - end), to.slice(start, to.length - end)),
    ...to.slice(to.length - end).map(line(' ')),
  ];
}

const line = (mark: Line['mark']) => (text: string): Line => ({ mark, text });

function middle(from: string[], to: string[]): Line[] {
  if (from.length * to.length > CELLS_MAX) {
    return [...from.map(line('-')), ...to.map(line('+'))];
  }
  const common = commonLengths(from, to);
  const lines: Line[] = [];
  let i = 0;
  let j = 0;
  while (i < from.length || j < to.length) {
    if (i < from.length && j < to.length && isSame(from[i], to[j])) {
      lines.push({ mark: ' ', text: to[j++]! });
      i++;
    } else if (j >= to.length || (i < from.length && common[i + 1]![j]! >= common[i]![j + 1]!)) {
      lines.push({ mark: '-', text: from[i++]! });
    } else {
      lines.push({ mark: '+', text: to[j++]! });
    }
  }
  return lines;
}

/** For each pair of places, how many lines the rests behind them have in common. */
function commonLengths(from: string[], to: string[]): Uint32Array[] {
  const table = Array.from({ length: from.length + 1 }, () => new Uint32Array(to.length + 1));
  for (let i = from.length - 1; i >= 0; i--) {
    for (let j = to.length - 1; j >= 0; j--) {
      table[i]![j] =
        isSame(from[i], to[j]) ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
    }
  }
  return table;
}
