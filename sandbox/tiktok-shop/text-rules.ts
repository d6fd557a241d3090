import { Refusal } from "./errors.ts";
import type { Market } from "./markets.ts";
import type { World } from "./model.ts";
import { isOwnPictureUrl } from "./pictures.ts";

const longestDescription = 10_000;
const mostDescriptionPictures = 30;
const largestDescriptionPicture = 4000;

/** TikTok Shop fact: length by market; no HTML entities, emoji, control characters or Chinese. */
export function checkTitle(title: string, market: Market): void {
  const length = [...title].length;
  if (title.trim() === "") throw new Refusal(12052261, "the title is empty");
  if (length > market.titleLimits.longest || length < market.titleLimits.shortest) {
    throw new Refusal(12052051, `the title has ${length} characters`);
  }
  if (
    /&(#\d+|#x[0-9a-f]+|[a-z]+);/i.test(title) ||
    /\p{Extended_Pictographic}|[\u{1F1E6}-\u{1F1FF}]/u.test(withoutSigns(title))
  ) {
    throw new Refusal(12052931, "the title has HTML entities or emoji");
  }
  if (/\p{Cc}/u.test(title)) throw new Refusal(12052931, "the title has control characters");
  // Japanese is written with the same characters
  if (market.currency !== "JPY" && /\p{Script=Han}/u.test(title))
    throw new Refusal(12052262, "the title has Chinese characters");
}

/** Trade marks and the like count as pictographs in Unicode but are plain signs in a title. */
function withoutSigns(text: string): string {
  return text.replace(/[©®™‼⁉]/g, "");
}

/** TikTok Shop fact: HTML of at most 10,000 characters; up to 30 pictures, all uploaded here, with a size below 4,000 px. */
export function checkDescription(world: World, description: string): void {
  if (description.trim() === "") throw new Refusal(12052015, "the description is missing");
  if ([...description].length > longestDescription) throw new Refusal(12052013, "the description is too long");
  if (/<\/?(script|iframe|object|embed)\b/i.test(description)) {
    throw new Refusal(12052344, "the description has tags that are not taken");
  }
  const pictures = description.match(/<img\b[^>]*>/gi) ?? [];
  if (pictures.length > mostDescriptionPictures) throw new Refusal(12052343, "the description has too many pictures");
  for (const tag of pictures) {
    const source = readAttribute(tag, "src");
    if (!source || !isOwnPictureUrl(world, source)) {
      throw new Refusal(12052340, "a picture of the description was not uploaded here");
    }
    const sides = [Number(readAttribute(tag, "width")), Number(readAttribute(tag, "height"))];
    if (sides.some((side) => !(side > 0 && side < largestDescriptionPicture))) {
      throw new Refusal(12052342, "a picture of the description has no size below 4,000 px");
    }
  }
}

function readAttribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}\\s*=\\s*["']?([^"'\\s>]+)`, "i").exec(tag)?.[1]?.replaceAll("&amp;", "&");
}
