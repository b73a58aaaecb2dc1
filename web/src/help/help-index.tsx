import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import NextLink from "next/link";
import { topicNames } from "./topics.ts";

/** The four things people ask about. */
export function HelpIndex() {
  const t = useTranslations("help");
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <h1 className="text-2xl font-medium tracking-[-0.015em]">{t("title")}</h1>
      <p className="max-w-[34em] text-lg text-muted">{t("lead")}</p>
      <ul className="mt-6 border-t border-line">
        {topicNames.map((topic) => (
          <li key={topic} className="group relative flex items-center justify-between gap-6 border-b border-line py-6">
            <div className="flex flex-col gap-1">
              <h2 className="text-lg font-medium">
                <NextLink
                  href={`/help/${topic}`}
                  className="rounded underline-offset-4 group-hover:underline group-hover:decoration-1 after:absolute after:inset-0"
                >
                  {t(`topics.${topic}.title`)}
                </NextLink>
              </h2>
              <p className="text-sm text-muted">{t(`topics.${topic}.lead`)}</p>
            </div>
            <ChevronRight aria-hidden="true" className="size-5 shrink-0 text-muted" />
          </li>
        ))}
      </ul>
    </div>
  );
}
