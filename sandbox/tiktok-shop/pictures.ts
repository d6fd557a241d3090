import type { SandboxAnswer } from "../kernel/model.ts";
import { Refusal } from "./errors.ts";
import type { Handler, Picture, World } from "./model.ts";
import { readMultipart } from "./multipart.ts";
import { isForeignFormat, type PictureSize, readPictureSize } from "./picture-size.ts";
import { digest } from "./world.ts";

const largestBytes = 10 * 1024 * 1024;
const smallestSide = 100;
const largestSide = 20_000;
const sizeChartSide = 1024;
const keptBytes = 64 * 1024 * 1024;
const useCases = ["MAIN_IMAGE", "ATTRIBUTE_IMAGE", "DESCRIPTION_IMAGE", "CERTIFICATION_IMAGE", "SIZE_CHART_IMAGE"];
const mediaPath = "/tiktok-media/";

/** Picture bytes for the picture host, by content; the oldest are dropped beyond a limit. */
const shelf = new Map<string, { bytes: Buffer; type: string }>();
let shelfBytes = 0;

/**
 * Takes a picture. TikTok Shop fact: at most 10 MB, 100 to 20,000 px a side, size charts 1,024 px on the short side;
 * main and variant pictures outside 3:4 to 4:3 become squares.
 */
export const uploadProductImage: Handler = (world, call) => {
  if (!call.contentType.toLowerCase().startsWith("multipart/form-data")) {
    throw new Refusal(36009023, "content-type must be multipart/form-data", 415);
  }
  const { bytes, useCase } = readUpload(call.contentType, call.raw);
  if (bytes.length > largestBytes) throw new Refusal(12038005, "the picture is larger than 10 MB");
  if (isForeignFormat(bytes)) throw new Refusal(12038004, "the picture has a format that is not taken");
  const size = readPictureSize(bytes);
  if (!size) throw new Refusal(12038002, "the picture cannot be read");
  checkSides(size, useCase);
  return describe(store(world, bytes, size, useCase));
};

/** `GET /tiktok-media/<key>`: a picture uploaded before, or 404. */
export function servePicture(path: string): SandboxAnswer | null {
  if (!path.startsWith(mediaPath)) return null;
  const found = shelf.get(path.slice(mediaPath.length).split(".")[0] ?? "");
  if (!found) return { status: 404, headers: { "content-type": "text/plain" }, body: "no such picture" };
  return { status: 200, headers: { "content-type": found.type, "cache-control": "max-age=3600" }, body: found.bytes };
}

/** Whether an address is one of the pictures taken here; a product refuses every other. */
export function isOwnPictureUrl(world: World, url: string): boolean {
  return url.startsWith(`${world.kernel.publicUrl}${mediaPath}`);
}

function readUpload(contentType: string, raw: Buffer): { bytes: Buffer; useCase: string } {
  let parts: ReturnType<typeof readMultipart>;
  try {
    parts = readMultipart(contentType, raw);
  } catch (error) {
    throw new Refusal(36009004, `the upload cannot be read: ${error instanceof Error ? error.message : ""}`, 400);
  }
  const bytes = parts.get("data")?.bytes;
  if (!bytes) throw new Refusal(36009004, "data is missing", 400);
  const useCase = parts.get("use_case")?.bytes.toString("utf8") || "MAIN_IMAGE";
  if (!useCases.includes(useCase)) throw new Refusal(36009004, "use_case is unknown", 400);
  return { bytes, useCase };
}

function checkSides({ width, height }: PictureSize, useCase: string): void {
  const short = Math.min(width, height);
  const least = useCase === "SIZE_CHART_IMAGE" ? sizeChartSide : smallestSide;
  if (short < least) throw new Refusal(12038014, `the picture is smaller than ${least} px on a side`);
  if (Math.max(width, height) > largestSide)
    throw new Refusal(12019116, "the picture is larger than 20,000 px on a side");
}

function store(world: World, bytes: Buffer, size: PictureSize, useCase: string): Picture {
  const key = digest(bytes.toString("latin1")).slice(0, 32);
  if (!shelf.has(key)) {
    shelf.set(key, { bytes: Buffer.from(bytes), type: `image/${size.format}` });
    shelfBytes += bytes.length;
    for (const [oldest, entry] of shelf) {
      if (shelfBytes <= keptBytes || oldest === key) break;
      shelf.delete(oldest);
      shelfBytes -= entry.bytes.length;
    }
  }
  const squared = useCase === "MAIN_IMAGE" || useCase === "ATTRIBUTE_IMAGE" ? squareIfOdd(size) : size;
  const uri = `tos-useast5-i-${world.kernel.nextId("0", 10)}-tx/${key}`;
  const url = `${world.kernel.publicUrl}${mediaPath}${key}.${size.format}?dr=15568&t=555f072d&x-expires=${Math.floor(world.kernel.clock.now() / 1000) + 86_400}`;
  const picture: Picture = { uri, url, useCase, width: squared.width, height: squared.height };
  world.pictures.set(uri, picture);
  return picture;
}

function squareIfOdd({ width, height }: PictureSize): { width: number; height: number } {
  const ratio = width / height;
  if (ratio >= 3 / 4 && ratio <= 4 / 3) return { width, height };
  const side = Math.max(width, height);
  return { width: side, height: side };
}

function describe({ uri, url, useCase, width, height }: Picture): Record<string, unknown> {
  return { uri, url, use_case: useCase, width, height };
}
