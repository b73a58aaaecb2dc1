import type { Appearance } from "@stripe/stripe-js";

/** The card fields' look, taken from this page's own colours as they are now, in light or dark. */
export function stripeLook(): Appearance {
  return {
    theme: "flat",
    variables: {
      colorPrimary: colorOf("--color-accent"),
      colorBackground: colorOf("--color-surface"),
      colorText: colorOf("--color-ink"),
      colorTextSecondary: colorOf("--color-muted"),
      colorDanger: colorOf("--color-bad"),
      fontFamily: "Instrument Sans, ui-sans-serif, system-ui, sans-serif",
      fontSizeBase: "17px",
      borderRadius: "12px",
    },
    rules: {
      ".Input": { border: `1px solid ${colorOf("--color-edge")}`, boxShadow: "none" },
      ".Input--invalid": { border: `1px solid ${colorOf("--color-bad")}` },
    },
  };
}

/** A token may be a pair for light and dark; what a browser computes from it is one colour. */
function colorOf(token: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${token})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
