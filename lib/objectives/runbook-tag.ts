/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Tag.html */
const LONGEST = 256;
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]$/u;

/**
 * The address of a runbook as the value of a tag. What tags do not take is written as quoted-printable does, `=` and the
 * two digits of each byte: `?` is `=3F`, `&` is `=26`, `#` is `=23`, `%` is `=25`. All else stays as it is; a `=` that two such
 * digits follow is `=3D`.
 *
 * @returns `undefined` where it is longer than a tag can be
 * @see https://www.rfc-editor.org/rfc/rfc2045#section-6.7
 */
export function runbookTag(runbook: string): string | undefined {
  const tag = [...runbook.replace(/=(?=[0-9A-F]{2})/g, '=3D')]
    .map((character) => (ALLOWED.test(character) ? character : bytesOf(character)))
    .join('');
  return tag.length <= LONGEST ? tag : undefined;
}

/** The address of a runbook that a tag has: what {@link runbookTag} has written, decoded once. */
export function runbookOfTag(tag: string): string {
  return tag.replace(/(?:=[0-9A-F]{2})+/g, (bytes) => {
    const found = Uint8Array.from(bytes.slice(1).split('='), (digits) => Number.parseInt(digits, 16));
    return new TextDecoder().decode(found);
  });
}

function bytesOf(character: string): string {
  return [...new TextEncoder().encode(character)]
    .map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}
