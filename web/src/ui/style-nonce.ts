/**
 * What locks the page's scrolling behind a dialog writes a <style> element, which the page's policy lets in with its
 * nonce alone. The library looks for it under this name; the page's own scripts carry it.
 */
declare global {
  var __webpack_nonce__: string | undefined;
}

if (typeof document !== "undefined") {
  globalThis.__webpack_nonce__ = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
}

export {};
