import type { Kernel } from "../kernel/model.ts";

/** Makes and reads global ids. */
export interface Ids {
  gid(type: string): string;
}

/**
 * Shopify fact: ids are gid://shopify/<Type>/<number>, and published examples have up to 18 digits, above 2^53.
 * Every fifth one here is of that size, so that a rounding reader is found out.
 */
export function createIds(kernel: Kernel): Ids {
  let made = 0;
  return {
    gid(type) {
      made += 1;
      const number = made % 5 === 0 ? kernel.nextId("7", 18) : kernel.nextId("4", 13);
      return `gid://shopify/${type}/${number}`;
    },
  };
}

/** The number at the end of a global id, as text. */
export function numberOf(gid: string): string {
  const match = /\/(\d+)(?:\?.*)?$/.exec(gid);
  if (!match?.[1]) throw new Error("not a global id");
  return match[1];
}

/** The type named in a global id, or null when it is none. */
export function typeOf(gid: string): string | null {
  return /^gid:\/\/shopify\/([A-Za-z]+)\/[\w-]+/.exec(gid)?.[1] ?? null;
}

/** Text that sorts as the id's number does. */
export const idSortKey = (gid: string): string => numberOf(gid).padStart(20, "0");
