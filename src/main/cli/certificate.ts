import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { readGivenText } from '../files/given-file.ts';
import { UsageError } from './exit-status.ts';

/** More than any certificate chain has. */
const MAX_BYTES = 1024 * 1024;

export interface Certificate {
  /** As PEM, followed by its chain. */
  readonly cert: string;
  readonly key: string;
}

/**
 * What `--tls-cert` and `--tls-key` name; undefined if neither is given. Throws {@link UsageError} if they can't be
 * used.
 */
export function readCertificate(certFile: string | undefined, keyFile: string | undefined): Certificate | undefined {
  if (certFile === undefined && keyFile === undefined) return undefined;
  if (certFile === undefined || keyFile === undefined)
    throw new UsageError('--tls-cert and --tls-key go together: give both, or neither.');
  const cert = readPem('--tls-cert', certFile);
  const key = readPem('--tls-key', keyFile);
  const first = tryTo(
    () => new X509Certificate(cert),
    () => `--tls-cert: ${certFile} holds no certificate in PEM form.`,
  );
  const secret = tryTo(
    () => createPrivateKey(key),
    () => keyProblem(keyFile, key),
  );
  if (!first.checkPrivateKey(secret))
    throw new UsageError(`The key in ${keyFile} does not belong to the certificate in ${certFile}.`);
  checkTime(certFile, first);
  tryTo(
    () => createSecureContext({ cert, key }),
    (reason) => `TLS can't use the certificate in ${certFile}: ${reason}.`,
  );
  return { cert, key };
}

function readPem(option: string, file: string): string {
  return tryTo(
    () => readGivenText(file, MAX_BYTES),
    (reason) => `${option}: ${file} can't be read: ${reason}.`,
  );
}

const keyProblem = (file: string, key: string) =>
  key.includes('ENCRYPTED')
    ? `--tls-key: the key in ${file} has a passphrase. Give one without, which only you can read.`
    : `--tls-key: ${file} holds no private key in PEM form.`;

function checkTime(file: string, { validToDate, validFromDate }: X509Certificate): void {
  const now = Date.now();
  if (validToDate.getTime() < now)
    throw new UsageError(`The certificate in ${file} ended on ${validToDate.toISOString()}. Get a new one.`);
  if (validFromDate.getTime() > now)
    throw new UsageError(
      `The certificate in ${file} begins on ${validFromDate.toISOString()}. Check this machine's clock.`,
    );
}

function tryTo<T>(act: () => T, sentence: (reason: string) => string): T {
  try {
    return act();
  } catch (error) {
    throw new UsageError(sentence((error as Error).message));
  }
}
