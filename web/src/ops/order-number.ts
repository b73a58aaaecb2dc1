/** Whether it can be one at all: what is not is no address of the shop. */
export function isOrderNumber(text: string): boolean {
  return /^MO-[0-9A-Z-]{4,40}$/.test(text);
}
