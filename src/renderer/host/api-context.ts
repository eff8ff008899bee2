import { createContext, useContext } from 'react';
import type { Api } from '../../shared/api.ts';

const ApiContext = createContext<Api | null>(null);
export const ApiProvider = ApiContext.Provider;

export function useApi(): Api {
  const api = useContext(ApiContext);
  if (!api) throw new Error('A part of the window was rendered outside of ApiProvider.');
  return api;
}
