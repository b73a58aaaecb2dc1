"use client";

import type { AccountView } from "@muse/contracts/account";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { buttonLook } from "#web/ui/button-look.ts";
import { Button } from "#web/ui/button.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { ButtonLink } from "#web/ui/link.tsx";
import { Notice, Panel } from "#web/ui/panel.tsx";
import { Addresses } from "./addresses.tsx";
import { Devices } from "./devices.tsx";
import { Password } from "./password.tsx";
import { Profile } from "./profile.tsx";
import { SecondFactor } from "./second-factor.tsx";
import { useSignOut } from "./use-sign-out.ts";
import { YourData } from "./your-data.tsx";

/** Everything that is kept of somebody, to be seen and put right; of a guest, what there is. */
export function AccountPage({ account }: { readonly account: AccountView }) {
  const isPerson = account.kind === "person";
  const [isErased, setErased] = useState(false);
  if (isErased) return <Erased />;
  return (
    <div className="flex flex-col">
      {isPerson ? <PersonHead account={account} /> : <GuestHead />}
      {isPerson && <Profile account={account} />}
      <Addresses />
      {isPerson && (
        <>
          <Password />
          <SecondFactor />
          <Devices />
        </>
      )}
      <YourData isPerson={isPerson} onErased={() => setErased(true)} />
    </div>
  );
}

/** The way on is a link of the browser's own: with it goes whatever this page has read. */
function Erased() {
  const t = useTranslations("account.data");
  return (
    <EmptyState
      isPage
      title={t("erased")}
      action={
        <a href="/" className={buttonLook({})}>
          {t("toShop")}
        </a>
      }
    >
      <p>{t("erasedBody")}</p>
    </EmptyState>
  );
}

function PersonHead({ account }: { readonly account: AccountView }) {
  const t = useTranslations("account");
  const { signOut, isSigningOut } = useSignOut();
  const { name, needsSecondFactor } = account;
  return (
    <header className="flex flex-col gap-6 pb-10">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h1 className="text-2xl font-medium">
          {name === null || name === "" ? t("helloPlain") : t("hello", { name })}
        </h1>
        <div className="flex flex-wrap gap-3">
          <ButtonLink href="/orders" variant="secondary">
            {t("toOrders")}
          </ButtonLink>
          <ButtonLink href="/library" variant="secondary">
            {t("toLibrary")}
          </ButtonLink>
          <ButtonLink href="/sell" variant="ghost">
            {t("toSell")}
          </ButtonLink>
          <Button variant="ghost" onClick={() => signOut("/")} isBusy={isSigningOut}>
            {t("signOut")}
          </Button>
        </div>
      </div>
      {needsSecondFactor && <Notice tone="warn">{t("needsSecondFactor")}</Notice>}
    </header>
  );
}

function GuestHead() {
  const t = useTranslations("account");
  return (
    <div className="flex flex-col gap-6 pb-10">
      <h1 className="text-2xl font-medium">{t("guest.title")}</h1>
      <Panel className="flex flex-col items-start gap-5">
        <p className="max-w-prose text-muted">{t("guest.body")}</p>
        <div className="flex flex-wrap gap-3">
          <ButtonLink href="/sign-up">{t("guest.signUp")}</ButtonLink>
          <ButtonLink href="/sign-in" variant="secondary">
            {t("guest.signIn")}
          </ButtonLink>
          <ButtonLink href="/orders" variant="ghost">
            {t("toOrders")}
          </ButtonLink>
          <ButtonLink href="/library" variant="ghost">
            {t("toLibrary")}
          </ButtonLink>
        </div>
      </Panel>
    </div>
  );
}
