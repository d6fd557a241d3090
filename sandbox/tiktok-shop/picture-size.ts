/** What the bytes of a picture say about themselves. */
export interface PictureSize {
  format: "png" | "jpeg" | "webp" | "bmp";
  width: number;
  height: number;
}

/** Reads format and size from the bytes of a PNG, JPEG, WEBP or BMP; null when they are none of these or broken. */
export function readPictureSize(bytes: Buffer): PictureSize | null {
  try {
    return readPng(bytes) ?? readJpeg(bytes) ?? readWebp(bytes) ?? readBmp(bytes);
  } catch {
    return null; // a read past the end: the picture is cut off
  }
}

/** Whether the bytes begin like a picture of a kind the platform does not take. */
export function isForeignFormat(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 256).toString("latin1");
  return start.startsWith("GIF8") || start.startsWith("II*\0") || start.startsWith("MM\0*") || /<svg/i.test(start);
}

function readPng(bytes: Buffer): PictureSize | null {
  if (bytes.readUInt32BE(0) !== 0x89504e47) return null;
  if (bytes.toString("latin1", 12, 16) !== "IHDR") return null;
  return sized("png", bytes.readUInt32BE(16), bytes.readUInt32BE(20));
}

function readJpeg(bytes: Buffer): PictureSize | null {
  if (bytes.readUInt16BE(0) !== 0xffd8) return null;
  let at = 2;
  while (at < bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return sized("jpeg", bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5));
    at += marker >= 0xd0 && marker <= 0xd9 ? 2 : 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

function readWebp(bytes: Buffer): PictureSize | null {
  if (bytes.toString("latin1", 0, 4) !== "RIFF" || bytes.toString("latin1", 8, 12) !== "WEBP") return null;
  const kind = bytes.toString("latin1", 12, 16);
  if (kind === "VP8X") return sized("webp", bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1);
  if (kind === "VP8 ") return sized("webp", bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff);
  if (kind !== "VP8L") return null;
  const bits = bytes.readUInt32LE(21);
  return sized("webp", (bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1);
}

function readBmp(bytes: Buffer): PictureSize | null {
  if (bytes.toString("latin1", 0, 2) !== "BM") return null;
  return sized("bmp", bytes.readInt32LE(18), Math.abs(bytes.readInt32LE(22)));
}

function sized(format: PictureSize["format"], width: number, height: number): PictureSize | null {
  return width > 0 && height > 0 ? { format, width, height } : null;
}
