/** Red, green and blue, 0–255. */
export type Colour = readonly [number, number, number];

/** A square picture in memory that shapes are painted on, with smooth edges. */
export interface Canvas {
  side: number;
  pixels: Uint8Array;
  /** Paints wherever `distance` (in pixels, negative inside) says so, within the box given. */
  fill(distance: (x: number, y: number) => number, colour: Colour, box?: Box): void;
  /** A line of that width with round ends. */
  line(from: readonly [number, number], to: readonly [number, number], width: number, colour: Colour): void;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A canvas whose ground runs from one colour at the top to another at the bottom. */
export function createCanvas(side: number, top: Colour, bottom: Colour): Canvas {
  const pixels = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    const share = y / side;
    const shade = top.map((part, n) => Math.round(part + ((bottom[n] ?? part) - part) * share));
    const first = y * side * 3;
    pixels.set(shade, first);
    // the rest of the line by doubling what is there
    for (let done = 3; done < side * 3; done *= 2)
      pixels.copyWithin(first + done, first, first + Math.min(done, side * 3 - done));
  }
  const fill: Canvas["fill"] = (distance, colour, box = { left: 0, top: 0, right: side, bottom: side }) => {
    const from = { x: Math.max(0, Math.floor(box.left)), y: Math.max(0, Math.floor(box.top)) };
    for (let y = from.y; y < Math.min(side, box.bottom); y++) {
      for (let x = from.x; x < Math.min(side, box.right); x++) {
        const cover = Math.min(1, Math.max(0, 0.5 - distance(x + 0.5, y + 0.5)));
        const at = (y * side + x) * 3;
        if (cover === 1) pixels.set(colour, at);
        else if (cover > 0) blend(pixels, at, colour, cover);
      }
    }
  };
  return {
    side,
    pixels,
    fill,
    line([ax, ay], [bx, by], width, colour) {
      const [dx, dy, half] = [bx - ax, by - ay, width / 2];
      const length = dx * dx + dy * dy || 1;
      const box = {
        left: Math.min(ax, bx) - half - 1,
        top: Math.min(ay, by) - half - 1,
        right: Math.max(ax, bx) + half + 1,
        bottom: Math.max(ay, by) + half + 1,
      };
      fill(
        (x, y) => {
          const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
          const [ex, ey] = [x - ax - along * dx, y - ay - along * dy];
          return Math.sqrt(ex * ex + ey * ey) - half;
        },
        colour,
        box,
      );
    },
  };
}

function blend(pixels: Uint8Array, at: number, colour: Colour, cover: number): void {
  for (let n = 0; n < 3; n++) {
    const under = pixels[at + n] ?? 0;
    pixels[at + n] = Math.round(under + ((colour[n] ?? 0) - under) * cover);
  }
}

/** A colour by hue (degrees), saturation and lightness (0–1). */
export function colourOf(hue: number, saturation: number, lightness: number): Colour {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const part = (n: number) => {
    const k = (n + hue / 30) % 12;
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [part(0), part(8), part(4)];
}
