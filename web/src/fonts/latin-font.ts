import localFont from "next/font/local";

/**
 * Latin letters, asked for with the page's first bytes, and until they are here in Arial at their size: nothing moves
 * when they come. The style sheet of the package itself has the rarer ones.
 */
export const latinFont = localFont({
  src: "../../../node_modules/@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2",
  weight: "400 700",
  display: "swap",
  variable: "--font-latin",
});
