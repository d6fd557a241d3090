import type { AttributeSpec, Category, CategoryRules } from "../../channels/port.ts";
import type { Json } from "../../platform/db.server.ts";
import type { CatalogConnection, CatalogDeps } from "./deps.ts";
import { hashOf } from "./hash-content.server.ts";

const HOUR_MS = 3_600_000;
/** TikTok Shop fact: the tree changes often and should not be kept for long. */
const KEPT_MS = { categories: 6 * HOUR_MS, rules: 6 * HOUR_MS, attributes: 6 * HOUR_MS, recommended: 7 * 24 * HOUR_MS };
/** Within the process, so that a batch of products does not read a tree of thousands from the database each time. */
const IN_MEMORY_MS = 60_000;
const MOST_IN_MEMORY = 500;

type Kind = keyof typeof KEPT_MS;

/** The channel's reference data of a connection, asked once and kept for hours. */
export interface Reference {
  categories(connection: CatalogConnection): Promise<Category[]>;
  rules(connection: CatalogConnection, categoryId: string): Promise<CategoryRules>;
  attributes(connection: CatalogConnection, categoryId: string): Promise<AttributeSpec[]>;
  /** The channel's suggestion for such a product; null: it has none. */
  recommended(
    connection: CatalogConnection,
    hints: { title: string; description: string; productType: string; vendor: string; tags: string[] },
  ): Promise<string | null>;
}

export function createReference(deps: CatalogDeps): Reference {
  const memory = new Map<string, { until: number; value: Promise<unknown> }>();

  async function stored(
    connection: CatalogConnection,
    kind: Kind,
    key: string,
    read: () => Promise<unknown>,
  ): Promise<unknown> {
    const id = { connectionId: connection.id, kind, key };
    const now = deps.clock.now();
    const row = await deps.db.channelReference.findUnique({ where: { connectionId_kind_key: id } });
    if (row && now.getTime() - row.readAt.getTime() < KEPT_MS[kind]) return (row.data as { value: unknown }).value;
    const value = await read();
    const data = { value } as Json;
    await deps.db.channelReference.upsert({
      where: { connectionId_kind_key: id },
      create: { ...id, data, readAt: now },
      update: { data, readAt: now },
    });
    return value;
  }

  /** One flight for callers of the same moment; a failure is not kept. */
  function kept<T>(connection: CatalogConnection, kind: Kind, key: string, read: () => Promise<T>): Promise<T> {
    const id = `${connection.id} ${kind} ${key}`;
    const now = Date.now();
    const known = memory.get(id);
    if (known && known.until > now) return known.value as Promise<T>;
    const value = stored(connection, kind, key, read);
    memory.delete(id);
    memory.set(id, { until: now + IN_MEMORY_MS, value });
    value.catch(() => memory.delete(id));
    for (const oldest of memory.keys()) {
      if (memory.size <= MOST_IN_MEMORY) break;
      memory.delete(oldest);
    }
    return value as Promise<T>;
  }

  const ask = (connection: CatalogConnection) => deps.channels(connection.channel).reference;
  return {
    categories: (connection) =>
      kept(connection, "categories", "", () => ask(connection).categories(deps.forShop(connection.id))),
    rules: (connection, categoryId) =>
      kept(connection, "rules", categoryId, () => ask(connection).rules(deps.forShop(connection.id), categoryId)),
    attributes: (connection, categoryId) =>
      kept(connection, "attributes", categoryId, () =>
        ask(connection).attributes(deps.forShop(connection.id), categoryId),
      ),
    recommended: (connection, hints) =>
      kept(connection, "recommended", hashOf([hints.title, hints.productType, hints.vendor, hints.tags]), () =>
        ask(connection).recommendCategory(deps.forShop(connection.id), hints),
      ),
  };
}
