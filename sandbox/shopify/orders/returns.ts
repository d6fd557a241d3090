import type { Order, OrderLine, Return, Shop } from "../model.ts";
import { moveStock } from "../stock.ts";
import { refuse } from "../user-errors.ts";
import { tellOrder, tellReturn } from "../webhooks/emit.ts";
import type { World } from "../world.ts";

export interface ReturnInput {
  orderId: string;
  requestedAt?: string | null;
  returnLineItems: { fulfillmentLineItemId: string; quantity: number; returnReasonNote?: string | null }[];
}
export interface ProcessInput {
  returnId: string;
  returnLineItems?:
    | {
        id: string;
        quantity: number;
        dispositions?: Disposition[] | null;
      }[]
    | null;
}
interface Disposition {
  dispositionType: string;
  locationId?: string | null;
  quantity: number;
  reverseFulfillmentOrderLineItemId: string;
}
type Line = Return["lines"][number];

const MAX_NOTE = 255;

/** Shipped units that no return names. */
export function returnable(shop: Shop, order: Order) {
  const asked = order.returnIds.flatMap((id) => {
    const one = shop.returns.get(id);
    return one && one.status !== "CANCELED" ? one.lines : [];
  });
  return order.fulfillmentIds.flatMap((id) => {
    const fulfillment = shop.fulfillments.get(id);
    if (fulfillment?.status !== "SUCCESS") return [];
    const lines = fulfillment.lines.flatMap((part) => {
      const taken = asked.filter((one) => one.partId === part.id).reduce((sum, one) => sum + one.quantity, 0);
      const line = shop.lines.get(part.lineId);
      // what was refunded is not returned as well
      const left = Math.min(part.quantity - taken, line ? line.quantity - line.refunded - line.returned : 0);
      return left > 0 ? [{ part, quantity: left }] : [];
    });
    return lines.length > 0 ? [{ fulfillment, lines }] : [];
  });
}

/** returnCreate: an open return of shipped units. Throws Refused with nothing changed. Not idempotent. */
export function createReturn(world: World, shop: Shop, input: ReturnInput): Return {
  const order = shop.orders.get(input.orderId);
  if (!order) throw refuse(["returnInput", "orderId"], "Order does not exist", "NOT_FOUND");
  if (input.returnLineItems.length === 0)
    throw refuse(["returnInput", "returnLineItems"], "Return line items can't be blank", "BLANK");
  const open = returnable(shop, order).flatMap((one) => one.lines);
  const lines = input.returnLineItems.map((given, index): Line => {
    const field = ["returnInput", "returnLineItems", String(index)];
    const found = open.find(({ part }) => part.id === given.fulfillmentLineItemId);
    if (!found) throw refuse([...field, "fulfillmentLineItemId"], "Line item is not returnable", "NOT_FOUND");
    if (given.quantity < 1 || given.quantity > found.quantity)
      throw refuse([...field, "quantity"], "Quantity is more than can be returned", "INVALID");
    const note = given.returnReasonNote ?? "";
    if (note.length > MAX_NOTE) throw refuse([...field, "returnReasonNote"], "Note is too long", "TOO_LONG");
    return {
      id: world.ids.gid("ReturnLineItem"),
      reverseId: world.ids.gid("ReverseFulfillmentOrderLineItem"),
      partId: found.part.id,
      lineId: found.part.lineId,
      quantity: given.quantity,
      processed: 0,
      note,
      dispositions: [],
    };
  });
  const made: Return = {
    kind: "Return",
    id: world.ids.gid("Return"),
    name: `${order.name}-R${order.returnIds.length + 1}`,
    orderId: order.id,
    reverseOrderId: world.ids.gid("ReverseFulfillmentOrder"),
    status: "OPEN",
    lines,
    createdAt: world.now(),
    closedAt: null,
  };
  shop.returns.set(made.id, made);
  order.returnIds.push(made.id);
  tellReturn(world, shop, made, "approve");
  touch(world, shop, order);
  return made;
}

/** What staff do in the admin: a return of so many units of each line, of whichever parcel they went out with. */
export function beginReturn(
  world: World,
  shop: Shop,
  { orderId, lines }: { orderId: string; lines: { lineId: string; quantity: number }[] },
): Return {
  const order = shop.orders.get(orderId);
  if (!order) throw refuse(["orderId"], "Order does not exist", "NOT_FOUND");
  const open = returnable(shop, order).flatMap((one) => one.lines);
  const returnLineItems = lines.flatMap(({ lineId, quantity }) => {
    let left = quantity;
    return open
      .filter(({ part }) => part.lineId === lineId)
      .flatMap(({ part, quantity: most }) => {
        const taken = Math.min(left, most);
        left -= taken;
        return taken > 0 ? [{ fulfillmentLineItemId: part.id, quantity: taken }] : [];
      });
  });
  return createReturn(world, shop, { orderId, returnLineItems });
}

