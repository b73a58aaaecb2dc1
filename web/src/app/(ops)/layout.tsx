import type { ReactNode } from "react";
import { Words } from "#web/i18n/words.tsx";
import { DeskFrame } from "#web/ops/frame/desk-frame.tsx";
import { SecondFactorMissing } from "#web/ops/frame/second-factor-missing.tsx";
import { readVisitor } from "#web/ops/read-operator.ts";
import { ShopFrame } from "#web/shell/frame.tsx";
import { LocaleSwitch } from "#web/shell/locale-switch.tsx";
import { ThemeSwitch } from "#web/shell/theme-switch.tsx";

/** The desk around its pages, for those whose desk it is; to everybody else the shop says what it says of any page. */
export default async function OpsLayout({ children }: { readonly children: ReactNode }) {
  const visitor = await readVisitor();
  if (visitor.kind === "second_factor_missing") {
    return (
      <ShopFrame>
        <SecondFactorMissing />
      </ShopFrame>
    );
  }
  if (visitor.kind !== "operator") return <ShopFrame>{children}</ShopFrame>;
  return (
    <Words of={["ops", "money", "alerts", "sellers", "refundAccount"]}>
      <DeskFrame
        operator={visitor.operator}
        switches={(theme) => (
          <>
            <LocaleSwitch className="min-h-10" />
            <ThemeSwitch initial={theme} className="hidden sm:flex" />
          </>
        )}
      >
        {children}
      </DeskFrame>
    </Words>
  );
}
