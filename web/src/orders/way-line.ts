/** The drawing's own measure; it is stretched to the width there is. */
export const lineWidth = 1000;
export const lineHeight = 120;

/** Room for the outer stations' circles. */
const marginX = 60;
const middleY = lineHeight / 2;
const swingY = 26;

type Point = { readonly x: number; readonly y: number };

/** Where a position lies on a way of so many stations: a road that swings a little, as roads do. */
export function pointAt(position: number, stationCount: number): Point {
  const share = stationCount <= 1 ? 0 : position / (stationCount - 1);
  return {
    x: marginX + share * (lineWidth - 2 * marginX),
    y: middleY - swingY * Math.sin(share * Math.PI * 2),
  };
}

/** Fine enough that no corner is seen. */
const stepsPerLeg = 24;

/** An SVG path along the way from one position to another; empty where there is none. */
export function linePath(from: number, to: number, stationCount: number): string {
  if (to <= from) return "";
  const steps = Math.max(2, Math.ceil((to - from) * stepsPerLeg));
  const points = Array.from({ length: steps + 1 }, (_, step) =>
    pointAt(from + ((to - from) * step) / steps, stationCount),
  );
  return `M${points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`;
}
