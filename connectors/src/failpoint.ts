import { unlinkSync } from "node:fs";
import { join } from "node:path";

/**
 * Where a program can be made to die, for what no proxy can cut: between two steps of one visit to a shop. In the order
 * in which an order comes to them.
 */
export const failpoints = {
  "browser.before_sign_in": "the browser is open, the shop has not been called",
  "browser.before_fence": "all is ready for the button, and nothing says so yet",
  "browser.after_fence": "the leave to press is committed, the button is not pressed",
  "browser.after_click": "the button is pressed, its answer is not read",
  "browser.after_confirmation": "the shop's number is read and not written down",
} as const;

export type Failpoint = keyof typeof failpoints;

let folder: string | null = null;

/** Arms the points of this process, as a program's config says (FAILPOINTS). Never in production. */
export function armFailpoints(markersFolder: string): void {
  folder = markersFolder;
}

/**
 * Kills this process where a file of the point's name lies in the folder, and takes the file away first, so that the
 * process that comes after it lives. Without a folder, which is always outside of tests, it does nothing.
 */
export function failpoint(name: Failpoint): void {
  if (folder === null) return;
  try {
    unlinkSync(join(folder, name));
  } catch {
    return;
  }
  process.kill(process.pid, "SIGKILL");
}
