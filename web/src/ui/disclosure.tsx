import { Plus } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

type DisclosureProps = {
  readonly summary: ReactNode;
  readonly children: ReactNode;
  readonly isOpen?: boolean;
  readonly className?: string;
};

/** Folded away until it is wanted. The browser's own: it works before any script does, and find-in-page opens it. */
export function Disclosure({ summary, children, isOpen = false, className }: DisclosureProps) {
  return (
    <details open={isOpen} className={cn("group border-b border-line", className)}>
      <summary className="flex min-h-12 list-none items-center justify-between gap-4 py-3 text-sm font-medium [&::-webkit-details-marker]:hidden">
        {summary}
        <Plus aria-hidden="true" className="size-4 shrink-0 text-muted transition-transform group-open:rotate-45" />
      </summary>
      <div className="pb-5 text-sm text-muted">{children}</div>
    </details>
  );
}
