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

/** A path through the values from left to right; where there is none it breaks off, and a lone one is a dot. */
export function pathOf(values: readonly (number | null)[], top: number): string {
  const width = values.length > 1 ? chartWidth / (values.length - 1) : 0;
  const parts = values.map((value, index) => {
    if (value === null) return "";
    const at = `${round(index * width)} ${round(chartHeight - (Math.min(value, top) / top) * chartHeight)}`;
    const isFirst = (values[index - 1] ?? null) === null;
    const isAlone = isFirst && (values[index + 1] ?? null) === null;
    // A line of no length with round ends is a dot that no stretching distorts.
    return isFirst ? `M${at}${isAlone ? "h0.01" : ""}` : `L${at}`;
  });
  return parts.join("");
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
