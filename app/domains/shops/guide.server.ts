import { type Actor, recordActivity } from "../../platform/activity.server.ts";
import type { ShopsDeps } from "./deps.ts";

/** Puts the set-up guide away for everybody in this shop, or brings it back. The second time changes nothing. */
export async function showGuide(
  deps: ShopsDeps,
  input: { shopId: string; isShown: boolean; actor: Actor },
): Promise<void> {
  const { shopId, isShown, actor } = input;
  await deps.engine.change(async (tx) => {
    const { count } = await tx.shop.updateMany({
      where: { id: shopId, guideDismissedAt: isShown ? { not: null } : null },
      data: { guideDismissedAt: isShown ? null : deps.clock.now() },
    });
    if (count === 0) return;
    const event = isShown ? "guide.brought-back" : "guide.dismissed";
    await recordActivity(tx, { shopId, actor, event, subject: `shop:${shopId}` });
  });
}
