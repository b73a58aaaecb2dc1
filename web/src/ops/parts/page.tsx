import type { ReactNode } from "react";
import { cn } from "#web/ui/class-names.ts";

type DeskPageProps = {
  readonly title: ReactNode;
  /** Beside the title: what can be chosen here. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
};

/** A page of the desk, inside its frame. */
export function DeskPage({ title, tools, children, className }: DeskPageProps) {
  return (
    <main id="content" className={cn("flex min-w-0 flex-col gap-5 px-4 py-5 pb-16 lg:px-8 lg:py-6", className)}>
      <div className="flex min-h-10 flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <h1 className="text-xl font-medium">{title}</h1>
        {tools !== undefined && (
          // On a telephone in two columns, so that nothing wraps when a choice has got its words.
          <div className="flex flex-wrap items-center gap-3 max-sm:grid max-sm:w-full max-sm:grid-cols-2 max-sm:[&_select]:w-full">
            {tools}
          </div>
        )}
      </div>
      {children}
    </main>
  );
}

type SectionProps = {
  readonly title: ReactNode;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
};

/** A part of a page, under a small heading. */
export function Section({ title, tools, children, className }: SectionProps) {
  return (
    <section className={cn("flex min-w-0 flex-col gap-3", className)}>
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-3">
        <h2 className="text-sm font-medium">{title}</h2>
        {tools}
      </div>
      {children}
    </section>
  );
}

/** Names and what they stand for, in two columns. */
export function Facts({ facts, className }: FactsProps) {
  const shown = facts.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return (
    <dl className={cn("grid grid-cols-[auto_minmax(0,1fr)] content-start gap-x-5 gap-y-1.5 text-sm", className)}>
      {shown.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="figures min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

type FactsProps = {
  /** What is null or empty is left out. */
  readonly facts: readonly (readonly [string, ReactNode])[];
  readonly className?: string;
};
