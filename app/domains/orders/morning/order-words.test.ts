import { expect, test } from "vitest";
import { queryOf, wordsOf } from "./order-words.ts";

const shopId = "a-1";

test("an order is found by its number, its SKUs and the words of its titles, each once and with its shop", () => {
  const lines = [
    { title: "Harbor/Stoneware Mug, 12oz", sellerSku: "CUP 1" },
    { title: "Mug Größe L", sellerSku: null },
    { title: "mug", sellerSku: "" },
  ];
  const words = wordsOf({ shopId, channelOrderId: "576", lines });
  expect(words).toEqual(
    ["12oz", "576", "cup 1", "größe", "harbor", "l", "mug", "stoneware"].map((word) => `sa1${word}`),
  );
});

test("what is typed is the beginning of a number or SKU, or of a word each", () => {
  expect(queryOf(shopId, "Mug harb")).toBe("'sa1mug harb':* | 'sa1mug':* & 'sa1harb':*");
  expect(queryOf(shopId, "mug")).toBe("'sa1mug':*");
  expect(queryOf(shopId, "%")).toBe("'sa1%':*");
});

test("what a query would read as its own is the merchant's text", () => {
  expect(queryOf(shopId, "'\\|&!")).toBe("'sa1''\\\\|&!':*");
});

test("a word longer than the database takes is cut, the same on both sides", () => {
  const title = "x".repeat(5_000);
  const [, word = ""] = wordsOf({ shopId, channelOrderId: "576", lines: [{ title, sellerSku: null }] });
  expect(word.length).toBeLessThan(500);
  expect(queryOf(shopId, title)).toBe(`'${word}':*`);
});
