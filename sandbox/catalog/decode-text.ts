/**
 * Text of a file whose encoding nobody wrote down: UTF-16 and UTF-8 by their byte order mark, else UTF-8 where the bytes are valid UTF-8, else
 * Windows-1252, which spreadsheet programs still write and in which every byte means something. The mark itself is left out.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
