import { readFileSync } from "node:fs";
import { CatalogError } from "./catalog-error.ts";
import { decodeText } from "./decode-text.ts";
import type { CatalogProduct } from "./model.ts";
import { readCsv } from "./read-csv.ts";

/**
 * Reads a catalog: "builtin", "none", a JSON file in the built-in format, or a Shopify product export (any other file). Throws CatalogError
 * with a sentence for the user when the file cannot be read or is no catalog.
 */
export function readCatalog(source: string): CatalogProduct[] {
  if (source === "none") return [];
  if (source === "builtin") return readJson(readBytes(new URL("./builtin.json", import.meta.url), source), source);
  const bytes = readBytes(source, source);
  return /\.json$/i.test(source) ? readJson(bytes, source) : readCsv(bytes, source);
}

function readBytes(file: string | URL, name: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new CatalogError(`There is no file ${name}. Check the name and the folder.`);
    if (code === "EISDIR")
      throw new CatalogError(`${name} is a folder. Name the CSV file inside it that Shopify exported.`);
    throw new CatalogError(`${name} cannot be read (${code ?? (error as Error).message}). Check who may read it.`);
  }
}

function readJson(bytes: Buffer, name: string): CatalogProduct[] {
  try {
    const parsed = JSON.parse(decodeText(bytes)) as CatalogProduct[] | { products: CatalogProduct[] };
    const products = Array.isArray(parsed) ? parsed : parsed.products;
    if (Array.isArray(products)) return products;
  } catch (error) {
    throw new CatalogError(
      `${name} is not valid JSON (${(error as Error).message}). Give a Shopify product export instead.`,
    );
  }
  throw new CatalogError(`${name} holds no list of products. Give a Shopify product export instead.`);
}
