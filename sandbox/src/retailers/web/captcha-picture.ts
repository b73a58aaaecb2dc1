/** Five letters, each put a little askew, under a few lines: easy for a person. */
export function drawCaptcha(letters: string): string {
  const drawn = letters.split("").map((letter, index) => {
    const turn = ((letter.charCodeAt(0) * (index + 3)) % 50) - 25;
    const x = 34 + index * 48;
    const y = 52 + ((letter.charCodeAt(0) * 7) % 14) - 7;
    return `<text x="${x}" y="${y}" transform="rotate(${turn} ${x} ${y})">${letter}</text>`;
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 270 80" width="270" height="80">` +
    `<rect width="270" height="80" fill="#eef0ee"/>` +
    `<g stroke="#8fa39a" stroke-width="2" fill="none"><path d="M0 20 Q90 70 270 30"/><path d="M0 62 Q120 10 270 66"/></g>` +
    `<g font-family="Georgia, serif" font-size="40" font-weight="700" fill="#35463e" text-anchor="middle">` +
    `${drawn.join("")}</g></svg>`
  );
}
