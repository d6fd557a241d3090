import type { CatalogProduct } from "../catalog/model.ts";
import { addressDrawn, troubleOf } from "../pictures/drawn.ts";
import type { Media } from "./model.ts";
import type { World } from "./world.ts";

const BUILT_IN = /^[\w-]+\.\w+$/;
/** Shopify fact: a product has at most 250 media. */
const MOST = 250;

/** The pictures of a product as the sandbox shows them: the built-in ones as they are, any other address as a drawn picture. */
export function mediaFor(world: World, given: CatalogProduct): Media[] {
  return (given.pictures ?? []).slice(0, MOST).map(({ file, width = 0, height = 0, alt = "" }, view) => ({
    id: world.ids.gid("MediaImage"),
    imageId: world.ids.gid("ImageSource"),
    alt,
    mimeType: /\.jpe?g$/i.test(file) && BUILT_IN.test(file) ? "image/jpeg" : "image/png",
    ...(BUILT_IN.test(file)
      ? { url: `${world.kernel.publicUrl}/pictures/${file}`, width, height }
      : drawnFor(world, given, file, view)),
  }));
}

function drawnFor(world: World, { productType = "", title }: CatalogProduct, file: string, view: number) {
  const { badPictures, seed } = world.kernel.settings;
  world.picturesDrawn++;
  return addressDrawn(
    world.kernel.publicUrl,
    { file, type: productType, title, view },
    troubleOf(world.picturesDrawn, badPictures, seed),
  );
}

/** The description, its pictures drawn too: a page that shows it must not fetch from elsewhere. */
export function drawnText(world: World, { bodyHtml = "", productType = "", title }: CatalogProduct): string {
  let view = 0;
  return bodyHtml
    .replace(/\ssrcset\s*=\s*("[^"]*"|'[^']*')/gi, "")
    .replace(
      /(<img\b[^>]*?\ssrc\s*=\s*)("([^"]*)"|'([^']*)'|([^\s>"']+))/gi,
      (_whole, before: string, _source, ...found) => {
        const file = String(found[0] ?? found[1] ?? found[2] ?? "");
        const { url } = addressDrawn(world.kernel.publicUrl, { file, type: productType, title, view: ++view });
        return `${before}"${url.replaceAll("&", "&amp;")}"`;
      },
    );
}
