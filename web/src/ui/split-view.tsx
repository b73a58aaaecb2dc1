import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

type SplitViewProps = {
  readonly children: ReactNode;
  /** What stays in sight beside it: what is decided, or a sum. */
  readonly aside: ReactNode;
  readonly asideLabel: string;
  readonly className?: string;
};

/** Work, and beside it what is done with it. Where there is no room for two, the one comes under the other. */
export function SplitView({ children, aside, asideLabel, className }: SplitViewProps) {
  return (
    <div className={cn("grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_23rem] xl:gap-8", className)}>
      <div className="flex min-w-0 flex-col gap-6">{children}</div>
      <aside
        aria-label={asideLabel}
        className="flex min-w-0 flex-col gap-4 xl:sticky xl:top-4 xl:max-h-[calc(100dvh-2rem)] xl:overflow-y-auto"
      >
        {aside}
      </aside>
    </div>
  );
}
