/** An error in, a status code and one clear sentence out. A bug tells nothing of its inside. */
import { Failure, type FailureCode } from '../failure.ts';

const STATUS_OF_CODE: Readonly<Partial<Record<FailureCode, number>>> = {
  'bad-input': 400,
  'too-large': 413,
  'not-found': 404,
  refused: 403,
  'not-public': 400,
  'not-a-feed': 422,
  unreachable: 502,
  'server-error': 502,
  'data-locked': 423,
  'disk-full': 507,
};

/** The caller is not known (401), may not (403), or asks too often (429). */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: 401 | 403 | 429;
  constructor(status: 401 | 403 | 429, message: string) {
    super(message);
    this.status = status;
  }
}

export function answerFailure(error: unknown): Response {
  const answer = (status: number, body: object) =>
    new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
  if (error instanceof Refusal) return answer(error.status, { error: error.message });
  if (error instanceof Failure) return answer(STATUS_OF_CODE[error.code] ?? 422, { error: error.message, code: error.code });
  return answer(500, {
    error: 'The desk has run into a fault of its own; the record is unharmed. The terminal says more.',
    code: 'crashed',
  });
}
