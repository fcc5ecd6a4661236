import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { printable } from '../assembly/source/printable';
import { ConfigurationError } from '../errors';
import type { RiskAcceptanceRecord } from '../objectives/risk-acceptance';
import { type AllowedSigner, isListed } from './allowed-signers';
import { canonicalForm } from './canonical-form';
import { type CheckSignature, SIGNATURES, type SignatureCheck } from './filed-acceptance';
import { looksLikeSsh, readSshSignature, verifySsh } from './ssh-signature';
import { strictBase64 } from './ssh-wire';

/** The namespace of our signatures: one made for another purpose is none. */
export const NAMESPACE = 'cdk-nines';

/** A public Ed25519 key of one approver. */
export interface PemSigner {
  readonly principal: string;
  readonly key: KeyObject;
}

/** Whose signatures count. */
export interface Signers {
  readonly ssh: readonly AllowedSigner[];
  readonly pem: readonly PemSigner[];
}

/**
 * Reads a public Ed25519 key. The name of its file names the approver: `head-of-payments.pem`.
 *
 * @throws ConfigurationError when it is a private key, another key or none
 */
export function parsePemSigner(text: string, file: string, principal: string): PemSigner {
  const refuse = (problem: string, fix: string): never => {
    throw new ConfigurationError({ path: `${printable(file)}:1`, problem, fix });
  };
  if (text.includes('PRIVATE KEY')) {
    return refuse('is a private key', 'take it out of here, make a new pair and keep only the public key');
  }
  const key = keyIn(text);
  return key?.asymmetricKeyType === 'ed25519'
    ? { principal, key }
    : refuse('is no Ed25519 public key', 'write one with: openssl pkey -in KEY -pubout');
}

function keyIn(text: string): KeyObject | undefined {
  try {
    return createPublicKey(text);
  } catch {
    return undefined;
  }
}

/** Checks signatures by the keys of those who may sign. A signature counts if its key was valid when the record was made. */
export function signatureChecker(signers: Signers): CheckSignature {
  return (record, field) => {
    const signature = record[field];
    const approver = record[SIGNATURES[field]];
    if (signature === undefined) return { state: 'unsigned' };
    if (approver === undefined) return wrong('is there, but nobody is named who signs it');
    try {
      if (field === 'secondSignature' && isBySameKey(record.signature, signature)) {
        return wrong('is by the same key as the first');
      }
      return checked(record, signature, approver, signers);
    } catch (error) {
      return wrong(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
}

function checked(
  record: RiskAcceptanceRecord,
  signature: string,
  approver: string,
  signers: Signers,
): SignatureCheck {
  const check = looksLikeSsh(signature) ? bySsh : byPem;
  return check(record, signature, approver, signers);
}

/** One key is one person, whatever names it goes by. Ed25519 gives one signature only for one key and one message. */
function isBySameKey(first: string | undefined, second: string): boolean {
  if (first === undefined || !looksLikeSsh(first) || !looksLikeSsh(second)) {
    return first?.replace(/\s+/g, '') === second.replace(/\s+/g, '');
  }
  return readSshSignature(first).publicKey.equals(readSshSignature(second).publicKey);
}

function bySsh(
  record: RiskAcceptanceRecord,
  armoured: string,
  approver: string,
  { ssh }: Signers,
): SignatureCheck {
  const signature = readSshSignature(armoured);
  if (signature.namespace !== NAMESPACE) {
    return wrong(`is of namespace ${JSON.stringify(printable(signature.namespace))}, not ${NAMESPACE}`);
  }
  const own = ssh.filter(({ publicKey }) => publicKey.equals(signature.publicKey));
  if (own.length === 0) return wrong('is by a key that is not among the allowed signers');
  const named = own.filter(({ principals }) => isListed(principals, approver));
  if (named.length === 0) return wrong(`is by a key that is not of ${JSON.stringify(approver)}`);
  const forUs = named.filter(({ namespaces }) => !namespaces || isListed(namespaces, NAMESPACE));
  if (forUs.length === 0) return wrong(`is by a key that is not allowed for the namespace ${NAMESPACE}`);
  if (!forUs.some((signer) => isValidOn(signer, record.created))) {
    return wrong(`is by a key that was not valid on ${record.created}`);
  }
  return verdict(verifySsh(signature, Buffer.from(canonicalForm(record))));
}

function byPem(
  record: RiskAcceptanceRecord,
  base64: string,
  approver: string,
  { pem }: Signers,
): SignatureCheck {
  const signature = strictBase64(base64);
  if (signature?.length !== 64) {
    return wrong('is neither an armoured SSH signature nor 64 bytes of Ed25519 in Base64');
  }
  const keys = pem.filter(({ principal }) => principal === slugOf(approver));
  if (keys.length === 0) return wrong(`has no key: ${slugOf(approver)}.pem is not among the signers`);
  const message = Buffer.from(canonicalForm(record));
  return verdict(keys.some(({ key }) => verify(null, message, key, signature)));
}

function isValidOn({ validAfter, validBefore }: AllowedSigner, day: string): boolean {
  const moment = Date.parse(`${day}T00:00:00Z`);
  return (
    (validAfter === undefined || moment >= validAfter) && (validBefore === undefined || moment < validBefore)
  );
}

/** How the file of an approver's key is called: `head of payments` → `head-of-payments`. */
export function slugOf(approver: string): string {
  return approver
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

function verdict(good: boolean): SignatureCheck {
  return good ? { state: 'verified' } : wrong('does not fit: the record was changed after it was signed');
}

function wrong(reason: string): SignatureCheck {
  return { state: 'wrong', reason };
}
