import { inflateSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { aShop, type TestShop } from "../shopify/testing.ts";
import { drawPicture } from "./draw-picture.ts";
import { troubleOf } from "./drawn.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await aShop({ badPictures: 2, seed: 0 });
});
afterAll(() => shop.close());

const MEDIA =
  '{ products(first: 5, query: "title:Cup") { nodes { descriptionHtml media(first: 9) { nodes { ... on MediaImage { image { url width height } } } } } } }';

it("draws a picture whose bytes are a whole PNG, the same for the same product", () => {
  const subject = { type: "Mugs", title: "Größe Чай 茶 1", view: 0 };
  const png = drawPicture(subject, 600);
  expect(png.readUInt32BE(16)).toBe(600);
  const length = png.readUInt32BE(33);
  expect(inflateSync(png.subarray(41, 41 + length))).toHaveLength(600 * (600 * 3 + 1));
  expect(drawPicture(subject, 600).equals(png)).toBe(true);
  expect(drawPicture({ ...subject, view: 1 }, 600).equals(png)).toBe(false);
});

it("spares every picture unless asked, then spoils every so-manieth in turn", () => {
  const spoilt = (every: number) => Array.from({ length: 60 }, (_, n) => troubleOf(n, every, 3)).filter(Boolean);
  expect(spoilt(0)).toEqual([]);
  expect(spoilt(17)).toEqual(["corrupt", "missing", "tiny"]);
});

it("answers every address of a catalog itself, in descriptions too", async () => {
  await shop.door("shopify/seed-catalog", {
    products: [
      {
        handle: "cup",
        title: "Cup",
        bodyHtml:
          '<p>A cup<img alt="" src="https://pictures.example/a.jpg?x=1&amp;y=2" srcset="https://pictures.example/b.jpg 2x"></p>',
        variants: [{ price: "5" }],
        pictures: [1, 2, 3, 4, 5, 6].map((n) => ({ file: `https://pictures.example/${n} cup.jpg` })),
      },
    ],
  });
  const { data } = await shop.gql(MEDIA);
  const [cup] = data.products.nodes;
  expect(cup.descriptionHtml).not.toContain("pictures.example");
  expect(cup.descriptionHtml).toContain(`src="${shop.sandbox.url}/pictures/drawn/a.png?`);
  const seen = await Promise.all(
    cup.media.nodes.map(async ({ image }: { image: { url: string; width: number } }) => {
      expect(image.url.startsWith(`${shop.sandbox.url}/pictures/drawn/`)).toBe(true);
      const answer = await fetch(image.url);
      const bytes = Buffer.from(await answer.arrayBuffer());
      return [image.width, answer.status, bytes.toString("latin1", 1, 4) === "PNG" ? bytes.readUInt32BE(16) : null];
    }),
  );
  expect(seen).toEqual([
    [640, 200, 640],
    [640, 200, null],
    [640, 200, 640],
    [640, 404, null],
    [640, 200, 640],
    [80, 200, 80],
  ]);
});
