import Stripe from "stripe";

/**
 * Nothing of this name is there for our keys. No proof that it is none of ours: they may be those of another account
 * for minutes.
 */
export class StripeAbsentError extends Error {
  override readonly name = "StripeAbsentError";
}

/**
 * A read of an object by its name.
 * @throws StripeAbsentError where there is none of this name; else what the SDK throws
 */
export async function readNamed<Read>(read: () => Promise<Read>): Promise<Read> {
  try {
    return await read();
  } catch (error) {
    const isAbsent = error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode === 404;
    throw isAbsent ? new StripeAbsentError("stripe knows nothing of this name") : error;
  }
}
