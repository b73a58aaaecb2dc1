import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import NextLink from "next/link";
import type { ReactNode } from "react";
import { Wordmark } from "#web/ui/logo.tsx";
import { themeCookie, themeOf } from "#web/ui/theme.ts";
import type { Operator } from "../read-operator.ts";
import { DeskKeys } from "./desk-keys.tsx";
import { DeskNav } from "./desk-nav.tsx";
import { DeskSearch } from "./desk-search.tsx";
import { Live, LiveMark } from "./live.tsx";
import { OperatorProvider } from "./operator.tsx";
import { SessionOver } from "./session-over.tsx";

type DeskFrameProps = {
  readonly operator: Operator;
  /** Language and theme, which are the shop's. */
  readonly switches: (theme: ReturnType<typeof themeOf>) => ReactNode;
  readonly children: ReactNode;
};

/** The desk: its rooms at the side, search and standing above, and the page. */
export async function DeskFrame({ operator, switches, children }: DeskFrameProps) {
  const t = await getTranslations("ops");
  const theme = themeOf((await cookies()).get(themeCookie)?.value);
  return (
    <OperatorProvider operator={operator}>
      <Live>
        <DeskKeys />
        <SessionOver />
        <div className="flex min-h-dvh flex-col">
          <header className="border-b border-line">
            <div className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-2 lg:px-6">
              <NextLink href="/ops" className="flex min-h-10 items-center gap-2.5 rounded" aria-label={t("home")}>
                <Wordmark className="h-5" />
                <span className="border-l border-line pl-2.5 text-sm text-muted">{t("name")}</span>
              </NextLink>
              <div className="order-last w-full sm:order-none sm:w-88">
                <DeskSearch />
              </div>
              <div className="ml-auto flex items-center gap-4">
                <LiveMark />
                <span className="hidden text-sm text-muted md:inline">{operator.name}</span>
                {switches(theme)}
              </div>
            </div>
          </header>
          <div className="grid grow grid-cols-[minmax(0,1fr)] grid-rows-[auto_1fr] lg:grid-rows-1 lg:grid-cols-[12.5rem_minmax(0,1fr)]">
            <div className="border-b border-line px-2 py-1.5 lg:border-r lg:border-b-0 lg:px-3 lg:py-5">
              <DeskNav />
            </div>
            {children}
          </div>
        </div>
      </Live>
    </OperatorProvider>
  );
}
