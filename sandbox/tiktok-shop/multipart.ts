/** Parts of a multipart/form-data body by name; throws when it is malformed. */
export function readMultipart(contentType: string, raw: Buffer): Map<string, { bytes: Buffer; fileName?: string }> {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (!boundary) throw new Error("no boundary");
  const parts = new Map<string, { bytes: Buffer; fileName?: string }>();
  const delimiter = Buffer.from(`--${boundary}`);
  let at = raw.indexOf(delimiter);
  while (at >= 0) {
    const start = at + delimiter.length;
    const next = raw.indexOf(delimiter, start);
    if (next < 0) break;
    const headerEnd = raw.indexOf("\r\n\r\n", start);
    if (headerEnd < 0 || headerEnd > next) throw new Error("a part has no headers");
    const headers = raw.toString("utf8", start, headerEnd);
    const name = /;\s*name="([^"]*)"/i.exec(headers)?.[1];
    const fileName = /;\s*filename="([^"]*)"/i.exec(headers)?.[1];
    if (name !== undefined) {
      parts.set(name, {
        bytes: raw.subarray(headerEnd + 4, next - 2),
        ...(fileName === undefined ? {} : { fileName }),
      });
    }
    at = next;
  }
  return parts;
}
