import { type Actor, recordActivity } from "../../platform/activity.server.ts";
import type { Prisma, Tx } from "../../platform/db.server.ts";
import { newId } from "../../platform/ids.ts";
import { takeProposals } from "./choices.server.ts";
import { type CatalogDeps, scopeOf } from "./deps.ts";
import { OFFERS_DEFAULT, WAITS_FOR_YES } from "./queries.server.ts";
import { wantChecks, wantPush } from "./wants.server.ts";

const AT_ONCE = 1_000;

/** Where, and by whom. */
interface Where {
  shopId: string;
  connectionId: string;
  actor: Actor;
}

/** Which products: all that are known, or these, by our id or Shopify's. */
export interface Picked extends Where {
  productIds: "all" | string[];
}

/** Which listings: all of the connection, or these. */
export interface PickedListings extends Where {
  listingIds: "all" | string[];
}

/**
 * Picks products for a connection; each becomes a listing to be checked. Returns how many are newly picked, and how many
 * of those named were not read from Shopify yet.
 */
export async function selectProducts(deps: CatalogDeps, input: Picked): Promise<{ selected: number; unknown: number }> {
  let [selected, known] = [0, 0];
  for await (const products of pages(deps, productsOf(input))) {
    known += products.length;
    selected += await deps.engine.change((tx) => pickIn(deps, tx, input, products));
  }
  if (selected > 0) await tell(deps, input, "products.selected", selected);
  return { selected, unknown: input.productIds === "all" ? 0 : new Set(input.productIds).size - known };
}

/** Picks these products in a transaction of the caller's. Returns how many are newly picked. */
export async function pickIn(deps: CatalogDeps, tx: Tx, where: Where, products: string[]): Promise<number> {
  const { shopId, connectionId, actor } = where;
  const now = deps.clock.now();
  const mine = { connectionId, productId: { in: products } };
  const back = await tx.listing.findMany({
    where: { ...mine, unselectedAt: { not: null } },
    select: { id: true, connectionId: true },
  });
  await tx.listing.updateMany({
    where: { id: { in: back.map((one) => one.id) } },
    data: { unselectedAt: null, selectedAt: now, selectedBy: actor.id },
  });
  const rows = products.map((productId) => ({
    id: newId(),
    shopId,
    connectionId,
    productId,
    selectedAt: now,
    selectedBy: actor.id,
    idempotencyKey: crypto.randomUUID(),
  }));
  await tx.listing.createMany({ data: rows, skipDuplicates: true });
  const fresh = await tx.listing.findMany({
    where: { id: { in: rows.map((row) => row.id) } },
    select: { id: true, connectionId: true },
  });
  await wantChecks(deps, tx, [...back, ...fresh]);
  return back.length + fresh.length;
}

/** Takes products back out; what is on the channel is taken off sale, what never was there is forgotten. */
export async function unselectProducts(deps: CatalogDeps, input: Picked): Promise<{ unselected: number }> {
  let unselected = 0;
  for await (const products of pages(deps, productsOf(input)))
    unselected += await deps.engine.change((tx) => takeOutIn(deps, tx, input, products));
  if (unselected > 0) await tell(deps, input, "products.unselected", unselected);
  return { unselected };
}

/** Takes these products out in a transaction of the caller's. Returns how many were picked until now. */
export async function takeOutIn(deps: CatalogDeps, tx: Tx, where: Where, products: string[]): Promise<number> {
  const { shopId, connectionId } = where;
  const mine = { shopId, connectionId, productId: { in: products } };
  const unsent = await tx.listing.deleteMany({ where: { ...mine, channelProductId: null, createSentAt: null } });
  const listed = await tx.listing.findMany({
    where: { ...mine, unselectedAt: null },
    select: { id: true, connectionId: true },
  });
  await tx.listing.updateMany({
    where: { id: { in: listed.map((one) => one.id) } },
    data: { unselectedAt: deps.clock.now(), sendAt: null },
  });
  await wantPush(deps, tx, "listings", listed);
  return unsent.count + listed.length;
}

/**
 * Agrees to every proposed default of these listings, now and later. The choices that are open now: "take" takes their proposals too, and the yes holds
 * for listings that something blocks as well; "ask" leaves them questions, and concerns only listings whose defaults somebody could see. Returns how
 * many listings waited for it.
 */
export async function applyDefaults(
  deps: CatalogDeps,
  { choices = "take", ...input }: PickedListings & { choices?: "take" | "ask" | undefined },
): Promise<{ applied: number }> {
  const concerned: Prisma.ListingWhereInput =
    choices === "take"
      ? { OR: [{ defaultsApplied: false }, { findings: { array_contains: [{ code: "attribute-choice" }] } }] }
      : { ...OFFERS_DEFAULT, ...(input.listingIds === "all" ? { status: "ready" } : {}) };
  const counts = await changeListings(deps, input, { unselectedAt: null, ...concerned }, async (tx, listings) => {
    const ids = { in: listings.map((one) => one.id) };
    const waited = await tx.listing.count({ where: { id: ids, ...WAITS_FOR_YES } });
    await tx.listing.updateMany({ where: { id: ids }, data: { defaultsApplied: true } });
    if (choices === "take") await takeProposals(tx, ids.in);
    await wantChecks(deps, tx, listings);
    return waited;
  });
  const applied = sumOf(counts);
  if (applied > 0) await tell(deps, input, "defaults.applied", applied);
  return { applied };
}

