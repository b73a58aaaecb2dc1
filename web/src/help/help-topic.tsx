import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "#web/ui/class-names.ts";
import { Link, QuietLink } from "#web/ui/link.tsx";
import { topicNames, topics, type Topic } from "./topics.ts";

/** One topic, and the way to the others. */
export function HelpTopic({ topic }: { readonly topic: Topic }) {
  const t = useTranslations("help");
  return (
    <div className="grid gap-x-16 gap-y-12 grid-cols-1 lg:grid-cols-[13rem_minmax(0,44rem)] xl:gap-x-24">
      <nav aria-label={t("all")} className="order-last border-t border-line pt-8 lg:order-first lg:border-0 lg:pt-2">
        <ul className="flex flex-col gap-1 text-sm">
          <li>
            <TopicLink href="/help">{t("all")}</TopicLink>
          </li>
          {topicNames.map((name) => (
            <li key={name}>
              <TopicLink href={`/help/${name}`} isCurrent={name === topic}>
                {t(`topics.${name}.title`)}
              </TopicLink>
            </li>
          ))}
        </ul>
      </nav>
      <article className="flex flex-col gap-4">
        <h1 className="text-2xl font-medium tracking-[-0.015em]">{t(`topics.${topic}.title`)}</h1>
        <p className="text-lg text-muted">{t(`topics.${topic}.lead`)}</p>
        <div className="mt-6 divide-y divide-line border-t border-line">
          {topics[topic].map((section) => (
            <section key={section} className="flex flex-col gap-2 py-7">
              <h2 className="text-lg font-medium">{t(`sections.${section}.title`)}</h2>
              <p className="max-w-prose">{t.rich(`sections.${section}.body`, places)}</p>
            </section>
          ))}
        </div>
      </article>
    </div>
  );
}

/** Where the words' links lead. */
const places = {
  orders: (words: ReactNode) => (
    <Link href="/orders" prefetch={false}>
      {words}
    </Link>
  ),
  account: (words: ReactNode) => (
    <Link href="/account" prefetch={false}>
      {words}
    </Link>
  ),
};

type TopicLinkProps = { readonly href: string; readonly isCurrent?: boolean; readonly children: ReactNode };

function TopicLink({ href, isCurrent = false, children }: TopicLinkProps) {
  return (
    <QuietLink
      href={href}
      aria-current={isCurrent ? "page" : undefined}
      className={cn(
        "flex min-h-9 items-center max-lg:min-h-11",
        isCurrent ? "font-medium" : "text-muted hover:text-ink",
      )}
    >
      {children}
    </QuietLink>
  );
}
