import type { Services } from '../shared/api.ts';
import type { DeclaredTypes } from './declared-types.ts';
import type { SessionTypes } from './session-types.ts';

export const typeServices = (types: DeclaredTypes, sessions: SessionTypes) =>
  ({
    types: () => types.snapshot(),
    saveTypeFile: ({ name, text, version }) => types.save(name, text, version),
    removeTypeFile: ({ name, version }) => types.remove(name, version),
    renameTypeFile: ({ name, to, version }) => types.rename(name, to, version),
    tryTypes: (draft) => types.try(draft),
    sessionTypes: (session) => sessions.of(session),
  }) satisfies Partial<Services>;
