/** What this walks of a zod schema: only its definition, which zod publishes for tools. */
interface Definition {
  type: string;
  shape?: Record<string, Schema>;
  element?: Schema;
  innerType?: Schema;
  options?: Schema[];
  in?: Schema;
  out?: Schema;
}
export interface Schema {
  _zod: { def: unknown };
}

/** Paths of all fields a zod schema reads, list levels left out: ["shops", "id"]. */
export function fieldsRead(schema: Schema): string[][] {
  const { type, shape, element, innerType, options, in: input, out } = schema._zod.def as Definition;
  if (type === "object") {
    return Object.entries(shape ?? {}).flatMap(([name, field]) => [
      [name],
      ...fieldsRead(field).map((rest) => [name, ...rest]),
    ]);
  }
  const inner = [element, innerType, input, out, ...(options ?? [])].filter((part) => part !== undefined);
  return inner.flatMap((part) => fieldsRead(part));
}
