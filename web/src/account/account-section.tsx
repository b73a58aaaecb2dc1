import { useId, type ReactNode } from "react";

type AccountSectionProps = { readonly title: string; readonly body: string; readonly children: ReactNode };

/** One matter of the account: what it is on the left, what there is to do on the right. */
export function AccountSection({ title, body, children }: AccountSectionProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid gap-x-16 gap-y-5 border-t border-line py-8 sm:py-10 grid-cols-1 lg:grid-cols-[18rem_minmax(0,1fr)]"
    >
      <header className="flex flex-col gap-1">
        <h2 id={id} className="text-lg font-medium">
          {title}
        </h2>
        <p className="text-sm text-muted">{body}</p>
      </header>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
