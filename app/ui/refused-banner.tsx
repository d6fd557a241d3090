import { Banner } from "@shopify/polaris";
import type { Told } from "./use-outcome-toast.ts";

/** Why the last form was refused and what to do, where it stays to be read: a toast is gone before it is understood. */
export function RefusedBanner({ told }: { told: Told | undefined }) {
  if (!told || told.ok || !told.message) return null;
  return (
    <Banner tone="critical">
      <p>{told.message}</p>
    </Banner>
  );
}
