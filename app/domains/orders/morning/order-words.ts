/** What an order is found by, and what finds it. Both are made here, in the same way. */

/** So much of a word counts: the database takes no word longer than 2 kB. */
const LONGEST = 200;

export interface FoundBy {
  shopId: string;
  channelOrderId: string;
  lines: readonly { title: string; sellerSku: string | null }[];
}

/** The number of an order, its SKUs, and the words of its titles, each once. */
export function wordsOf({ shopId, channelOrderId, lines }: FoundBy): string[] {
  const wholes = [channelOrderId, ...lines.flatMap(({ sellerSku }) => sellerSku || [])];
  const words = [...wholes, ...lines.flatMap(({ title }) => partsOf(title))];
  return [...new Set(words.map((word) => ofShop(shopId, word)))].sort();
}

/** A text search query: the beginning of a number or SKU, or of every word typed one in the order's titles. */
export function queryOf(shopId: string, text: string): string {
  const begins = (word: string) => `'${ofShop(shopId, word).replace(/['\\]/g, "$&$&")}':*`;
  const parts = partsOf(text).map(begins);
  return [...new Set([begins(text), ...(parts.length > 0 ? [parts.join(" & ")] : [])])].join(" | ");
}

const partsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

/** One index has the words of all shops: with its shop before it, looking for a word reads that shop's orders alone. */
const ofShop = (shopId: string, word: string): string =>
  `s${shopId.replaceAll("-", "")}${word.toLowerCase().slice(0, LONGEST)}`;
