/** What a mutation answers instead of doing something: who called must act. */
export interface UserError {
  field: string[] | null;
  message: string;
  code: string | null;
}

export const userError = (field: string[] | null, message: string, code: string | null = null): UserError => ({
  field,
  message,
  code,
});

/** Thrown inside a mutation's rules; its resolver answers them as userErrors, and nothing has changed. */
export class Refused extends Error {
  readonly errors: UserError[];

  constructor(...errors: UserError[]) {
    super(errors[0]?.message ?? "refused");
    this.errors = errors;
  }
}

/** Shorthand for a refusal with one error. */
export const refuse = (field: string[] | null, message: string, code: string | null = null): Refused =>
  new Refused(userError(field, message, code));
