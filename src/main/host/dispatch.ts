import * as v from 'valibot';
import { type MethodName, methods, parseArgs, type Services } from '../../shared/api.ts';
import { type Result, ShmscopeError, toFailure } from '../../shared/failure.ts';
import { type HostMessage, type Request, requestSchema } from '../../shared/rpc.ts';

/** A request from a transport; undefined if it isn't one. */
export function readRequest(message: unknown): Request | undefined {
  const parsed = v.safeParse(requestSchema, message);
  return parsed.success ? parsed.output : undefined;
}

/**
 * Calls the service that `request` names and posts the result. Never throws, unless `post` throws on a plain failure.
 */
export async function answer(
  services: Services,
  request: Request,
  post: (message: HostMessage) => void,
): Promise<void> {
  const { id } = request;
  const result = await call(services, request);
  try {
    post({ id, result });
  } catch (error) {
    post({ id, result: { ok: false, failure: toFailure(error) } });
  }
}

async function call(services: Services, { method, args }: Request): Promise<Result<unknown>> {
  try {
    if (!isMethod(method))
      throw new ShmscopeError('invalid-argument', `Shmscope has no method ${JSON.stringify(method)}.`);
    const service = services[method] as (...args: unknown[]) => unknown;
    return { ok: true, value: await service(...parseArgs(method, args)) };
  } catch (error) {
    return { ok: false, failure: toFailure(error) };
  }
}

export const isMethod = (name: string): name is MethodName => Object.hasOwn(methods, name);
