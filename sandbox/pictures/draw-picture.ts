import { type Canvas, type Colour, colourOf, createCanvas } from "./canvas.ts";
import { drawableWords, strokesOf } from "./letters.ts";
import { writePng } from "./write-png.ts";

/** What a drawn picture shows. */
export interface Subject {
  /** Products of one type have one colour. */
  type: string;
  title: string;
  /** 0 for a product's first picture; the others look different. */
  view: number;
}

/** A picture for a product that has none here: its type's colour, a shape, its initials, its title below. `side` in pixels. */
export function drawPicture({ type, title, view }: Subject, side: number): Buffer {
  const hue = (hashOf(type || title) % 24) * 15;
  const turn = view % 6;
  const canvas = createCanvas(
    side,
    colourOf(hue, 0.42, 0.93 - turn * 0.02),
    colourOf(hue + 18, 0.38, 0.8 - turn * 0.03),
  );
  const middle: [number, number] = [side / 2, side * 0.42];
  const radius = side * 0.27;
  const box = { left: side * 0.15, right: side * 0.85, top: side * 0.08, bottom: side * 0.78 };
  const shadow: Spot = [middle[0], middle[1] + side * 0.015];
  canvas.fill(shape(hashOf(title) + view, shadow, radius), colourOf(hue, 0.3, 0.7), box);
  canvas.fill(shape(hashOf(title) + view, middle, radius), colourOf(hue + 6, 0.48, 0.4 + turn * 0.03), box);
  const words = drawableWords(title);
  const initials = words.slice(0, 2).map((word) => word[0] ?? "");
  if (initials.length > 0) write(canvas, initials.join(""), middle, side * 0.19, colourOf(hue, 0.5, 0.96));
  // a title in a script without letters here still gets a picture to look at
  else
    for (const share of [0.55, 0.3])
      canvas.fill(ring(middle, radius * share, side * 0.018), colourOf(hue, 0.5, 0.94), box);
  const lines = wrap(words, 22).slice(0, 2);
  for (const [n, line] of lines.entries())
    write(
      canvas,
      line,
      [side / 2, side * (0.83 + n * 0.075 - (lines.length - 1) * 0.03)],
      side * 0.036,
      colourOf(hue, 0.5, 0.24),
    );
  return writePng(side, canvas.pixels);
}

type Spot = readonly [number, number];

// Math.hypot guards against overflow, at many times the price
const far = (x: number, y: number) => Math.sqrt(x * x + y * y);

/** Circle, rounded square or diamond, as distances to their edge. */
function shape(choice: number, [cx, cy]: Spot, radius: number): (x: number, y: number) => number {
  if (choice % 3 === 0) return (x, y) => far(x - cx, y - cy) - radius;
  if (choice % 3 === 1) return (x, y) => rounded(Math.abs(x - cx), Math.abs(y - cy), radius * 0.9, radius * 0.3);
  const turn = Math.SQRT1_2;
  return (x, y) =>
    rounded(Math.abs((x - cx + y - cy) * turn), Math.abs((x - cx - y + cy) * turn), radius * 0.82, radius * 0.26);
}

function rounded(dx: number, dy: number, half: number, corner: number): number {
  const [x, y] = [dx - half + corner, dy - half + corner];
  return far(Math.max(x, 0), Math.max(y, 0)) + Math.min(Math.max(x, y), 0) - corner;
}

const ring =
  ([cx, cy]: Spot, radius: number, half: number) =>
  (x: number, y: number) =>
    Math.abs(far(x - cx, y - cy) - radius) - half;

/** Text in one line, its middle at a spot, its letters of that height. */
function write(canvas: Canvas, text: string, [cx, cy]: Spot, height: number, colour: Colour): void {
  const unit = height / 6;
  const left = cx - ((text.length * 6 - 2) * unit) / 2;
  for (const [n, letter] of [...text].entries()) {
    for (const stroke of strokesOf(letter)) {
      const points = stroke.map(([x, y]) => [left + (n * 6 + x) * unit, cy - height / 2 + y * unit] as const);
      for (const [k, to] of points.entries()) canvas.line(points[k - 1] ?? to, to, unit * 0.85, colour);
    }
  }
}

/** Words in lines of at most so many letters. */
function wrap(words: string[], most: number): string[] {
  const lines: string[] = [];
  for (const word of words.map((one) => one.slice(0, most))) {
    const longer = `${lines.at(-1) ?? ""} ${word}`.trim();
    if (lines.length > 0 && longer.length <= most) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** The same number for the same text, spread out. */
function hashOf(text: string): number {
  let sum = 2_166_136_261;
  for (const sign of text.toLowerCase()) sum = Math.imul(sum ^ (sign.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  return sum >>> 7;
}
