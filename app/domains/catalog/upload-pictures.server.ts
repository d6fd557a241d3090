import { CallError } from "../../platform/errors.ts";
import type { CatalogConnection, CatalogDeps } from "./deps.ts";
import { fetchPicture } from "./fetch-picture.server.ts";
import type { WantedContent } from "./model.ts";

const AT_ONCE = 4;

export type UploadedPictures =
  | { outcome: "uploaded"; uriOf: (url: string, use: "main" | "variant") => string }
  /** Some cannot be used; they are remembered, and mapping again leaves them out. */
  | { outcome: "refused"; urls: string[] };

/**
 * Brings every picture of a listing to the channel, each once per connection. Safe to repeat: an upload whose answer was lost leaves only a
 * picture nobody refers to. Throws CallError when the picture host or the channel does not answer.
 */
export async function uploadPictures(
  deps: CatalogDeps,
  connection: CatalogConnection,
  content: WantedContent,
): Promise<UploadedPictures> {
  const wanted = wantedPictures(content);
  const known = await deps.db.uploadedPicture.findMany({
    where: { connectionId: connection.id, sourceUrl: { in: wanted.map(({ url }) => url) } },
  });
  const uris = new Map(
    known.filter((row) => row.refusedCode === null).map((row) => [keyOf(row.sourceUrl, row.useCase), row.uri]),
  );
  const missing = wanted.filter(({ url, use }) => !uris.has(keyOf(url, use)));
  const refused: string[] = [];
  const worker = async () => {
    for (let next = missing.shift(); next; next = missing.shift()) {
      const uri = await uploadOne(deps, connection, next);
      if (uri === null) refused.push(next.url);
      else uris.set(keyOf(next.url, next.use), uri);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (refused.length > 0) return { outcome: "refused", urls: refused };
  return { outcome: "uploaded", uriOf: (url, use) => uris.get(keyOf(url, use)) ?? missingUri(url) };
}

interface WantedPicture {
  url: string;
  use: "main" | "variant";
}

const keyOf = (url: string, use: string) => `${use} ${url}`;

function missingUri(url: string): never {
  throw new Error(`the picture ${new URL(url).pathname} was not uploaded`);
}

function wantedPictures(content: WantedContent): WantedPicture[] {
  const all: WantedPicture[] = [
    ...content.pictureUrls.map((url) => ({ url, use: "main" as const })),
    ...content.skus.flatMap((sku) =>
      sku.options.flatMap(({ pictureUrl }) => (pictureUrl ? [{ url: pictureUrl, use: "variant" as const }] : [])),
    ),
  ];
  return [...new Map(all.map((one) => [keyOf(one.url, one.use), one])).values()];
}

/** Null: nobody can use this picture; remembered with the code that says why. */
async function uploadOne(
  deps: CatalogDeps,
  connection: CatalogConnection,
  { url, use }: WantedPicture,
): Promise<string | null> {
  const id = { connectionId: connection.id, sourceUrl: url, useCase: use };
  const keep = async (found: { uri: string; refusedCode: string | null }) => {
    await deps.db.uploadedPicture.upsert({
      where: { connectionId_sourceUrl_useCase: id },
      create: { ...id, ...found },
      update: found,
    });
  };
  const picture = await (deps.fetchPicture ?? fetchPicture)(url);
  if (!picture) {
    await keep({ uri: "", refusedCode: "unreadable" });
    return null;
  }
  try {
    const { uri } = await deps
      .channels(connection.channel)
      .reference.uploadPicture(deps.forShop(connection.id), { ...picture, use });
    await keep({ uri, refusedCode: null });
    return uri;
  } catch (error) {
    if (!(error instanceof CallError) || error.family !== "invalid") throw error;
    await keep({ uri: "", refusedCode: error.code ?? "invalid" });
    return null;
  }
}
