/** Asks the desk's API. Every answer is JSON or an error with one clear sentence; a change carries the header that no foreign form can send. */

export class Trouble extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

export function writeQuery(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text ? `?${text}` : '';
}

async function ask<Answer>(path: string, options: RequestInit): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error;
    throw new Trouble(0, 'The desk does not answer. Is it still running in the terminal?');
  }
  if (response.status === 204) return undefined as Answer;
  if (response.ok) return response.json() as Promise<Answer>;
  const { error } = (await response.json().catch(() => ({}))) as { error?: string };
  throw new Trouble(response.status, error ?? `The desk answered ${response.status}.`);
}

export const read = <Answer>(path: string, query: Query = {}, signal?: AbortSignal) =>
  ask<Answer>(`/api${path}${writeQuery(query)}`, signal ? { signal } : {});

export const change = <Answer = undefined>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) =>
  ask<Answer>(`/api${path}`, {
    method,
    headers: { 'x-watchdesk': '1', ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

/** Hands over a file as it is. */
export const handOver = <Answer>(file: File) =>
  ask<Answer>(`/api/files?name=${encodeURIComponent(file.name)}`, { method: 'POST', headers: { 'x-watchdesk': '1' }, body: file });
