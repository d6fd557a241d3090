/** A call the platform refuses. Becomes the envelope `{ code, message, request_id }` with `status`. */
export class Refusal extends Error {
  readonly code: number;
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(code: number, message: string, status = 200, headers: Record<string, string> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.headers = headers;
  }
}

/** Refuses a call that is wrong in itself: bad or missing parameters, token, time (the platform's catch-all code). */
export function refuseParameters(message: string, status = 400): never {
  throw new Refusal(36009004, message, status);
}

/** One entry of a batch answer's `data.errors`. */
export interface ItemError {
  code: number;
  message: string;
  detail: Record<string, unknown>;
}
