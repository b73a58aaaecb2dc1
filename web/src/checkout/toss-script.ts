/** Of TossPayments' browser SDK, version 2, what the checkout uses. */
export type TossWidgets = {
  readonly setAmount: (amount: { readonly currency: "KRW"; readonly value: number }) => Promise<void>;
  readonly renderPaymentMethods: (place: {
    readonly selector: string;
    readonly variantKey: string;
  }) => Promise<TossFrame>;
  readonly renderAgreement: (place: { readonly selector: string; readonly variantKey: string }) => Promise<TossFrame>;
  /** Leads this page to Toss's window; fails with a word for the payer where it cannot. */
  readonly requestPayment: (payment: TossPayment) => Promise<unknown>;
};

type TossFrame = { readonly destroy: () => Promise<void> };

export type TossPayment = {
  readonly orderId: string;
  readonly orderName: string;
  readonly successUrl: string;
  readonly failUrl: string;
  readonly customerEmail?: string;
  readonly customerName?: string;
};

type TossConstructor = {
  (clientKey: string): { readonly widgets: (options: { readonly customerKey: string }) => TossWidgets };
  readonly ANONYMOUS: string;
};

declare global {
  interface Window {
    TossPayments?: TossConstructor;
  }
}

export type TossSource = { readonly scriptUrl: string; readonly clientKey: string };

let loading: Promise<TossConstructor> | undefined;

/**
 * The widget of the provider of won. The script comes from the address the shop was given, which in development is the
 * sandbox's. Nobody is told to Toss: the customer stays anonymous.
 *
 * @throws Error when the script could not be loaded; the next call tries again
 */
export async function openTossWidgets({ scriptUrl, clientKey }: TossSource): Promise<TossWidgets> {
  loading ??= loadScript(scriptUrl).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  const construct = await loading;
  return construct(clientKey).widgets({ customerKey: construct.ANONYMOUS });
}

function loadScript(url: string): Promise<TossConstructor> {
  return new Promise((settle, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.async = true;
    script.addEventListener("load", () => {
      if (window.TossPayments === undefined) reject(new Error(`${url} defined no window.TossPayments`));
      else settle(window.TossPayments);
    });
    script.addEventListener("error", () => {
      script.remove();
      reject(new Error(`${url} could not be loaded`));
    });
    document.head.append(script);
  });
}
