/** What `/metrics` says, each figure by its name with its labels, as it stands there. */
export type Figures = ReadonlyMap<string, number>;

export function parse(text: string): Figures {
  const figures = new Map<string, number>();
  for (const line of text.split('\n')) {
    const space = line.lastIndexOf(' ');
    if (space > 0 && !line.startsWith('#')) {
      figures.set(line.slice(0, space), Number(line.slice(space + 1)));
    }
  }
  return figures;
}

/** The sum of a figure over all of its labels that have this in them. */
export function sum(figures: Figures, name: string, label = ''): number {
  let all = 0;
  for (const [key, value] of figures) {
    if ((key === name || key.startsWith(`${name}{`)) && key.includes(label)) {
      all += value;
    }
  }
  return all;
}

/** The text of a label of a figure that has only texts to tell. */
export function labelOf(figures: Figures, name: string, label: string): string {
  const key = [...figures.keys()].find((each) => each.startsWith(`${name}{`)) ?? '';
  return new RegExp(`${label}="([^"]*)"`).exec(key)?.[1] ?? '';
}
