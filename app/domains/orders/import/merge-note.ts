/**
 * The note a Shopify order is to have once the buyer's words are known; null: it has them, or there are none. `bare`: our note without them.
 * What staff wrote meanwhile stays.
 */
export function mergeNote(current: string, ours: { note: string; bare: string }): string | null {
  const { note, bare } = ours;
  if (note === bare || current.includes(note)) return null;
  const isUntouched = current.trim() === "" || current === bare;
  return isUntouched ? note : `${current}\n${note}`;
}
