"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { choiceLastsS } from "#web/i18n/locale.ts";
import { cn } from "#web/ui/class-names.ts";
import { keepChoice } from "#web/ui/keep-choice.ts";
import { themeCookie, themes, type Theme } from "#web/ui/theme.ts";

const icons = { system: Monitor, light: Sun, dark: Moon } as const;

/** Light, dark, or as the device: three small choices in a row. */
export function ThemeSwitch({ initial, className }: { readonly initial: Theme; readonly className?: string }) {
  const t = useTranslations("shell.theme");
  const [chosen, setChosen] = useState(initial);
  const choose = (theme: Theme): void => {
    setChosen(theme);
    keepChoice(themeCookie, theme, choiceLastsS);
    if (theme === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
  };
  return (
    <fieldset className={cn("flex items-center rounded-full border border-line p-0.5", className)}>
      <legend className="sr-only">{t("label")}</legend>
      {themes.map((theme) => {
        const Icon = icons[theme];
        return (
          <label
            key={theme}
            title={t(theme)}
            className="touch grid size-8 place-items-center rounded-full text-muted transition-colors hover:text-ink has-checked:bg-sunken has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-focus"
          >
            <input
              type="radio"
              name="theme"
              value={theme}
              checked={theme === chosen}
              onChange={() => choose(theme)}
              className="sr-only"
            />
            <Icon aria-hidden="true" className="size-4" />
            <span className="sr-only">{t(theme)}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
