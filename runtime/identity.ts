/** Who a certificate belongs to. One name per process of a run, in the certificate as a URI. */
import { MASTER } from '../agreement/algorithm.ts';
import type { NodeId } from '../agreement/algorithm.ts';

export const identityName = (id: NodeId): string => (id === MASTER ? 'the master' : `node ${id}`);

/** What stands in the certificate's subjectAltName. */
export const identityUri = (id: NodeId): string =>
  id === MASTER ? 'within:master' : `within:node:${id}`;

/** Null for anything that is not exactly one such name. */
export function identityIn(subjectAltName: string | undefined): NodeId | null {
  if (subjectAltName === `URI:${identityUri(MASTER)}`) return MASTER;
  const id = /^URI:within:node:([1-9]\d{0,8})$/.exec(subjectAltName ?? '')?.[1];
  return id === undefined ? null : Number(id);
}

/** The file of keys that belongs to it, in a folder of them. */
export const keysFileName = (id: NodeId): string =>
  id === MASTER ? 'master.pem' : `node-${id}.pem`;
