import fs from "node:fs";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
} from "@prisma/driver-adapter-utils";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

/**
 * The SQL that brings a database to prisma/schema.prisma; null when it is there. Prisma's own schema engine, as WebAssembly: the CLI
 * would have to fetch one as a binary.
 */
export async function diffSchema(url: string): Promise<string | null> {
  await loadEngine();
  const file = { path: "prisma/schema.prisma", content: fs.readFileSync("prisma/schema.prisma", "utf8") };
  const pool = new pg.Pool({ connectionString: url });
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(new CatalogueReader(pool));
    const differ = await engine.SchemaEngine.new({ datamodels: [[file.path, file.content]] }, () => {}, adapter);
    const { exitCode, stdout } = await differ.diff({
      from: { tag: "schemaDatasource", files: [file], configDir: "prisma" },
      to: { tag: "schemaDatamodel", files: [file] },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return exitCode === 2 ? (stdout ?? "") : null;
  } finally {
    await pool.end();
  }
}

async function loadEngine(): Promise<void> {
  const bindings = import.meta.resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const wasm = fs.readFileSync(new URL("./schema_engine_bg.wasm", bindings));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": engine as never });
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}

const CHAR_OID = 18;
const TEXT_OID = 25;

/** What `PrismaPg` connects to, with the part of it that its types keep to themselves. */
interface Connection extends SqlDriverAdapter {
  performIO(query: unknown): Promise<{ fields: { dataTypeID: number }[] }>;
}

/** `PrismaPg` refuses "char", the one-letter type of PostgreSQL's catalogue, which the schema engine reads. */
class CatalogueReader extends PrismaPg {
  override async connect() {
    const connection = await super.connect();
    const { performIO, queryRaw } = connection as unknown as Connection;
    connection.queryRaw = async (query) => {
      const letters: number[] = [];
      const asText = async (asked: unknown) => {
        const result = await performIO.call(connection, asked);
        result.fields.forEach((field, column) => {
          if (field.dataTypeID !== CHAR_OID) return;
          field.dataTypeID = TEXT_OID;
          letters.push(column);
        });
        return result;
      };
      const result = await queryRaw.call(Object.create(connection, { performIO: { value: asText } }), query);
      for (const column of letters) result.columnTypes[column] = ColumnTypeEnum.Character;
      return result;
    };
    return connection;
  }
}
