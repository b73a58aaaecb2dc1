import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

type EmptyStateProps = {
  readonly title: ReactNode;
  readonly children?: ReactNode;
  /** The way on. */
  readonly action?: ReactNode;
  readonly className?: string;
};

/** Nothing is here, why, and where to go instead. */
export function EmptyState({ title, children, action, className }: EmptyStateProps) {
  return (
    <div className={cn("flex flex-col items-start gap-3 border-t border-line py-12", className)}>
      <h2 className="text-xl font-medium">{title}</h2>
      {children !== undefined && <div className="max-w-prose text-muted">{children}</div>}
      {action !== undefined && <div className="mt-3 flex flex-wrap gap-3">{action}</div>}
    </div>
  );
}
