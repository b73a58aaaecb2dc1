import { PlaceResult } from "@muse/contracts/checkout";
import { DemoError, type Answered, type Refused } from "./api.ts";
import { aligned, counted, type Told } from "./page.ts";
import type { Show } from "./show.ts";

export type Paid = { readonly kind: "declined" } | { readonly kind: "placing"; readonly result: PlaceResult };

/** An order as the place call and the session show it. */
export type ShownOrder = PlaceResult["orders"][number];

type Answer = Answered<PlaceResult> | Refused;

/** Presses the button, once or as often at once as asked for, and meets the bank's challenge where there is one. */
export async function pay(show: Show, sessionId: string, totalDisplay: string): Promise<Paid> {
  const { page, options, sandbox } = show;
  const often = options.concurrent === 1 ? "" : `, pressed ${options.concurrent} times at once`;
  const answer = await page.step(`Place orders: pay ${totalDisplay} once${often}`, () => press(show, sessionId));
  if (answer.kind === "answered") return { kind: "placing", result: answer.data };
  if (answer.code === "payment_declined") return { kind: "declined" };
  if (answer.code !== "payment_action_required")
    throw new DemoError(`placing was refused: ${answer.status} ${answer.code}: ${answer.message}`);

  const intentId = String(answer.details["clientSecret"]).split("_secret_")[0] ?? "";
  await page.step("The card's owner tells their bank that it is them", async () => {
    await sandbox.passChallenge(intentId);
    return { done: undefined, lines: [`3-D Secure passed for ${intentId}`] };
  });
  const again = await page.step("Place orders again: the same call goes on", () => press(show, sessionId));
  if (again.kind === "answered") return { kind: "placing", result: again.data };
  throw new DemoError(`after the challenge, placing was refused: ${again.status} ${again.code}: ${again.message}`);
}

async function press(show: Show, sessionId: string): Promise<Told<Answer>> {
  const request = `POST /api/v1/checkout/sessions/${sessionId}/place`;
  const timed = await Promise.all(
    Array.from({ length: show.options.concurrent }, async () => {
      const startedMs = performance.now();
      const answer: Answer = await show.visitor.ask(request, PlaceResult, {});
      return { answer, ms: performance.now() - startedMs };
    }),
  );
  const answers = timed.map(({ answer }) => answer);
  const [first] = answers;
  if (first === undefined) throw new DemoError("nothing was asked");
  const spread = timed.map(({ ms }) => ms);
  const lines = answerLines(first);
  if (answers.length === 1) return { done: first, lines };

  const different = new Set(answers.map(essence));
  const times = `${Math.min(...spread).toFixed(0)} to ${Math.max(...spread).toFixed(0)} ms`;
  const same = different.size === 1 ? "all the same answer" : `${different.size} different answers:`;
  const each = different.size === 1 ? [] : [...different].map((text) => `  ${text}`);
  if (different.size > 1)
    show.oddities.push(`${answers.length} place calls at once got ${different.size} different answers`);
  // The most telling answer goes on: one that was told of orders rather than one that was told to wait.
  const best = answers.find(({ kind }) => kind === "answered") ?? first;
  return { done: best, lines: [`${answers.length} answers in ${times}, ${same}`, ...each, ...answerLines(best)] };
}

/** What every caller must be told alike: which orders there are. How far each has come may differ by a moment. */
function essence(answer: Answer): string {
  if (answer.kind === "refused") return `${answer.status} ${answer.code}`;
  return `${answer.status} ${answer.data.orders.map(({ museOrderNumber }) => museOrderNumber).join(", ")}`;
}

function answerLines(answer: Answer): string[] {
  if (answer.kind === "refused") {
    const decline = answer.details["declineCode"];
    const why = typeof decline === "string" ? ` (${decline})` : "";
    return [`${answer.status} ${answer.code}${why}`, `“${answer.message}”`];
  }
  const { orders, summary, payment } = answer.data;
  const counts = `${summary.successfulOrders} placed, ${summary.pendingOrders} pending, ${summary.failedOrders} failed`;
  return [...orderLines(orders), `payment: ${payment}; ${counted(summary.totalOrders, "order")}: ${counts}`];
}

/** Each store's part as the shopper sees it. */
export function orderLines(orders: readonly ShownOrder[]): string[] {
  return orders.flatMap(({ museOrderNumber, storeName, storeOrderNumber, status, message }) => [
    aligned([
      [storeName, 16],
      [museOrderNumber, 20],
      [status, 10],
      [storeOrderNumber ?? "–", 16],
    ]),
    ...(message === null ? [] : [`  “${message}”`]),
  ]);
}
