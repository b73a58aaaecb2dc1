/** What a shop's page knows as `TossPayments`: version 2 of the SDK, as far as its payment widget goes. */

type Amount = { readonly currency: string; readonly value: number };
type Ask = Readonly<Record<string, string | undefined>>;
type Said = {
  readonly toss?: string;
  readonly method?: string;
  readonly isAgreed?: boolean;
  readonly heightPx?: number;
};
type Frame = { readonly destroy: () => void; readonly ready: Promise<void> };

export function defineToss(script: HTMLOrSVGScriptElement | null): void {
  const origin = new URL((script as HTMLScriptElement | null)?.src ?? location.href).origin;
  const toss = (clientKey: string) => {
    if (!/^(test|live)_(ck|gck)_/.test(clientKey)) throw failure("INVALID_CLIENT_KEY", "잘못된 클라이언트 키입니다.");
    return {
      widgets: (options: { readonly customerKey: string }) => openWidgets(origin, clientKey, options.customerKey),
    };
  };
  Object.assign(window, { TossPayments: Object.assign(toss, { ANONYMOUS: "ANONYMOUS" }) });
}

function openWidgets(origin: string, clientKey: string, customerKey: string): object {
  if (!/^[A-Za-z0-9\-_=.@]{2,50}$/.test(customerKey))
    throw failure("INVALID_CUSTOMER_KEY", "잘못된 customerKey입니다.");
  let amount: Amount | null = null;
  let method: string | null = null;
  let isAgreed = false;
  return {
    setAmount: async (given: Amount) => {
      if (!Number.isInteger(given.value) || given.value <= 0) throw failure("INVALID_AMOUNT", "잘못된 금액입니다.");
      amount = { currency: given.currency, value: given.value };
    },
    renderPaymentMethods: async ({ selector }: { readonly selector: string }) => {
      if (amount === null) throw failure("AMOUNT_IS_NOT_SET", "결제 금액을 먼저 설정해주세요.");
      const frame = openFrame({ origin, name: "methods", title: "TossPayments 결제수단", selector }, (said) => {
        method = said.method ?? method;
      });
      await frame.ready;
      return { destroy: async () => frame.destroy(), getSelectedPaymentMethod: async () => ({ code: method }) };
    },
    renderAgreement: async ({ selector }: { readonly selector: string }) => {
      const listeners: ((status: { readonly agreedRequiredTerms: boolean }) => void)[] = [];
      const frame = openFrame({ origin, name: "agreement", title: "TossPayments 약관", selector }, (said) => {
        isAgreed = said.isAgreed ?? isAgreed;
        for (const listener of listeners) listener({ agreedRequiredTerms: isAgreed });
      });
      await frame.ready;
      return {
        destroy: async () => frame.destroy(),
        on: (_event: string, listener: (typeof listeners)[number]) => void listeners.push(listener),
      };
    },
    requestPayment: async (ask: Ask) => {
      if (amount === null || method === null)
        throw failure("NOT_SELECTED_PAYMENT_METHOD", "결제수단이 선택되지 않았습니다.");
      if (!isAgreed) throw failure("NEED_AGREEMENT_WITH_REQUIRED_TERMS", "필수 약관에 동의해주세요.");
      const query = new URLSearchParams({ clientKey, method, currency: amount.currency, amount: String(amount.value) });
      for (const name of ["orderId", "orderName", "successUrl", "failUrl", "customerName"]) {
        const value = ask[name];
        if (value !== undefined) query.set(name, value);
      }
      location.assign(`${origin}/toss-window/new?${query.toString()}`);
      // The page goes away; whoever waits for the answer is told in the next one.
      return new Promise(() => undefined);
    },
  };
}

type FrameSpec = {
  readonly origin: string;
  readonly name: string;
  readonly title: string;
  readonly selector: string;
};

function openFrame({ origin, name, title, selector }: FrameSpec, hear: (said: Said) => void): Frame {
  const place = document.querySelector(selector);
  if (place === null) throw failure("INVALID_SELECTOR", `${selector} 요소를 찾을 수 없습니다.`);
  const id = `${name}-${crypto.randomUUID()}`;
  const locale = document.documentElement.lang.startsWith("en") ? "en" : "ko";
  const frame = document.createElement("iframe");
  frame.title = title;
  frame.style.cssText = "width: 100%; border: 0; display: block";
  frame.src = `${origin}/toss-js/frames/${name}?${new URLSearchParams({ frame: id, origin: location.origin, locale }).toString()}`;
  let settle: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const listener = (event: MessageEvent): void => {
    const said = event.data as Said | null;
    if (event.origin !== origin || said?.toss !== id) return;
    if (said.heightPx !== undefined) frame.style.height = `${said.heightPx}px`;
    hear(said);
    settle();
  };
  window.addEventListener("message", listener);
  place.append(frame);
  return {
    ready,
    destroy: () => {
      window.removeEventListener("message", listener);
      frame.remove();
    },
  };
}

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
