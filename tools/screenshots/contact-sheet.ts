import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes `index.html` beside the pictures: a row for each page, its views beside each other. Answers where it is. */
export function writeContactSheet(folder: string): string {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(".png"))
    .sort();
  const names = [...new Set(files.map((file) => file.split(".")[0] ?? file))];
  const rows = names.map((name) => {
    const pictures = files.filter((file) => file.startsWith(`${name}.`)).map(picture);
    return `<section id="${name}"><h2>${name}</h2><div>${pictures.join("")}</div></section>`;
  });
  const index = names.map((name) => `<a href="#${name}">${name}</a>`).join(" ");
  const file = join(folder, "index.html");
  writeFileSync(file, page(index, rows.join("\n")));
  return file;
}

function picture(file: string): string {
  const view = file.split(".").slice(1, -1).join(" ");
  return `<figure><a href="${file}"><img loading="lazy" src="${file}" alt="${view}"></a><figcaption>${view}</figcaption></figure>`;
}

function page(index: string, rows: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Pages of the shop</title>
<style>
  body { font: 14px/1.5 system-ui, sans-serif; margin: 24px; color-scheme: light dark }
  nav { line-height: 2 }
  nav a { margin-right: 8px }
  section > div { display: flex; gap: 16px; overflow-x: auto; align-items: flex-start }
  figure { margin: 0; flex: none }
  img { height: 480px; max-width: 480px; object-fit: contain; object-position: top; border: 1px solid #8884 }
</style>
<nav>${index}</nav>
${rows}
</html>
`;
}
