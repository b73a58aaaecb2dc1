import type { Appearance, FontSource } from "../shared/messages.ts";

type Palette = Readonly<Record<string, string>>;

/** https://docs.stripe.com/elements/appearance-api: the themes as variables, which the page's own are laid over. */
const light: Palette = {
  colorPrimary: "#0570de",
  colorBackground: "#ffffff",
  colorText: "#30313d",
  colorTextSecondary: "#5c5f6a",
  colorTextPlaceholder: "#757680",
  colorDanger: "#df1b41",
  colorSuccess: "#1a7f37",
  inputColorBorder: "#d5d9e0",
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans KR', sans-serif",
  fontSizeBase: "16px",
  fontSizeSm: "14px",
  fontWeightNormal: "400",
  fontWeightMedium: "500",
  spacingUnit: "4px",
  borderRadius: "6px",
};
const themes: Readonly<Record<string, Palette>> = {
  stripe: light,
  flat: { ...light, inputColorBorder: "transparent", colorBackground: "#f1f3f5" },
  night: {
    ...light,
    colorPrimary: "#85d996",
    colorBackground: "#30313d",
    colorText: "#ffffff",
    colorTextSecondary: "#b6b8c3",
    colorTextPlaceholder: "#9fa1ad",
    colorDanger: "#fe87a1",
    colorSuccess: "#85d996",
    inputColorBorder: "#52535f",
  },
};
/** Older names that Stripe still reads. */
const aliases: Readonly<Record<string, string>> = {
  spacingGridRow: "gridRowSpacing",
  spacingGridColumn: "gridColumnSpacing",
};
/** What a page may restyle by `rules`; other selectors are ignored, as at Stripe. */
const selectorAllowed =
  /^\.(Input|Label|Error|Block|Tab)(--[a-z]+)?(::?[a-z-]+)*(\s*,\s*\.(Input|Label|Error)(--[a-z]+)?(::?[a-z-]+)*)*$/;

/** Puts the page's appearance on the frame: variables as custom properties, rules as a style sheet of their own. */
export function applyAppearance(appearance: Appearance): void {
  const root = document.documentElement;
  const theme = themes[appearance.theme ?? "stripe"] ?? light;
  root.style.colorScheme = appearance.theme === "night" ? "dark" : "light";
  const given: Palette = { ...theme, ...appearance.variables };
  for (const [name, value] of Object.entries(given)) root.style.setProperty(`--${aliases[name] ?? name}`, value);
  document.adoptedStyleSheets = [sheetOf(appearance.rules ?? {})];
}

/** Loads the fonts that the page brought, so that the fields look like the page around them. */
export function loadFonts(fonts: readonly FontSource[]): void {
  for (const { cssSrc, family, src } of fonts) {
    if (cssSrc !== undefined && !isLinked(cssSrc)) {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = cssSrc;
      document.head.append(link);
    }
    if (family !== undefined && src !== undefined) {
      const face = new FontFace(family, src);
      document.fonts.add(face);
      // A font that cannot be had leaves the next one of the family list; there is nobody to tell.
      face.load().catch(() => undefined);
    }
  }
}

function sheetOf(rules: NonNullable<Appearance["rules"]>): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  for (const [selector, declarations] of Object.entries(rules)) {
    if (!selectorAllowed.test(selector)) continue;
    const rule = sheet.cssRules[sheet.insertRule(`${selector} {}`, sheet.cssRules.length)];
    if (!(rule instanceof CSSStyleRule)) continue;
    for (const [name, value] of Object.entries(declarations)) rule.style.setProperty(kebab(name), value);
  }
  return sheet;
}

function isLinked(href: string): boolean {
  return [...document.querySelectorAll("link")].some((link) => link.href === href);
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
