import { cn } from "#web/ui/class-names.ts";
import { type ParcelWay } from "./parcel-way.ts";
import { lineHeight, linePath, lineWidth, pointAt } from "./way-line.ts";

/** The way as a road on a map: what is behind it drawn firmly, what is ahead dotted, the parcel where it is. */
export function ParcelLine({ way }: { readonly way: ParcelWay }) {
  const { stations, position } = way;
  const count = stations.length;
  const parcel = pointAt(position, count);
  const isThere = position === count - 1;
  return (
    <svg viewBox={`0 0 ${lineWidth} ${lineHeight}`} fill="none" aria-hidden="true" className="block h-auto w-full">
      <Ground />
      <path d={linePath(0, count - 1, count)} className="stroke-edge" {...dotted} />
      <path d={linePath(0, position, count)} className="stroke-accent" strokeWidth="5" strokeLinecap="round" />
      {stations.map((station, index) => {
        const { x, y } = pointAt(index, count);
        const isPassed = index <= position;
        return (
          <circle
            key={`${index} ${station.place ?? ""}`}
            cx={x}
            cy={y}
            r={index === count - 1 ? 13 : 10}
            strokeWidth="4"
            className={cn(isPassed ? "fill-accent stroke-accent" : "fill-surface stroke-edge")}
          />
        );
      })}
      {!isThere && (
        <>
          <circle cx={parcel.x} cy={parcel.y} r="24" className="animate-breathe fill-accent opacity-20" />
          <circle cx={parcel.x} cy={parcel.y} r="12" strokeWidth="4" className="fill-accent stroke-surface" />
        </>
      )}
      {isThere && <Tick {...parcel} />}
    </svg>
  );
}

const dotted = { strokeWidth: 4, strokeLinecap: "round", strokeDasharray: "1 13" } as const;

/** Lines of height, barely there: it is a map and not a chart. */
function Ground() {
  return (
    <g className="stroke-line" strokeWidth="1.5">
      <path d="M-20 30C150 -10 260 70 420 34S700 -20 1020 40" />
      <path d="M-20 62C150 22 260 104 420 66S700 14 1020 74" />
      <path d="M-20 98C170 66 280 132 440 100S720 52 1020 108" />
    </g>
  );
}

function Tick({ x, y }: { readonly x: number; readonly y: number }) {
  return (
    <path
      d={`M${x - 5.5} ${y + 0.5}l4 4 7.5 -8`}
      strokeWidth="3"
      strokeLinecap="round"
      strokeLinejoin="round"
      className="stroke-on-accent"
    />
  );
}
