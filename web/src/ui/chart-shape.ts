/** The drawing's own units; it is stretched to whatever room there is. */
export const chartWidth = 600;
export const chartHeight = 160;

/** The top of the scale: the next round number above everything that is drawn, or `least`. */
export function scaleTop(values: readonly (number | null)[], least: number): number {
  const most = Math.max(least, ...values.map((value) => value ?? 0));
  if (most <= 0) return 1;
  const step = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 2.5, 5, 10].map((round) => round * step).find((round) => round >= most) ?? most;
}

/** A path through the values from left to right; where there is none it breaks off. */
export function pathOf(values: readonly (number | null)[], top: number): string {
  return values
    .map((value, index) => {
      if (value === null) return "";
      return `${(values[index - 1] ?? null) === null ? "M" : "L"}${placeOf(values, index, top)}`;
    })
    .join("");
}

/** The values that no line leads to or from: lines of no length, whose round ends no stretching distorts. */
export function dotsOf(values: readonly (number | null)[], top: number): string {
  return values
    .map((value, index) => {
      const isAlone = (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
      return value !== null && isAlone ? `M${placeOf(values, index, top)}h0.01` : "";
    })
    .join("");
}

function placeOf(values: readonly (number | null)[], index: number, top: number): string {
  const width = values.length > 1 ? chartWidth / (values.length - 1) : 0;
  const height = (Math.min(values[index] ?? 0, top) / top) * chartHeight;
  return `${round(index * width)} ${round(chartHeight - height)}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
