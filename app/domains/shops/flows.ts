/** What a merchant arms one by one; until then nothing is written on that path. */
export const flows = ["listings", "stock", "price", "orders", "fulfilment"] as const;
export type Flow = (typeof flows)[number];

/** Narrows text from a form to a flow. */
export function isFlow(text: string): text is Flow {
  return (flows as readonly string[]).includes(text);
}
