import { base } from "./api.js";

const routes = [];
let draw = () => {};

/** `/products/:id` → a view that is given its parts and the query. */
export function route(pattern, view) {
  const names = [...pattern.matchAll(/:(\w+)/g)].map(([, name]) => name);
  routes.push({ test: new RegExp(`^${pattern.replaceAll(/:\w+/g, "([^/]+)")}$`), names, view });
}

export function go(path, { replace = false } = {}) {
  history[replace ? "replaceState" : "pushState"]({}, "", base + path);
  scrollTo(0, 0);
  draw();
}

/** Draws the view of where we are, now and whenever that changes; links of ours never leave the page. */
export function startRouter(drawView) {
  draw = () => drawView(match());
  addEventListener("popstate", draw);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (link === null || link === undefined || event.metaKey || event.ctrlKey) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || !url.pathname.startsWith(`${base}/`)) return;
    event.preventDefault();
    go(url.pathname.slice(base.length) + url.search);
  });
  draw();
}

function match() {
  const path = location.pathname.slice(base.length) || "/";
  const query = Object.fromEntries(new URLSearchParams(location.search));
  for (const { test, names, view } of routes) {
    const found = test.exec(path);
    if (found === null) continue;
    const parts = Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1])]));
    return { view, parts, query };
  }
  return { view: null, parts: {}, query };
}
