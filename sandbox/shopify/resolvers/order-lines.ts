import type { Resolvers } from "../graphql/context.ts";
import type { OrderLine } from "../model.ts";
import { moneyBag } from "../money.ts";
import { currentQuantity, unfulfilledQuantity } from "../orders/status.ts";
import { taxLine } from "./orders.ts";

export const orderLines: Resolvers = {
  LineItem: {
    name: (line: OrderLine) =>
      line.variantTitle && line.variantTitle !== "Default Title" ? `${line.title} - ${line.variantTitle}` : line.title,
    currentQuantity: (line: OrderLine) => currentQuantity(line),
    refundableQuantity: (line: OrderLine) => line.quantity - line.refunded - line.returned,
    unfulfilledQuantity: (line: OrderLine) => unfulfilledQuantity(line),
    nonFulfillableQuantity: () => 0,
    variant: (line: OrderLine, _args, { shop }) => shop.variants.get(line.variantId ?? "") ?? null,
    product: (line: OrderLine, _args, { shop }) => shop.products.get(line.productId ?? "") ?? null,
    isGiftCard: () => false,
    restockable: (line: OrderLine) => line.claim !== null,
    merchantEditable: () => true,
    customAttributes: (line: OrderLine) => line.properties.map(({ name, value }) => ({ key: name, value })),
    taxLines: (line: OrderLine, _args, { shop }) => line.taxLines.map((tax) => taxLine(tax, shop.currency)),
    discountAllocations: () => [],
    duties: () => [],
    image: () => null,
    weight: () => null,
    originalUnitPriceSet: (line: OrderLine, _args, { shop }) => moneyBag(line.unitMinor, shop.currency),
    discountedUnitPriceSet: (line: OrderLine, _args, { shop }) => moneyBag(line.unitMinor, shop.currency),
    discountedUnitPriceAfterAllDiscountsSet: (line: OrderLine, _args, { shop }) =>
      moneyBag(line.unitMinor, shop.currency),
    originalTotalSet: (line: OrderLine, _args, { shop }) => moneyBag(line.unitMinor * line.quantity, shop.currency),
    discountedTotalSet: (line: OrderLine, _args, { shop }) => moneyBag(line.unitMinor * line.quantity, shop.currency),
    unfulfilledOriginalTotalSet: (line: OrderLine, _args, { shop }) =>
      moneyBag(line.unitMinor * unfulfilledQuantity(line), shop.currency),
    unfulfilledDiscountedTotalSet: (line: OrderLine, _args, { shop }) =>
      moneyBag(line.unitMinor * unfulfilledQuantity(line), shop.currency),
    totalDiscountSet: (_line, _args, { shop }) => moneyBag(0, shop.currency),
  },
};
