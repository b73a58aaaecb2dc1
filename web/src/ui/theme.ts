/** `system` follows the device. */
export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const themeCookie = "muse_theme";

export function themeOf(chosen: string | undefined): Theme {
  return themes.find((theme) => theme === chosen) ?? "system";
}
