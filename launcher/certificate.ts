/**
 * One certificate and its key. The package behind it is large: this file is loaded only when keys are
 * made, by `await import()`.
 */
import { generate } from 'selfsigned';
import type { SelfsignedOptions } from 'selfsigned';

const DAY_MS = 24 * 60 * 60 * 1000;

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** As PEM; P-256, SHA-256. Good from a day ago on, for the clocks of two machines may differ. */
export async function makeCertificate(
  commonName: string,
  days: number,
  options: SelfsignedOptions,
): Promise<Certificate> {
  const now = Date.now();
  const { private: key, cert } = await generate([{ name: 'commonName', value: commonName }], {
    ...{ keyType: 'ec', curve: 'P-256', algorithm: 'sha256' },
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now + days * DAY_MS),
    ...options,
  });
  return { key, cert };
}
