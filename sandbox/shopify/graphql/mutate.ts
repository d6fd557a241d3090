import { GraphQLError, type GraphQLResolveInfo, getDirectiveValues } from "graphql";
import { Refused, userError } from "../user-errors.ts";
import type { Context, Resolver } from "./context.ts";

type Payload = Record<string, unknown>;
type Run = (args: never, context: Context) => Payload;

/** Shopify fact: keys live 24 hours. */
const KEY_LIFE_MS = 24 * 3_600_000;

/** A mutation: what it answers, or its userErrors when it refuses. `errorsField`: some payloads name them otherwise. */
export function mutation(run: Run, errorsField = "userErrors"): Resolver {
  return (_source, args, context) => attempt(run, args, context, errorsField);
}

function attempt(run: Run, args: unknown, context: Context, errorsField: string): Payload {
  try {
    const payload = run(args as never, context);
    context.effect.changed = true;
    return { userErrors: [], [errorsField]: [], ...payload };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { userErrors: error.errors, [errorsField]: error.errors };
  }
}

/**
 * A mutation that must carry @idempotent(key:) (a rule the schema does not show). The same key with the same input answers
 * again what it answered; with another input, or after a refusal, it is refused.
 */
export function idempotentMutation(run: Run): Resolver {
  return (_source, args, context, info) => {
    const key = idempotencyKey(info);
    const memory = context.shop.idempotency;
    const name = `${info.fieldName}:${key}`;
    const input = JSON.stringify(args);
    const before = memory.get(name);
    if (before && context.world.now() - before.at < KEY_LIFE_MS) {
      if (before.input !== input)
        return clash("IDEMPOTENCY_KEY_PARAMETER_MISMATCH", "The idempotency key was used with other parameters");
      if (before.outcome === "failed")
        return clash("IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED", "A previous attempt with this idempotency key failed");
      return before.payload;
    }
    const payload = attempt(run, args, context, "userErrors");
    const failed = (payload.userErrors as unknown[]).length > 0;
    memory.set(name, { input, outcome: failed ? "failed" : "succeeded", payload, at: context.world.now() });
    return payload;
  };
}

const clash = (code: string, message: string): Payload => ({ userErrors: [userError(null, message, code)] });

function idempotencyKey(info: GraphQLResolveInfo): string {
  const directive = info.schema.getDirective("idempotent");
  const node = info.fieldNodes[0];
  const key = directive && node ? getDirectiveValues(directive, node, info.variableValues)?.key : undefined;
  if (typeof key === "string" && key.length > 0) return key;
  throw new GraphQLError(`The @idempotent directive is required for ${info.fieldName} but was not given`, {
    extensions: { code: "BAD_REQUEST" },
  });
}
