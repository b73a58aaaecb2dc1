import { createHmac } from "node:crypto";
import { StoryError } from "../customer.ts";
import type { FaultKind, Scene } from "../scene.ts";

export const forgedEvents: FaultKind = {
  name: "forged-events",
  tells: "somebody sends events that say paid, or shipped, signed with a wrong secret, with an old time or not at all",
  weight: 4,
  strike: async (scene, random) => {
    const { url, name } = random.pick(scene.system.apis);
    const [payment] = await scene.shop.query<{ paymentId: string; sessionId: string; ref: string | null }>(
      `select payment_id as "paymentId", session_id as "sessionId", provider_ref as ref from payment.payment
       order by status = 'succeeded', created_at desc limit 1`,
    );
    const body = JSON.stringify({
      id: `evt_forged_${random.int(1, 1e9)}`,
      object: "event",
      type: "payment_intent.succeeded",
      data: {
        object: {
          id: payment?.ref ?? "pi_none",
          object: "payment_intent",
          status: "succeeded",
          metadata: { payment_id: payment?.paymentId ?? "", checkout_session_id: payment?.sessionId ?? "" },
        },
      },
    });
    const nowS = Math.floor(Date.now() / 1000);
    const headers = [
      null,
      signature(body, "whsec_muse_sandbox_of_somebody_else", nowS),
      signature(body, "whsec_muse_sandbox", nowS - 3 * 3_600),
      signature(`${body} `, "whsec_muse_sandbox", nowS),
    ];
    scene.note(`${headers.length} forged events for ${payment?.paymentId ?? "nothing"} at ${name}`);
    for (const header of headers) await send(scene, `${url}/api/v1/webhooks/stripe`, body, header);
  },
};

async function send({ note }: Scene, url: string, body: string, signed: string | null): Promise<void> {
  let status: number;
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...(signed === null ? {} : { "stripe-signature": signed }) },
      body,
      signal: AbortSignal.timeout(10_000),
    });
    await answer.arrayBuffer();
    ({ status } = answer);
  } catch {
    // Nobody there: it is being killed by somebody else.
    return;
  }
  if (status === 400 || status >= 500) return;
  note(`a forged event was answered with ${status}`);
  throw new StoryError(`W1 a forged event was answered with ${status}`);
}

function signature(body: string, secret: string, timeS: number): string {
  return `t=${timeS},v1=${createHmac("sha256", secret).update(`${timeS}.${body}`).digest("hex")}`;
}
