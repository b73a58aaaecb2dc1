"use client";

import { useLinkStatus } from "next/link";
import type { ReactNode } from "react";
import { cn } from "#web/ui/class-names.ts";
import { Spinner } from "#web/ui/spinner.tsx";

type PendingMarkProps = { readonly children?: ReactNode; readonly className?: string };

/**
 * Inside a link: its mark, and a turning one while what it leads to is on its way. Whatever shall wait with it looks
 * for `data-pending`.
 */
export function PendingMark({ children, className }: PendingMarkProps) {
  const { pending } = useLinkStatus();
  return (
    <span data-pending={pending || undefined} className={cn("grid size-4 shrink-0 place-items-center", className)}>
      {pending ? <Spinner className="size-3.5" /> : children}
    </span>
  );
}
