import 'uplot/dist/uPlot.min.css';

import uPlot from 'uplot';

const HEIGHT = 110;
const SECONDS_MIN = 60;
const CLOCK = new Intl.DateTimeFormat([], { timeStyle: 'medium' });

const clock = (seconds: number): string => CLOCK.format(seconds * 1000);

/** A line over time that is as wide as its place. It has the colours that the page has now. */
export class Chart {
  readonly #place: HTMLElement;
  readonly #unit: (value: number) => string;
  readonly #sizes = new ResizeObserver(() => this.#plot.setSize(this.#size()));
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)');
  readonly #redraw = (): void => {
    this.#plot.destroy();
    this.#plot = this.#make();
  };
  #data: uPlot.AlignedData = [[], []];
  #plot: uPlot;

  constructor(place: HTMLElement, unit: (value: number) => string) {
    this.#place = place;
    this.#unit = unit;
    this.#plot = this.#make();
    this.#sizes.observe(place);
    this.#scheme.addEventListener('change', this.#redraw);
  }

  show(times: number[], values: (number | null)[]): void {
    this.#data = [times, values];
    this.#plot.setData(this.#data);
  }

  close(): void {
    this.#sizes.disconnect();
    this.#scheme.removeEventListener('change', this.#redraw);
    this.#plot.destroy();
  }

  #size(): { width: number; height: number } {
    return { width: this.#place.clientWidth, height: HEIGHT };
  }

  #make(): uPlot {
    const accent = this.#colour('--accent');
    const axis = {
      stroke: this.#colour('--faint'),
      grid: { stroke: this.#colour('--line'), width: 1 },
      ticks: { show: false },
    };
    return new uPlot(
      {
        ...this.#size(),
        legend: { show: false },
        cursor: { show: false },
        scales: {
          x: { range: (_, first, last) => [Math.min(first, last - SECONDS_MIN), last] },
          y: { range: (_, __, max) => [0, Math.max(1, max * 1.15)] },
        },
        axes: [{ ...axis, space: 90, size: 26, values: (_, all) => all.map(clock) }, { ...axis, size: 62, space: 32, values: (_, all) => all.map((value) => this.#unit(value)) }],
        series: [{}, { stroke: accent, width: 2, fill: `color-mix(in srgb, ${accent} 12%, transparent)`, points: { show: false } }],
      },
      this.#data,
      this.#place,
    );
  }

  /** As the browser has worked it out, since a canvas does not know `light-dark()`. */
  #colour(name: string): string {
    const probe = document.createElement('span');
    probe.style.color = `var(${name})`;
    this.#place.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  }
}
