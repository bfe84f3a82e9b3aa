/**
 * One route of the API: its input as zod schemas, its work as a function. Mounted into hono and written into the OpenAPI description
 * from the same declaration, so that the two cannot drift apart. Unknown input is parsed here, once.
 */
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { Failure } from '../failure.ts';
import type { Role } from '../store/store.ts';
import type { Accounts } from './accounts.ts';
import type { House, ServerSettings } from './house.ts';

/** What a route may use: the house, the clock and who is asking. */
export interface Asking {
  readonly house: House;
  readonly settings: ServerSettings;
  readonly now: () => number;
  readonly who: string;
  readonly role: Role;
  readonly accounts: Accounts;
  /** address of the caller */
  readonly from: string;
  readonly context: Context;
}

type Shape = z.ZodType;
type Read<S> = S extends z.ZodType ? z.output<S> : undefined;

export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** with `{name}` for what varies */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  /** the least role that may; a single user on loopback is admin; 'nobody' needs no account */
  readonly role: Role | 'nobody';
  readonly params?: Shape;
  readonly query?: Shape;
  readonly body?: Shape;
  /** media type of the answer where it is not JSON */
  readonly answers?: string;
  readonly run: (asking: Asking, input: { readonly params: never; readonly query: never; readonly body: never }) => Promise<unknown>;
}

/** Declares a route; the types of the input follow from its schemas. `run` gives JSON data or a whole Response. */
export function makeRoute<
  P extends Shape | undefined = undefined,
  Q extends Shape | undefined = undefined,
  B extends Shape | undefined = undefined,
>(route: {
  readonly method: Route['method'];
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly role?: Route['role'];
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly answers?: string;
  readonly run: (asking: Asking, input: { readonly params: Read<P>; readonly query: Read<Q>; readonly body: Read<B> }) => Promise<unknown>;
}): Route {
  return { ...route, role: route.role ?? (route.method === 'get' ? 'reader' : 'analyst') } as Route;
}

/** Says in one sentence what is wrong with an input: "status: expected one of …". */
export function describeIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  const where = issue?.path.map(String).join('.') ?? '';
  return where ? `${where}: ${issue?.message ?? 'not usable'}` : (issue?.message ?? 'not usable');
}

export const badInput = (message: string, cause?: unknown) => new Failure('server', 'bad-input', message, { cause });
export const notThere = (what: string) => new Failure('server', 'not-found', `${what} is not in the record.`);

const parse = (schema: Shape | undefined, value: unknown): unknown => {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (!result.success) throw badInput(describeIssue(result.error), result.error);
  return result.data;
};

/** Every value of a name: repeated parameters become lists. */
const readQuery = (context: Context) =>
  Object.fromEntries(
    Object.entries(context.req.queries()).map(([name, values]) => [name, values.length > 1 ? values.join(',') : values[0]]),
  );

const readBody = async (context: Context): Promise<unknown> => {
  const text = await context.req.text();
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badInput('The body of the request is no JSON.', error);
  }
};

export function mountRoute(
  app: Hono,
  route: Route,
  ask: (context: Context, least: Route['role']) => Promise<Asking>,
  onDone: (route: Route, asking: Asking) => Promise<void>,
): void {
  app.on(route.method.toUpperCase(), route.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (context) => {
    const asking = await ask(context, route.role);
    const input = {
      params: parse(route.params, context.req.param()),
      query: parse(route.query, readQuery(context)),
      body: route.body ? parse(route.body, await readBody(context)) : undefined,
    };
    const answer = await route.run(asking, input as never);
    await onDone(route, asking);
    if (answer instanceof Response) return answer;
    return answer === undefined ? context.body(null, 204) : context.json(answer as object);
  });
}

/** The OpenAPI 3.1 description of all routes. */
export function describeApi(routes: readonly Route[], version: string): object {
  const paths: Record<string, Record<string, unknown>> = {};
  const schemaOf = (schema: Shape) => {
    const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>;
    return rest;
  };
  const parameters = (schema: Shape | undefined, place: 'path' | 'query') => {
    if (!schema) return [];
    const { properties = {}, required = [] } = schemaOf(schema) as {
      properties?: Record<string, { description?: string }>;
      required?: string[];
    };
    return Object.entries(properties).map(([name, property]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      ...(property.description && { description: property.description }),
      schema: property,
    }));
  };
  for (const route of routes) {
    const operation = {
      summary: route.summary,
      tags: [route.tag],
      parameters: [
        ...parameters(route.params, 'path'),
        ...parameters(route.query, 'query'),
        ...(route.method === 'get'
          ? []
          : [
              {
                name: 'x-watchdesk',
                in: 'header',
                required: true,
                schema: { type: 'string' },
                description: 'any value: shows that the change comes from no foreign form',
              },
            ]),
      ],
      ...(route.body && { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body) } } } }),
      responses: {
        200: { description: 'done', content: { [route.answers ?? 'application/json']: {} } },
        default: {
          description: 'one clear sentence on what was wrong',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
        },
      },
    };
    paths[route.path] = { ...paths[route.path], [route.method]: operation };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Watchdesk',
      version,
      description: 'The record of the desk: events, statements, articles and what people made of them.',
    },
    paths,
    components: {
      schemas: { Error: { type: 'object', required: ['error'], properties: { error: { type: 'string' }, code: { type: 'string' } } } },
    },
  };
}
