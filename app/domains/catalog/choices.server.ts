import { type Actor, recordActivity } from "../../platform/activity.server.ts";
import type { Tx } from "../../platform/db.server.ts";
import { type CatalogDeps, scopeOf } from "./deps.ts";
import { type Finding, listingObject } from "./model.ts";
import { asJson, findingsOf, overridesOf } from "./store.server.ts";
import { wantChecks } from "./wants.server.ts";

/** One question that several products share, with our proposal. */
export interface OpenChoice {
  /** What is asked, and what we propose, in the channel's words: categories may give the same question different ids. */
  name: string;
  value: string;
  /** Shopify's product type; empty: none. */
  productType: string;
  count: number;
}

const MOST_SHOWN = 20;
const AT_ONCE = 1_000;

/** What only the merchant can know, over the products of a connection that nothing blocks; what concerns most products comes first. */
export async function openChoices(
  { db }: CatalogDeps,
  { shopId, connectionId }: { shopId: string; connectionId: string },
): Promise<OpenChoice[]> {
  return db.$queryRaw<OpenChoice[]>`
    select found->'values'->>'name' as name, found->'values'->>'value' as value, product."productType", count(*)::int as count
    from "Listing" listing
    join "Product" product on product.id = listing."productId"
    cross join lateral jsonb_array_elements(listing.findings) found
    where listing."shopId" = ${shopId} and listing."connectionId" = ${connectionId} and listing."unselectedAt" is null
      and listing."firstBlock" is null and found->>'code' = 'attribute-choice'
    group by 1, 2, 3
    order by 4 desc, 1, 3, 2
    limit ${MOST_SHOWN}`;
}

/** Takes one proposal for all products of one type, or for one listing of it. Returns for how many. */
export async function choose(
  deps: CatalogDeps,
  input: Pick<OpenChoice, "name" | "value"> & {
    shopId: string;
    connectionId: string;
    of: { productType: string } | { listingId: string };
    actor: Actor;
  },
): Promise<{ chosen: number }> {
  const { shopId, connectionId, name, value, of, actor } = input;
  const isMeant = ({ values }: Finding) => values.name === name && values.value === value;
  const find = (after: string) =>
    deps.db.listing.findMany({
      where: {
        ...{ shopId, connectionId, unselectedAt: null },
        ...("listingId" in of
          ? { id: { gt: after, equals: of.listingId } }
          : { id: { gt: after }, product: { productType: of.productType } }),
        findings: { array_contains: [{ code: "attribute-choice", values: { name, value } }] },
      },
      select: { id: true, connectionId: true },
      orderBy: { id: "asc" },
      take: AT_ONCE,
    });
  let chosen = 0;
  for (let page = await find(""); page.length > 0; page = await find(page.at(-1)?.id ?? "")) {
    const listings = page;
    await deps.engine.change(async (tx) => {
      await takeProposals(
        tx,
        listings.map((one) => one.id),
        isMeant,
      );
      await wantChecks(deps, tx, listings);
    });
    chosen += listings.length;
  }
  if (chosen > 0)
    await deps.db.$transaction((tx) =>
      recordActivity(tx, {
        ...{ shopId, actor, event: "choice.made", subject: scopeOf(connectionId), at: deps.clock.now() },
        data: { name, value, count: chosen, ...("listingId" in of ? { listing: listingObject(of.listingId) } : of) },
      }),
    );
  return { chosen };
}

/**
 * Makes the proposals of these listings' open choices the merchant's own: they are kept with the listing, so that a question that comes up
 * later is asked and not answered by this yes.
 */
export async function takeProposals(
  tx: Tx,
  listingIds: string[],
  isMeant: (finding: Finding) => boolean = () => true,
): Promise<void> {
  const open = await tx.listing.findMany({
    where: { id: { in: listingIds }, findings: { array_contains: [{ code: "attribute-choice" }] } },
    select: { id: true, findings: true, overrides: true },
  });
  for (const { id, findings, overrides } of open) {
    const taken = findingsOf(findings).filter((one) => one.code === "attribute-choice" && isMeant(one));
    const before = overridesOf(overrides);
    const chosen = taken.map(({ values: { attributeId, valueId, value } }) => [
      attributeId,
      [valueId ? { id: valueId } : { name: value }],
    ]);
    const attributes = { ...before.attributes, ...Object.fromEntries(chosen) };
    await tx.listing.update({
      where: { id },
      data: {
        overrides: asJson({ ...before, attributes }),
        // answered from now on; the check that follows finds it out by itself
        findings: asJson(findingsOf(findings).filter((one) => !taken.some((other) => other.field === one.field))),
      },
    });
  }
}
