/** Plain text for titles and attribute values: what channels refuse in them is taken out, nothing else changes. */

const NAMED_ENTITIES: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  ndash: "–",
  mdash: "—",
  hellip: "…",
  rsquo: "’",
  lsquo: "‘",
  rdquo: "”",
  ldquo: "“",
  trade: "™",
  reg: "®",
  copy: "©",
  deg: "°",
  times: "×",
  eacute: "é",
};
const ENTITY = /&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});/gi;
/** Signs that Unicode counts as pictographs and that are plain text in a title. */
const SIGNS = new Set(["©", "®", "™", "‼", "⁉"]);
// Pictographs, flags, skin tones, keycaps, and what only joins or styles them.
const EMOJI =
  /\p{Extended_Pictographic}|[\u{1F1E6}-\u{1F1FF}]|[\u{1F3FB}-\u{1F3FF}]|\u{FE0F}|\u{FE0E}|\u{200D}|\u{20E3}|[\u{E0020}-\u{E007F}]/gu;
const CONTROL = /\p{Cc}|[\u{200B}-\u{200F}\u{2028}-\u{202E}\u{2060}-\u{2064}\u{FEFF}]/gu;

/** Turns HTML entities into what they stand for; twice-encoded ones too. An unknown entity loses its ampersand and semicolon. */
export function decodeEntities(text: string): string {
  let decoded = text;
  for (let round = 0; round < 3; round++) {
    const next = decoded.replace(ENTITY, (_whole, name: string) => decodeEntity(name));
    if (next === decoded) break;
    decoded = next;
  }
  return decoded.replace(ENTITY, "$1");
}

function decodeEntity(name: string): string {
  if (!name.startsWith("#")) return NAMED_ENTITIES[name.toLowerCase()] ?? name;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : "";
}

/** Halves of broken surrogate pairs name no character and are refused by encoders. */
export const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, " ");

export interface CleanText {
  text: string;
  /** Emoji or control characters were in it. */
  wasDirty: boolean;
}

/** Text without entities, emoji and control characters, its blanks collapsed. TikTok Shop fact: titles with any of these are refused. */
export function cleanText(raw: string): CleanText {
  const decoded = decodeEntities(wellFormed(raw));
  const plain = decoded
    .replace(CONTROL, " ")
    .replace(EMOJI, (sign) => (SIGNS.has(sign) ? sign : " "))
    .replaceAll("\u{FFFD}", " ");
  const wasDirty = plain !== decoded;
  // taking a sign out may have brought the parts of an entity together
  return { text: collapse(plain.replace(ENTITY, "$1")), wasDirty };
}

const collapse = (text: string) => text.replace(/\s+/g, " ").trim();

const CHINESE = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]+/gu;

/** Text without Chinese characters and their signs; unchanged where it has none. */
export const withoutChinese = (text: string): string =>
  /\p{Script=Han}/u.test(text)
    ? collapse(text.replace(CHINESE, " ")).replace(/^[\s,;:&+/|()–—-]+|[\s,;:&+/|(–—-]+$/gu, "")
    : text;

/** Length as channels count it: characters, not halves of surrogate pairs. */
export const lengthOf = (text: string): number => [...text].length;

/** At most `most` characters, cut between two words where there are several, without a dangling comma or dash. */
export function cutAtWord(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  const head = characters.slice(0, most).join("");
  const isBetweenWords = /[\s,;:]/.test(characters[most] ?? "");
  const lastBlank = head.search(/\s\S*$/);
  const whole = isBetweenWords || lastBlank <= 0 ? head : head.slice(0, lastBlank);
  const tidy = whole.replace(/[\s,;:&+/|(–—-]+$/u, "");
  return tidy || head.trim();
}

/** Words of a text for comparing: lower case, without accents, simple plural endings cut. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map(singular);
}

function singular(word: string): string {
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(ch|sh|x|ss)es$/.test(word)) return word.slice(0, -2);
  return word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}
