import type { OrderFacts } from "../../../channels/port.ts";

/** An order as the channel told it, without anything about the buyer. */
export type StoredFacts = Omit<OrderFacts, "buyer" | "buyerMessage">;

/** Leaves the buyer out; amounts become text and times ISO text, so that nothing is lost in a JSON column. */
export function factsToJson(facts: OrderFacts | StoredFacts): object {
  const { buyer: _buyer, buyerMessage: _message, ...rest } = facts as OrderFacts;
  return JSON.parse(JSON.stringify(rest, (_key, value) => (typeof value === "bigint" ? value.toString() : value)));
}

/** The reverse, of all or of a part. Names tell the type: `…Minor` is an amount, `…At` a time. */
export function factsFromJson<T = StoredFacts>(json: unknown): T {
  return JSON.parse(JSON.stringify(json), (key, value) => {
    if (typeof value !== "string") return value;
    if (key.endsWith("Minor")) return BigInt(value);
    if (key.endsWith("At")) return new Date(value);
    return value;
  });
}
