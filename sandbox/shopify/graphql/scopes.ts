import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  getNamedType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { type ScopeNote, schema, scopeNotes } from "./schema.ts";

const typeNotes = new Map<string, ScopeNote>();
const fieldNotes = new Map<string, ScopeNote>();
for (const note of scopeNotes) {
  if (note.offlineScopes.length === 0) continue;
  if (note.fieldName) fieldNotes.set(`${note.typeName}.${note.fieldName}`, note);
  else typeNotes.set(note.typeName, note);
}

const needed = new WeakMap<DocumentNode, { note: ScopeNote; field: string }[]>();

/** Errors for whatever the document selects that these scopes do not open. Writing includes reading. Null scopes: all are granted. */
export function checkScopes(document: DocumentNode, scopes: string[] | null): GraphQLError[] {
  if (!scopes) return [];
  const granted = new Set(scopes.flatMap((scope) => [scope, scope.replace(/^write_/, "read_")]));
  const seen = new Set<string>();
  return needsOf(document).flatMap(({ note, field }) => {
    if (note.offlineScopes.some((scope) => granted.has(scope)) || seen.has(field)) return [];
    seen.add(field);
    return [
      new GraphQLError(`Access denied for ${field} field. Required access: ${note.requiredAccess}`, {
        path: [field],
        extensions: {
          code: "ACCESS_DENIED",
          documentation: "https://shopify.dev/api/usage/access-scopes",
          requiredAccess: note.requiredAccess,
        },
      }),
    ];
  });
}

function needsOf(document: DocumentNode): { note: ScopeNote; field: string }[] {
  const known = needed.get(document);
  if (known) return known;
  const found: { note: ScopeNote; field: string }[] = [];
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field(node: FieldNode) {
        const parent = types.getParentType();
        const inner = getNamedType(types.getType() ?? undefined);
        const onField = fieldNotes.get(`${parent?.name}.${node.name.value}`);
        if (onField) found.push({ note: onField, field: node.name.value });
        const onType = inner && node.selectionSet ? typeNotes.get(inner.name) : undefined;
        if (onType) found.push({ note: onType, field: node.name.value });
      },
      InlineFragment(node) {
        const onType = typeNotes.get(node.typeCondition?.name.value ?? "");
        if (onType) found.push({ note: onType, field: node.typeCondition?.name.value ?? "" });
      },
    }),
  );
  needed.set(document, found);
  return found;
}
