import { CsvError, parse } from "csv-parse/sync";
import { CatalogError } from "./catalog-error.ts";
import { findColumns, missingColumns, type Row, toRow } from "./columns.ts";

const SEPARATORS = [",", ";", "\t", "|"];
const EXPORT_IT = "In Shopify, open Products, choose Export and a CSV file, and give that file.";

/** The lines of a product export, whatever separates their cells. Throws CatalogError when the text is none. */
export function parseRows(text: string, name: string): Row[] {
  // spreadsheet programs name their separator in a line of its own
  const body = text.replace(/^sep=.\r?\n/i, "");
  if (body.trim() === "") throw new CatalogError(`${name} is empty. ${EXPORT_IT}`);
  if (body.includes("\0"))
    throw new CatalogError(`${name} is not a text file; a spreadsheet must be saved as CSV first. ${EXPORT_IT}`);
  const separator = bestSeparator(body);
  const [headings = [], ...lines] = parseCells(body, separator, name);
  const columns = findColumns(headings);
  const missing = missingColumns(columns);
  if (missing.length > 0)
    throw new CatalogError(
      `${name} is not a Shopify product export: ${listed(missing, "column")} missing from its first line, which says ${quote(headings)}. ${EXPORT_IT}`,
    );
  const rows = lines.map((cells) => toRow(columns, cells));
  if (rows.length === 0) throw new CatalogError(`${name} has headings but no products under them. ${EXPORT_IT}`);
  return rows;
}

/** The separator by which the first line holds most known headings, or at least most cells. */
function bestSeparator(text: string): string {
  const worth = SEPARATORS.map((separator) => {
    const cells = firstLine(text, separator);
    return findColumns(cells).size * 1_000 + cells.length;
  });
  return SEPARATORS[worth.indexOf(Math.max(...worth))] ?? ",";
}

function firstLine(text: string, separator: string): string[] {
  try {
    return parse(text.slice(0, 20_000), { ...OPTIONS, delimiter: separator, to: 1 })[0] ?? [];
  } catch {
    return [];
  }
}

/** Spreadsheet programs leave lines short and put lone quotes into cells; neither loses anything. */
const OPTIONS = { relax_column_count: true, relax_quotes: true, skip_records_with_empty_values: true } as const;

function parseCells(text: string, separator: string, name: string): string[][] {
  try {
    return parse(text, { ...OPTIONS, delimiter: separator });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code === "CSV_QUOTE_NOT_CLOSED")
      throw new CatalogError(
        `${name} breaks off inside a quoted cell: a quotation mark is opened and never closed, so the file is cut off or was changed by hand. ${EXPORT_IT}`,
      );
    throw new CatalogError(`${name} cannot be read as CSV (${error.message}). ${EXPORT_IT}`);
  }
}

function listed(names: string[], noun: string): string {
  return names.length === 1 ? `the ${noun} ${names[0]} is` : `the ${noun}s ${names.join(" and ")} are`;
}

function quote(headings: string[]): string {
  const shown = headings.slice(0, 8).map((heading) => heading.trim().slice(0, 40));
  return `"${shown.join(", ")}${headings.length > shown.length ? ", …" : ""}"`;
}
