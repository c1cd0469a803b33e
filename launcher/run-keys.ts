/**
 * Keys for the processes of a run: one authority, one certificate for each. The authority's own key is
 * never written anywhere, so nobody can be added later.
 */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../record/make-folder.ts';
import { MASTER } from '../agreement/algorithm.ts';
import type { NodeId } from '../agreement/algorithm.ts';
import { identityName, identityUri, keysFileName } from '../runtime/identity.ts';
import type { Certificate } from './certificate.ts';

/** How long keys are good unless somebody says otherwise: longer than any run. */
export const KEYS_DAYS = 30;

/**
 * Writes `folder`/master.pem and `folder`/node-1.pem … for n nodes, readable by this user only. Each
 * holds a key, its certificate and that of the authority. Throws what the file system throws.
 */
export async function writeKeys(folder: string, n: number, days: number): Promise<string[]> {
  makeFolder(folder, 0o700);
  const authority = await makeAuthority(days);
  return Promise.all(
    Array.from({ length: n + 1 }, async (_, id) => {
      const file = join(folder, keysFileName(id));
      const pem = await makeKeys(authority, id, days);
      writeFileSync(file, pem, { mode: 0o600, flag: 'wx' });
      return file;
    }),
  );
}

/** Are there keys of any process already? */
export const hasKeys = (folder: string): boolean => existsSync(join(folder, keysFileName(MASTER)));

export const removeKeys = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true });
};

async function makeAuthority(days: number): Promise<Certificate> {
  const { makeCertificate } = await import('./certificate.ts');
  return makeCertificate('the authority of a run of Within', days, {
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
}

async function makeKeys(ca: Certificate, id: NodeId, days: number): Promise<string> {
  const { makeCertificate } = await import('./certificate.ts');
  const { key, cert } = await makeCertificate(identityName(id), days, {
    ca,
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 6, value: identityUri(id) }] },
    ],
  });
  return [key, cert, ca.cert].map((pem) => `${pem.trim()}\n`).join('');
}
