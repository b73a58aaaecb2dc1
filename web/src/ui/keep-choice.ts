"use client";

/** Keeps a choice in a cookie, so that the server draws the next page with it and nothing flashes. */
export function keepChoice(name: string, value: string, lastsS: number): void {
  const secure = window.location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${lastsS}; samesite=lax${secure}`;
}
