/** Routes of accounts: signing in and out, people and their roles, the audit log. */
import { z } from 'zod';
import { hashPassword, ROLES_IN_ORDER } from './accounts.ts';
import { Refusal } from './answer-failure.ts';
import { badInput, makeRoute } from './route.ts';
import { PageQuery } from './schemas.ts';

const tag = 'people';
const Name = z.string().trim().min(1).max(100);
const Password = z.string().min(12, 'a password needs at least 12 characters').max(500);

export const peopleRoutes = [
  makeRoute({
    method: 'post',
    path: '/api/session',
    summary: 'Signs in; the answer sets the session’s cookie',
    tag,
    role: 'nobody',
    body: z.object({ name: Name, password: z.string().max(500) }),
    run: async ({ accounts, context, from }, { body }) => {
      const secure = context.req.header('x-forwarded-proto') === 'https';
      const { cookie, person } = await accounts.signIn(body.name, body.password, from, secure);
      return new Response(JSON.stringify({ who: person.name, role: person.role }), {
        headers: { 'content-type': 'application/json', 'set-cookie': cookie },
      });
    },
  }),
  makeRoute({
    method: 'delete',
    path: '/api/session',
    summary: 'Signs out',
    tag,
    role: 'reader',
    run: async ({ accounts, context }) =>
      new Response(null, { status: 204, headers: { 'set-cookie': await accounts.signOut(context.req.header('cookie')) } }),
  }),
  makeRoute({
    method: 'get',
    path: '/api/people',
    summary: 'Accounts and their roles',
    tag,
    role: 'admin',
    run: ({ house }) => house.store.people.list(),
  }),
  makeRoute({
    method: 'put',
    path: '/api/people/{name}',
    summary: 'Makes or changes an account: role, password, active or not',
    tag,
    role: 'admin',
    params: z.object({ name: Name }),
    body: z.object({ role: z.enum(ROLES_IN_ORDER), active: z.boolean().default(true), password: Password.optional() }),
    run: async ({ house, who }, { params, body: { role, active, password } }) => {
      const before = await house.store.people.get(params.name);
      if (!before && password === undefined) throw badInput('A new account needs a password.');
      const admins = (await house.store.people.list()).filter(
        (person) => person.role === 'admin' && person.active && person.name !== params.name,
      );
      if (before?.role === 'admin' && before.active && admins.length === 0 && (role !== 'admin' || !active)) {
        throw new Refusal(403, 'The last admin cannot be taken away: make another first.');
      }
      const person = await house.store.people.save({
        name: params.name,
        role,
        active,
        ...(password !== undefined && { passwordHash: await hashPassword(password) }),
      });
      await house.store.audit.write({
        who,
        what: before ? 'account changed' : 'account made',
        subject: params.name,
        detail: { role, active, password: password !== undefined },
      });
      return person;
    },
  }),
  makeRoute({
    method: 'get',
    path: '/api/audit',
    summary: 'Who changed what, newest first',
    tag,
    role: 'admin',
    query: PageQuery,
    run: ({ house }, { query }) =>
      house.store.audit.list({ limit: query.limit ?? 100, ...(query.after !== undefined && { after: query.after }) }),
  }),
];
