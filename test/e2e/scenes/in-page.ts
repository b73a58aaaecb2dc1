/** What runs inside the page. Written as text: this program's types know of no document. */

/** Before the page's own scripts. Movement within half a second of a touch or a key is its answer, and not counted. */
export const countShifts = `
  globalThis.layoutShift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.layoutShift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });`;

export const readShifts = `globalThis.layoutShift ?? 0`;

/** What stands in for things that are still on their way. */
export const standIns = "main .animate-breathe.bg-sunken";

/** Until fonts and the pictures in sight are there and drawn; three seconds at most. */
export const untilDrawn = `(async () => {
  const late = new Promise((settled) => setTimeout(settled, 3000));
  const isMissing = (picture) => !picture.complete && picture.getBoundingClientRect().top < innerHeight;
  const pictures = [...document.images].filter(isMissing).map((picture) => picture.decode().catch(() => undefined));
  await Promise.race([late, Promise.all([document.fonts.ready, ...pictures])]);
  await new Promise((settled) => requestAnimationFrame(() => requestAnimationFrame(settled)));
})()`;

/** How high the whole page is; null where something lies over it that goes with the window. */
export const heightOfPage = `
  document.querySelector("[role=dialog], [role=alertdialog]") === null ? document.documentElement.scrollHeight : null`;

/** What a page says of itself and shows; its shape is that of the test which reads it. */
export const readPage = `(() => {
  const meta = (name) => document.querySelector('meta[name="' + name + '"]')?.content ?? "";
  const isForeign = (element) => element.closest("[lang]") !== document.documentElement;
  const words = new Set();
  const take = (text) => {
    const trimmed = (text ?? "").replaceAll(/\\s+/g, " ").trim();
    if (trimmed !== "") words.add(trimmed);
  };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) {
      const parent = node.parentElement;
      if (parent !== null && !["SCRIPT", "STYLE"].includes(parent.tagName) && !isForeign(parent)) take(node.data);
    } else if (!isForeign(node)) {
      for (const name of ["aria-label", "placeholder", "title", "alt"]) take(node.getAttribute(name));
    }
  }
  take(document.title.replace(/ — Muse$/, ""));
  return {
    lang: document.documentElement.lang,
    title: document.title,
    description: meta("description"),
    robots: meta("robots"),
    headings: document.querySelectorAll("h1").length,
    mains: [...document.querySelectorAll("main")].map((main) => main.id),
    words: [...words],
    jsonLd: [...document.querySelectorAll('script[type="application/ld+json"]')].map((script) => script.textContent),
  };
})()`;

/** Where the page's links lead within the shop; and those that lead to a place in this page which is not there. */
export const linksOfPage = `(() => {
  const anchors = [...document.querySelectorAll("a[href]")];
  const isHere = (anchor) => anchor.origin === location.origin;
  const isWithin = (anchor) => anchor.getAttribute("href").startsWith("#");
  return {
    links: [...new Set(anchors.filter((a) => isHere(a) && !isWithin(a)).map((a) => a.pathname + a.search))],
    lost: anchors.filter(isWithin).map((a) => a.hash.slice(1)).filter((id) => document.getElementById(id) === null),
  };
})()`;
