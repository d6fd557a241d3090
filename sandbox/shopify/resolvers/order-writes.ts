import type { Resolvers } from "../graphql/context.ts";
import { mutation } from "../graphql/mutate.ts";
import { checkMetafields, storeMetafields } from "../metafields.ts";
import type { Address, Order, Shop } from "../model.ts";
import { startCancel } from "../orders/cancel.ts";
import { createOrder } from "../orders/create.ts";
import type { MetafieldInput, OrderInput, OrderOptions } from "../orders/input.ts";
import { financialStatus, totals } from "../orders/status.ts";
import { refuse } from "../user-errors.ts";
import { tellOrder, tellProductChanged } from "../webhooks/emit.ts";
import type { World } from "../world.ts";

interface UpdateInput {
  id: string;
  email?: string | null;
  phone?: string | null;
  note?: string | null;
  poNumber?: string | null;
  tags?: string[] | null;
  customAttributes?: { key: string; value: string }[] | null;
  shippingAddress?: Address | null;
  metafields?: MetafieldInput[] | null;
}
interface CancelArgs {
  orderId: string;
  reason: string;
  restock: boolean;
  refund?: boolean | null;
  refundMethod?: { originalPaymentMethodsRefund?: boolean | null } | null;
  staffNote?: string | null;
}

function findOrder(shop: Shop, id: string): Order {
  const order = shop.orders.get(id);
  if (!order) throw refuse(["id"], "Order does not exist");
  return order;
}

/** orderUpdate: lists given replace the former ones; fields left out stay. */
function updateOrder(world: World, shop: Shop, input: UpdateInput): Order {
  const order = findOrder(shop, input.id);
  const kept = checkMetafields(world, shop, "ORDER", input.metafields ?? [], order.id, ["metafields"]);
  for (const name of ["email", "phone", "note", "poNumber"] as const)
    if (input[name] !== undefined) order[name] = input[name];
  if (input.tags) order.tags = [...new Set(input.tags)].sort();
  if (input.customAttributes) order.customAttributes = input.customAttributes;
  if (input.shippingAddress) order.shippingAddress = { ...order.shippingAddress, ...input.shippingAddress };
  storeMetafields(world, shop, "ORDER", order.id, kept);
  order.updatedAt = world.now();
  tellOrder(world, shop, order);
  return order;
}

/** Shopify fact: records a payment of what is outstanding, by no gateway; refused once nothing is. */
function markPaid(world: World, order: Order): void {
  const { current, paid, refunded } = totals(order);
  const amountMinor = current - (paid - refunded);
  if (order.cancelledAt !== null || financialStatus(order) === "PAID" || amountMinor <= 0)
    throw refuse(["id"], "Order cannot be marked as paid.");
  const now = world.now();
  order.transactions.push({
    ...{ id: world.ids.gid("OrderTransaction"), orderId: order.id, kind: "SALE", status: "SUCCESS", gateway: "manual" },
    ...{ amountMinor, parentId: null, processedAt: now, createdAt: now, receipt: null },
  });
  order.givenFinancialStatus = null;
  order.updatedAt = now;
}

/** tagsAdd and tagsRemove, for orders and products. */
function changeTags(
  world: World,
  shop: Shop,
  id: string,
  change: (tags: string[]) => string[],
): Record<string, unknown> {
  const order = shop.orders.get(id);
  const owner = order ?? shop.products.get(id);
  if (!owner) throw refuse(["id"], "The owner of the tags does not exist");
  owner.tags = [...new Set(change(owner.tags))].sort();
  owner.updatedAt = world.now();
  if (order) tellOrder(world, shop, order);
  else if (owner.kind === "Product") tellProductChanged(world, shop, owner);
  return { node: owner };
}

export const orderWrites: Resolvers = {
  Mutation: {
    orderCreate: mutation(
      ({ order, options }: { order: OrderInput; options?: OrderOptions | null }, { world, shop }) => ({
        order: createOrder(world, shop, order, options ?? {}),
      }),
    ),
    orderUpdate: mutation(({ input }: { input: UpdateInput }, { world, shop }) => ({
      order: updateOrder(world, shop, input),
    })),
    orderCancel: mutation((args: CancelArgs, { world, shop }) => {
      const refund = args.refundMethod?.originalPaymentMethodsRefund ?? args.refund ?? false;
      return { job: startCancel(world, shop, { ...args, refund }) };
    }, "orderCancelUserErrors"),
    orderMarkAsPaid: mutation(({ input }: { input: { id: string } }, { world, shop }) => {
      const order = findOrder(shop, input.id);
      markPaid(world, order);
      tellOrder(world, shop, order, "paid");
      return { order };
    }),
    tagsAdd: mutation(({ id, tags }: { id: string; tags: string[] }, { world, shop }) =>
      changeTags(world, shop, id, (before) => [...before, ...tags]),
    ),
    tagsRemove: mutation(({ id, tags }: { id: string; tags: string[] }, { world, shop }) =>
      changeTags(world, shop, id, (before) => before.filter((tag) => !tags.includes(tag))),
    ),
  },
};
