import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

type EmptyStateProps = {
  readonly title: ReactNode;
  readonly children?: ReactNode;
  /** The way on. */
  readonly action?: ReactNode;
  /** It is all that the page says: its title is the page's. */
  readonly isPage?: boolean;
  readonly className?: string;
};

/** Nothing is here, why, and where to go instead. */
export function EmptyState({ title, children, action, isPage = false, className }: EmptyStateProps) {
  const Heading = isPage ? "h1" : "h2";
  return (
    <div className={cn("flex flex-col items-start gap-3 border-t border-line py-12", className)}>
      <Heading className="text-xl font-medium">{title}</Heading>
      {children !== undefined && <div className="max-w-prose text-muted">{children}</div>}
      {action !== undefined && <div className="mt-3 flex flex-wrap gap-3">{action}</div>}
    </div>
  );
}
