import { refuse } from "./answers.ts";
import type { SendForShop } from "./gateway.server.ts";
import { OrderIdDefineDocument, OrderIdDefinitionDocument } from "./gql/graphql.ts";
import { ORDER_ID_FIELD } from "./order-input.ts";

/**
 * Shopify fact: metafields of type `id` are unique by nature, but only values written under a definition are. So no order is sent
 * before the definition was read back. Throws `CallError`, or an `Error` when what is defined is something else.
 */
export async function ensureOrderIdDefinition(send: SendForShop): Promise<void> {
  if (await isDefined(send)) return;
  const { metafieldDefinitionCreate } = await send(OrderIdDefineDocument, {
    definition: {
      namespace: ORDER_ID_FIELD.namespace,
      key: ORDER_ID_FIELD.key,
      type: ORDER_ID_FIELD.type,
      name: "Channel order id",
      ownerType: "ORDER",
      access: { admin: "MERCHANT_READ" },
    },
  });
  const errors = metafieldDefinitionCreate?.userErrors ?? [];
  if (!errors.some(({ code }) => code === "TAKEN")) refuse("OrderIdDefine", errors);
  if (!(await isDefined(send))) throw new Error("the order id metafield was defined but is not there when read back");
}

async function isDefined(send: SendForShop): Promise<boolean> {
  const { namespace, key, type } = ORDER_ID_FIELD;
  const { metafieldDefinitions } = await send(OrderIdDefinitionDocument, { namespace, key });
  const found = metafieldDefinitions.nodes[0];
  if (found && found.type.name !== type)
    throw new Error(`the order id metafield is of type ${found.type.name}, not ${type}`);
  return found !== undefined;
}
