import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

export interface Vault {
  /** Encrypts text. The same `context` (say which row and column it is for) must be given to open it: a record moved elsewhere does not open. */
  seal(text: string, context: string): string;
  /** Throws when the record was changed, belongs to another context, or its key is not among ours. */
  open(sealed: string, context: string): string;
  /** Whether the record was sealed with the key that writes now; false: seal it again when you next touch it. */
  isCurrent(sealed: string): boolean;
}

const FORMAT = "v1";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM with the key's id in the record: `v1.<key id>.<base64url of iv, tag, ciphertext>`. The first key writes, all keys read. Keys are 32 bytes. */
export function createVault(keys: readonly Buffer[]): Vault {
  const known = keys.map((key) => {
    if (key.length !== 32) throw new RangeError("an encryption key must have 32 bytes");
    return { key, id: createHash("sha256").update("key id").update(key).digest("base64url").slice(0, 8) };
  });
  const writer = known[0];
  if (!writer) throw new RangeError("no encryption key");

  return {
    seal(text, context) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv("aes-256-gcm", writer.key, iv).setAAD(associated(writer.id, context));
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return [FORMAT, writer.id, Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url")].join(".");
    },
    open(sealed, context) {
      const [format, id = "", data = ""] = sealed.split(".");
      if (format !== FORMAT) throw new Error("not a sealed record");
      const found = known.find((one) => one.id === id);
      if (!found) throw new Error(`sealed with a key that is not among ours (${id})`);
      const bytes = Buffer.from(data, "base64url");
      const decipher = createDecipheriv("aes-256-gcm", found.key, bytes.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(associated(id, context)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
    },
    isCurrent: (sealed) => sealed.startsWith(`${FORMAT}.${writer.id}.`),
  };
}

const associated = (id: string, context: string) => Buffer.from(`${FORMAT}.${id}.${context}`);
