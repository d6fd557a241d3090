/** A point on a letter's grid: 0–4 from the left, 0–6 from the top. */
export type Point = readonly [number, number];

const ROUND = "10 30 41 45 36 16 05 01 10";
/** Letters as pen strokes: points as "xy", strokes parted by "|". */
const STROKES: Record<string, string> = {
  A: "06 20 46|14 34",
  B: "03 00 30 41 42 33 03 06 36 45 44 33",
  C: "41 30 10 01 05 16 36 45",
  D: "00 06 26 44 42 20 00",
  E: "40 00 06 46|03 33",
  F: "40 00 06|03 33",
  G: "41 30 10 01 05 16 36 45 43 23",
  H: "00 06|40 46|03 43",
  I: "20 26",
  J: "40 45 36 16 05",
  K: "00 06|40 03 46",
  L: "00 06 46",
  M: "06 00 23 40 46",
  N: "06 00 46 40",
  O: ROUND,
  P: "06 00 30 41 42 33 03",
  Q: `${ROUND}|24 46`,
  R: "06 00 30 41 42 33 03|23 46",
  S: "41 30 10 01 02 13 33 44 45 36 16 05",
  T: "00 40|20 26",
  U: "00 05 16 36 45 40",
  V: "00 26 40",
  W: "00 16 22 36 40",
  X: "00 46|40 06",
  Y: "00 23 40|23 26",
  Z: "00 40 06 46",
  0: ROUND,
  1: "11 20 26",
  2: "01 10 30 41 42 06 46",
  3: "01 10 30 41 42 33 23|33 44 45 36 16 05",
  4: "36 30 04 44",
  5: "40 00 02 32 43 45 36 16 05",
  6: "30 10 01 05 16 36 45 44 33 13 04",
  7: "00 40 16",
  8: "13 02 01 10 30 41 42 33 13 04 05 16 36 45 44 33",
  9: "16 36 45 41 30 10 01 02 13 33 42",
};

/** Words of a text in the letters there are: capitals without accents. A text in another script has none. */
export function drawableWords(text: string): string[] {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("ß", "ss").toUpperCase();
  return plain.match(/[A-Z0-9]+/g) ?? [];
}

/** The strokes of a letter on its grid. */
export function strokesOf(letter: string): Point[][] {
  return (STROKES[letter] ?? "")
    .split("|")
    .filter(Boolean)
    .map((stroke) => stroke.split(" ").map((at): Point => [Number(at[0]), Number(at[1])]));
}
