import { decodeEntities, wellFormed } from "./text.ts";

const KEPT = new Set(["p", "br", "ul", "ol", "li", "strong", "b", "em", "i", "u", "h1", "h2", "h3", "h4"]);
/** Tags whose content is not text. */
const DROPPED_WHOLE = /<(script|style|iframe|object|embed|noscript|svg|template|head|title)\b[^>]*>[\s\S]*?<\/\1\s*>/gi;
const COMMENT = /<!--[\s\S]*?(-->|$)/g;
const TAG = /<\/?\s*([a-z][a-z0-9]*)\b[^>]*>/gi;
/** Ends of blocks that are not kept become line ends, so that words do not run together. */
const BLOCKS = new Set([
  "div",
  "section",
  "article",
  "tr",
  "table",
  "header",
  "footer",
  "blockquote",
  "h5",
  "h6",
  "dd",
  "dt",
]);

/**
 * HTML of plain paragraphs, lists and emphasis, without attributes. Pictures, links, tables and scripts are taken out, their text stays.
 * TikTok Shop fact: a description may show only pictures uploaded to the channel; those of the shop are dropped. Blank when nothing
 * readable is left. At most `most` characters: cut between blocks or words, with every tag closed.
 */
export function sanitizeDescription(html: string, most: number): { html: string; wasCut: boolean } {
  const bare = wellFormed(html).replace(COMMENT, " ").replace(DROPPED_WHOLE, " ");
  const kept = bare.replace(TAG, (tag: string, name: string) => keepTag(tag, name.toLowerCase()));
  // what still looks like the beginning of a tag is text
  const safe = kept.replace(/<(?!\/?(?:p|br|ul|ol|li|strong|b|em|i|u|h[1-4])>)/g, "&lt;");
  const tidy = balance(
    dropEmpty(
      safe
        .replace(/\p{Cc}/gu, " ")
        .replace(/\s+/g, " ")
        .trim(),
    ),
  );
  if (!hasText(tidy)) return { html: "", wasCut: false };
  if ([...tidy].length <= most) return { html: tidy, wasCut: false };
  return { html: cutHtml(tidy, most), wasCut: true };
}

/** Readable text of HTML, blanks collapsed. */
export function textOf(html: string): string {
  const text = html
    .replace(COMMENT, " ")
    .replace(DROPPED_WHOLE, " ")
    .replace(/<[^>]*>/g, " ");
  return decodeEntities(text).replace(/\s+/g, " ").trim();
}

const hasText = (html: string) => textOf(html) !== "";

function keepTag(tag: string, name: string): string {
  const isEnd = /^<\s*\//.test(tag);
  if (name === "br") return "<br>";
  if (KEPT.has(name)) return isEnd ? `</${name}>` : `<${name}>`;
  return BLOCKS.has(name) ? "<br>" : " ";
}

function dropEmpty(html: string): string {
  const once = html
    .replace(/<(p|li|strong|b|em|i|u|h[1-4]|ul|ol)>\s*(<br>\s*)*<\/\1>/g, "")
    .replace(/(<br>\s*){3,}/g, "<br><br>");
  return once === html ? once.replace(/^(\s*<br>\s*)+|(\s*<br>\s*)+$/g, "").trim() : dropEmpty(once);
}

/** Closes what is left open and drops ends without a beginning. */
function balance(html: string): string {
  const open: string[] = [];
  const out = html.replace(/<(\/?)([a-z][a-z0-9]*)>/g, (tag, end: string, name: string) => {
    if (name === "br") return tag;
    if (!end) {
      open.push(name);
      return tag;
    }
    const at = open.lastIndexOf(name);
    if (at < 0) return "";
    return open
      .splice(at)
      .reverse()
      .map((one) => `</${one}>`)
      .join("");
  });
  return (
    out +
    open
      .reverse()
      .map((one) => `</${one}>`)
      .join("")
  );
}

function cutHtml(html: string, most: number): string {
  // room for the ends of what stays open
  for (let room = most - 20; room > 0; room -= 50) {
    const head = [...html]
      .slice(0, room)
      .join("")
      .replace(/<[^>]*$/, "")
      .replace(/&[^;\s]*$/, "");
    const words = head.replace(/\s+\S*$/, "");
    const cut = balance(dropEmpty((words || head).trim()));
    if ([...cut].length <= most) return cut;
  }
  return "";
}