/** returnProcess: what came back, and whether it goes on a shelf. The return closes with its last unit. Throws Refused. */
export function processReturn(world: World, shop: Shop, input: ProcessInput): Return {
  const found = find(shop, input.returnId);
  if (found.status !== "OPEN") throw refuse(["input", "returnId"], "Return is not open", "INVALID_STATE");
  const given = input.returnLineItems ?? [];
  if (given.length === 0) throw refuse(["input", "returnLineItems"], "There is nothing to process", "BLANK");
  const wanted = given.map((one, index) => checkLine(shop, found, one, ["input", "returnLineItems", String(index)]));
  for (const { line, quantity, dispositions } of wanted) {
    line.processed += quantity;
    line.dispositions.push(...dispositions);
    const orderLine = shop.lines.get(line.lineId);
    if (!orderLine) continue;
    orderLine.returned += quantity;
    for (const one of dispositions)
      if (one.type === "RESTOCKED") shelve(world, shop, orderLine, one.locationId, one.quantity);
  }
  if (found.lines.every((line) => line.processed === line.quantity)) {
    found.status = "CLOSED";
    found.closedAt = world.now();
    tellReturn(world, shop, found, "close");
  }
  touch(world, shop, shop.orders.get(found.orderId));
  return found;
}

/** returnCancel: only while nothing of it was processed. Cancelling twice is the same as once. */
export function cancelReturn(world: World, shop: Shop, id: string): Return {
  const found = find(shop, id);
  if (found.status === "CANCELED") return found;
  if (found.status !== "OPEN" || found.lines.some((line) => line.processed > 0))
    throw refuse(["id"], "Return cannot be canceled any more", "INVALID_STATE");
  found.status = "CANCELED";
  tellReturn(world, shop, found, "cancel");
  touch(world, shop, shop.orders.get(found.orderId));
  return found;
}

/** Shopify fact: an order with an open return cannot be cancelled. */
export const hasOpenReturn = (shop: Shop, order: Order): boolean =>
  order.returnIds.some((id) => shop.returns.get(id)?.status === "OPEN");

function find(shop: Shop, id: string): Return {
  const found = shop.returns.get(id);
  if (!found) throw refuse(["returnId"], "Return does not exist", "NOT_FOUND");
  return found;
}

function checkLine(
  shop: Shop,
  found: Return,
  given: NonNullable<ProcessInput["returnLineItems"]>[number],
  field: string[],
): { line: Line; quantity: number; dispositions: Line["dispositions"] } {
  const line = found.lines.find((one) => one.id === given.id);
  if (!line) throw refuse([...field, "id"], "Return line item does not exist", "NOT_FOUND");
  if (given.quantity < 1 || given.quantity > line.quantity - line.processed)
    throw refuse([...field, "quantity"], "Quantity is more than is left to process", "INVALID");
  const dispositions = (given.dispositions ?? []).map((one, index) => {
    const where = [...field, "dispositions", String(index)];
    if (one.reverseFulfillmentOrderLineItemId !== line.reverseId)
      throw refuse([...where, "reverseFulfillmentOrderLineItemId"], "Belongs to another line", "INVALID");
    if (one.dispositionType === "RESTOCKED" && !shop.locations.has(one.locationId ?? ""))
      throw refuse([...where, "locationId"], "Location must be given to restock", "BLANK");
    return { type: one.dispositionType, quantity: one.quantity, locationId: one.locationId ?? null };
  });
  const told = dispositions.reduce((sum, one) => sum + one.quantity, 0);
  if (told > given.quantity) throw refuse([...field, "dispositions"], "More is disposed of than came back", "INVALID");
  return { line, quantity: given.quantity, dispositions };
}

function shelve(world: World, shop: Shop, line: OrderLine, locationId: string | null, quantity: number): void {
  const item = shop.items.get(shop.variants.get(line.variantId ?? "")?.itemId ?? "");
  const level = item?.tracked ? item.levels.get(locationId ?? "") : undefined;
  if (level) moveStock(world, shop, level, { available: quantity, onHand: quantity });
}

function touch(world: World, shop: Shop, order: Order | undefined): void {
  if (!order) return;
  order.updatedAt = world.now();
  tellOrder(world, shop, order);
}
