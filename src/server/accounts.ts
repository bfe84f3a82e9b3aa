/** Who may do what, from the least to the most. */
import type { Role } from '../store/store.ts';

export const ROLES_IN_ORDER: readonly Role[] = ['reader', 'analyst', 'editor', 'admin'];
