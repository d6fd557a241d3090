import { crc32, deflateSync } from "node:zlib";

/** PNG bytes of a square picture of red, green and blue bytes. */
export function writePng(side: number, pixels: Uint8Array): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  // 8 bits a channel, red-green-blue, no interlacing
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(differences(side, pixels))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Each line as its difference to the line above (PNG's filter 2): even ground becomes zeros and packs small. */
function differences(side: number, pixels: Uint8Array): Buffer {
  const width = side * 3;
  const out = Buffer.alloc((width + 1) * side);
  for (let y = 0; y < side; y++) {
    out[y * (width + 1)] = 2;
    for (let x = 0; x < width; x++) {
      const above = y === 0 ? 0 : (pixels[(y - 1) * width + x] ?? 0);
      out[y * (width + 1) + 1 + x] = (pixels[y * width + x] ?? 0) - above;
    }
  }
  return out;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}
