import type { Db } from "../../platform/db.server.ts";
import type { CatalogDeps } from "./deps.ts";
import { type ListingSort, type ListingView, listingSorts, listingViews } from "./model.ts";
import { isTaken } from "./store.server.ts";

/** A view of the product list that the merchant named. */
export interface SavedView {
  id: string;
  name: string;
  filter: ListingView;
  search: string;
  sort: ListingSort;
}

export type SaveViewOutcome =
  | { outcome: "saved"; id: string }
  /** Empty or too long. */
  | { outcome: "bad-name" }
  | { outcome: "name-taken" }
  | { outcome: "too-many" }
  | { outcome: "not-found" };

const NAME_MOST = 40;
/** More tabs than that nobody finds anything in. */
const VIEWS_MOST = 30;

/** The views a shop has saved, oldest first. A word that a newer version stored counts as the ordinary one. */
export async function listViews({ db }: Pick<CatalogDeps, "db">, where: { shopId: string }): Promise<SavedView[]> {
  const rows = await db.productView.findMany({
    where: { shopId: where.shopId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: VIEWS_MOST,
  });
  return rows.map(({ id, name, filter, search, sort }) => ({
    ...{ id, name, search },
    filter: listingViews.find((one) => one === filter) ?? "all",
    sort: listingSorts.find((one) => one === sort) ?? "oldest",
  }));
}

/** Keeps a new view, or what an old one shows now. */
export async function saveView(
  { db }: Pick<CatalogDeps, "db">,
  input: { shopId: string; id: string | null } & Omit<SavedView, "id">,
): Promise<SaveViewOutcome> {
  const { shopId, id, filter, search, sort } = input;
  const shows = { filter, search: search.trim(), sort };
  if (id) {
    const { count } = await db.productView.updateMany({ where: { id, shopId }, data: shows });
    return count > 0 ? { outcome: "saved", id } : { outcome: "not-found" };
  }
  const name = input.name.trim();
  if (!isGoodName(name)) return { outcome: "bad-name" };
  if ((await db.productView.count({ where: { shopId } })) >= VIEWS_MOST) return { outcome: "too-many" };
  return unlessTaken(async () => {
    const { id: made } = await db.productView.create({ data: { shopId, name, ...shows }, select: { id: true } });
    return { outcome: "saved", id: made };
  });
}

/** Gives a view another name. */
export async function renameView(
  { db }: Pick<CatalogDeps, "db">,
  input: { shopId: string; id: string; name: string },
): Promise<SaveViewOutcome> {
  const { shopId, id } = input;
  const name = input.name.trim();
  if (!isGoodName(name)) return { outcome: "bad-name" };
  return unlessTaken(async () => {
    const { count } = await db.productView.updateMany({ where: { id, shopId }, data: { name } });
    return count > 0 ? { outcome: "saved", id } : { outcome: "not-found" };
  });
}

/** Forgets a view; one that is gone already is as good. */
export async function deleteView(db: Db, where: { shopId: string; id: string }): Promise<void> {
  await db.productView.deleteMany({ where: { id: where.id, shopId: where.shopId } });
}

const isGoodName = (name: string): boolean => name !== "" && name.length <= NAME_MOST;

async function unlessTaken(write: () => Promise<SaveViewOutcome>): Promise<SaveViewOutcome> {
  try {
    return await write();
  } catch (error) {
    if (isTaken(error)) return { outcome: "name-taken" };
    throw error;
  }
}
