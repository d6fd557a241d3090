export const activityKinds = ["all", "listings", "stock", "orders", "settings"] as const;
export type ActivityKind = (typeof activityKinds)[number];
export const actorKinds = ["any", "staff", "job", "channel", "shopify"] as const;

/** One thing that happened, in final words. */
export interface ActivityShown {
  id: string;
  at: string;
  sentence: string;
  /** Who did it. */
  actor: string;
  /** The page of what it is about; null: it has none. */
  link: { url: string; label: string } | null;
}
