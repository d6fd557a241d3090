import fs from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Part of the build: the browser's files compressed once, beside themselves, instead of anew for everybody who asks. */
const FOLDER = path.resolve(import.meta.dirname, "../build/client/assets");
const TEXT = /\.(js|css|svg|json)$/;

for (const name of fs.readdirSync(FOLDER).filter((one) => TEXT.test(one))) {
  const file = path.join(FOLDER, name);
  const bytes = fs.readFileSync(file);
  fs.writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  fs.writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }));
}
