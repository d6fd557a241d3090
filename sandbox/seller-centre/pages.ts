import type { SandboxAnswer, SandboxRequest } from "../kernel/model.ts";
import { answerPage } from "../pages/html.ts";
import { chooser } from "../shop-front/chooser.ts";
import type { Shop, World } from "../tiktok-shop/model.ts";

export async function serveSellerCentre(
  world: World,
  _doors: unknown,
  req: SandboxRequest,
  _shop: Shop | null,
): Promise<SandboxAnswer> {
  return answerPage(req, chooser(world, "seller"));
}
