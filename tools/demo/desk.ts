import { AccountView } from "@muse/contracts/account";
import {
  ManualOrder,
  ManualOrderClaimed,
  ManualOrderInstructions,
  ManualOrders,
  ManualPlaced,
} from "@muse/contracts/placement";
import { DemoError, openClient, type Client, type Schema } from "./api.ts";
import { aligned } from "./page.ts";
import type { Show } from "./show.ts";
import { waitUntil } from "./wait-until.ts";

const operator = { email: "ops@muse.test", password: "muse-demo" };

/** An order goes to the desk when no program can place it, which is found out at once or after a try. */
const queuedMsMax = 60_000;

/** The part of a sign-in's answer that an app needs. */
const SignedIn: Schema<{ readonly token: string }> = {
  safeParse: (value) =>
    typeof value === "object" && value !== null && "token" in value && typeof value.token === "string"
      ? { success: true, data: { token: value.token } }
      : { success: false, error: { issues: [{ path: ["token"], message: "is missing" }] } },
};

/** A person at the desk does what no program can: takes the order, reads what to do, orders by hand, and says so. */
export async function placeAtDesk(show: Show, orderNumber: string): Promise<void> {
  const desk = await signIn(show);
  const task = await findInQueue(show, desk, orderNumber);
  await claim(show, desk, task);
  await readInstructions(show, desk, orderNumber);
  await place(show, desk, task);
}

async function signIn({ page, visitor, system, options, signal }: Show): Promise<Client> {
  return await page.step(`${operator.email} signs in at the desk`, async () => {
    // Not the visitor's browser: signing in there would make the visitor's cart and orders the operator's.
    const stranger = openClient({ apiUrl: system.apiUrl, language: options.language, signal });
    const { token } = await stranger.get("POST /api/auth/sign-in/email", SignedIn, operator);
    const desk = openClient({ apiUrl: system.apiUrl, language: options.language, signal, token });
    const { role, name } = await desk.get("GET /api/v1/account", AccountView);
    const refused = await visitor.ask("GET /api/v1/admin/manual-orders", ManualOrders);
    if (refused.kind === "answered") throw new DemoError("a visitor may read the desk's queue");
    return {
      done: desk,
      lines: [
        `${name ?? operator.email}, role ${role}`,
        `the visitor is refused there: ${refused.status} ${refused.code}`,
      ],
    };
  });
}

async function findInQueue({ page, signal }: Show, desk: Client, orderNumber: string): Promise<ManualOrder> {
  return await page.step("The order is in the queue", async () => {
    const { found } = await waitUntil({ what: `${orderNumber} at the desk`, msMax: queuedMsMax, signal }, async () => {
      const { orders } = await desk.get("GET /api/v1/admin/manual-orders?store=lumen-home&limit=100", ManualOrders);
      return orders.find(({ museOrderNumber }) => museOrderNumber === orderNumber);
    });
    const task = await desk.get(`GET /api/v1/admin/manual-orders/${orderNumber}`, ManualOrder);
    const lines = [
      aligned(
        [
          [found.storeName, 16],
          [orderNumber, 20],
          [found.status, 18],
        ],
        found.totalDisplay,
      ),
      `why it is here: ${found.why}; to be done by ${found.deadlineAt}`,
      `the store may charge at most ${task.chargeMaxDisplay}`,
    ];
    return { done: task, lines };
  });
}

type ManualOrder = ReturnType<typeof ManualOrder.parse>;

async function claim({ page }: Show, desk: Client, { museOrderNumber }: ManualOrder): Promise<void> {
  await page.step("The operator claims it: nobody else may place it now", async () => {
    const path = `/api/v1/admin/manual-orders/${museOrderNumber}/claim`;
    const { claimedBy, claimedUntil } = await desk.get(`POST ${path}`, ManualOrderClaimed, {});
    return { done: undefined, lines: [`by ${claimedBy} until ${claimedUntil}`] };
  });
}

async function readInstructions({ page }: Show, desk: Client, orderNumber: string): Promise<void> {
  await page.step("What to do, step by step", async () => {
    const path = `/api/v1/admin/manual-orders/${orderNumber}/instructions`;
    const { steps } = await desk.get(`GET ${path}`, ManualOrderInstructions);
    const lines = steps.flatMap(({ number, text, link, paste }) => [
      `${number}. ${text}`,
      ...(link === null ? [] : [`   ${link}`]),
      ...paste.map(({ label, value }) =>
        aligned([
          ["  ", 2],
          [label, 18],
          [value, 40],
        ]),
      ),
    ]);
    return { done: undefined, lines };
  });
}

async function place({ page }: Show, desk: Client, task: ManualOrder): Promise<void> {
  await page.step("The operator has ordered it by hand, and enters the store's number", async () => {
    // As the store's confirmation page would show it; the number of ours makes it one that was never used.
    const storeOrderNumber = `LH-${task.museOrderNumber.replace(/^MO-/, "")}`;
    const paidCents = Math.min(task.chargeMaxCents, task.totalCents);
    const path = `/api/v1/admin/manual-orders/${task.museOrderNumber}/place`;
    const placed = await desk.get(`POST ${path}`, ManualPlaced, { storeOrderNumber, paidCents });
    const warnings = placed.warnings.length === 0 ? "no warnings" : placed.warnings.join(", ");
    return { done: undefined, lines: [`${placed.museOrderNumber} is ${placed.storeOrderNumber} there; ${warnings}`] };
  });
}
