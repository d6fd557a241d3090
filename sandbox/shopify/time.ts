/** GraphQL DateTime: whole seconds, UTC. */
export const isoTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
export const isoOrNull = (ms: number | null): string | null => (ms === null ? null : isoTime(ms));

/** Time as webhook bodies write it: with the offset of the shop (the sandbox's shops stand still at UTC-06:00). */
export function restTime(ms: number): string {
  return `${new Date(ms - 6 * 3_600_000).toISOString().slice(0, 19)}-06:00`;
}
export const restOrNull = (ms: number | null): string | null => (ms === null ? null : restTime(ms));