/**
 * Lets listings go out: what their plan says is sent, now and whenever they change. Those with a blocking finding go out once it is gone, those that wait
 * for a yes once it is there. A listing that somebody deleted on the channel begins a new life there. Returns how many go now, and how many wait for what.
 */
export async function sendListings(
  deps: CatalogDeps,
  input: PickedListings,
): Promise<{ sent: number; blocked: number; waiting: number }> {
  const counts = await changeListings(deps, input, { sendAt: null, unselectedAt: null }, async (tx, listings) => {
    const { held } = await letGoIn(deps, tx, input.actor, listings);
    const blocked = listings.filter((one) => one.firstBlock !== null).length;
    const waiting = listings.filter((one) => one.firstBlock === null && held.has(one.id)).length;
    return { blocked, waiting, sent: listings.length - blocked - waiting };
  });
  const sent = sumOf(counts.map((one) => one.sent));
  const blocked = sumOf(counts.map((one) => one.blocked));
  const waiting = sumOf(counts.map((one) => one.waiting));
  if (sent > 0) await tell(deps, input, "listings.sent", sent);
  return { sent, blocked, waiting };
}

/** Lets these listings, none of which was sent yet, go out in a transaction of the caller's. Tells those that the check which frees them will push. */
export async function letGoIn(
  deps: CatalogDeps,
  tx: Tx,
  actor: Actor,
  listings: Target[],
): Promise<{ held: ReadonlySet<string> }> {
  const ids = { in: listings.map((one) => one.id) };
  await tx.listing.updateMany({ where: { id: ids }, data: { sendAt: deps.clock.now(), sendBy: actor.id } });
  const gone = await tx.listing.findMany({ where: { id: ids, status: "deleted" }, select: { id: true } });
  for (const { id } of gone) await tx.listing.update({ where: { id }, data: afresh() });
  const rows = await tx.listing.findMany({
    where: {
      ...{ id: ids, status: { in: ["ready", "refused"] }, createSentAt: null },
      OR: [{ firstBlock: { not: null } }, WAITS_FOR_YES],
    },
    select: { id: true },
  });
  const held = new Set(rows.map((row) => row.id));
  await wantPush(
    deps,
    tx,
    "listings",
    listings.filter((one) => !held.has(one.id)),
  );
  return { held };
}

/** A new generation: nothing that was sent before counts any more. */
const afresh = () => ({
  status: "ready",
  channelProductId: null,
  createSentAt: null,
  submittedHash: null,
  liveHash: null,
  refusedHash: null,
  idempotencyKey: crypto.randomUUID(),
});

type Target = { id: string; connectionId: string };

const sumOf = (counts: number[]): number => counts.reduce((sum, count) => sum + count, 0);

/** Changes listings page by page, each in a transaction of its own. Returns what each page came to. */
async function changeListings<Outcome>(
  deps: CatalogDeps,
  input: PickedListings,
  where: Prisma.ListingWhereInput,
  change: (tx: Tx, listings: (Target & { firstBlock: string | null })[]) => Promise<Outcome>,
): Promise<Outcome[]> {
  const { shopId, connectionId, listingIds } = input;
  const outcomes: Outcome[] = [];
  const find = (after: string | undefined) =>
    deps.db.listing.findMany({
      where: {
        ...where,
        shopId,
        connectionId,
        id: { ...(listingIds === "all" ? {} : { in: listingIds }), ...(after ? { gt: after } : {}) },
      },
      select: { id: true, connectionId: true, firstBlock: true },
      orderBy: { id: "asc" },
      take: AT_ONCE,
    });
  for (let page = await find(undefined); page.length > 0; page = await find(page.at(-1)?.id)) {
    const listings = page;
    outcomes.push(await deps.engine.change((tx) => change(tx, listings)));
  }
  return outcomes;
}

function productsOf({ shopId, productIds }: Picked): Prisma.ProductWhereInput {
  const all = { shopId, deletedAt: null };
  return productIds === "all" ? all : { ...all, OR: [{ id: { in: productIds } }, { shopifyId: { in: productIds } }] };
}

async function* pages(deps: CatalogDeps, where: Prisma.ProductWhereInput): AsyncIterable<string[]> {
  for (let last: string | undefined; ; ) {
    const rows = await deps.db.product.findMany({
      where: { AND: [where, last ? { id: { gt: last } } : {}] },
      select: { id: true },
      orderBy: { id: "asc" },
      take: AT_ONCE,
    });
    if (rows.length === 0) return;
    yield rows.map((row) => row.id);
    last = rows.at(-1)?.id;
  }
}

async function tell(
  deps: CatalogDeps,
  input: { shopId: string; connectionId: string; actor: Actor },
  event: string,
  count: number,
): Promise<void> {
  await deps.db.$transaction((tx) =>
    recordActivity(tx, {
      shopId: input.shopId,
      actor: input.actor,
      event,
      subject: scopeOf(input.connectionId),
      data: { count },
      at: deps.clock.now(),
    }),
  );
}
