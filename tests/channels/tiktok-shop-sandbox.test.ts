import { expect, test } from "vitest";
import { describeChannel } from "../../app/channels/contract.ts";
import { openSandboxShop } from "./support/sandbox-shop.ts";

describeChannel("TikTok Shop", openSandboxShop);

test("a refusal spoils only the id it is about", async () => {
  const shop = await openSandboxShop();
  try {
    await shop.door("tiktok/settings", { foreignOrderId: "refuse" });
    expect(await shop.channel.orders.get(shop.access, ["576999999999999999", "576999999999999998"])).toEqual([]);
  } finally {
    await shop.close();
  }
});
