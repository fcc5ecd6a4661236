import { type Mistake, quoted } from './mistakes';

/** Letters, digits and hyphens: the name stands in tags, names of resources and paths of files. */
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const LONGEST = 63;

/** What moves a cursor, breaks a line or turns its direction; joiners stay, which some scripts need within a word. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/**
 * What keeps a text from being the name of a service, wherever it is declared.
 *
 * @internal
 */
export function serviceNameMistakes(name: string): Mistake[] {
  if (NAME.test(name) && name.length <= LONGEST) return [];
  return [
    {
      problem: `${quoted(name)} is no name for a service`,
      fix: `use at most ${LONGEST} lower-case letters, digits and hyphens, with a letter first`,
    },
  ];
}

/**
 * What keeps a text from being the owner of a service: it names nobody, or a person.
 *
 * @internal
 */
export function ownerMistakes(owner: string): Mistake[] {
  if (typeof owner === 'string' && UNSEEN.test(owner))
    return [
      {
        problem: `owner ${quoted(owner)} has characters that nobody sees`,
        fix: 'write letters, digits, spaces and signs, on one line',
      },
    ];
  if (typeof owner === 'string' && owner.trim() !== '' && !owner.includes('@')) return [];
  return [
    {
      problem: `owner ${quoted(owner)} names no team`,
      fix: 'name the team, not a person or an address: it ends up in the template',
    },
  ];
}

/**
 * The name of a service that is nearest to how somebody calls it: `Shop Front` is `shop-front`. A text without letters
 * gives `service`.
 *
 * @internal
 */
export function serviceNameFrom(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const name = words.join('-').slice(0, LONGEST).replace(/-$/, '');
  if (name === '') return 'service';
  return /^[a-z]/.test(name) ? name : `service-${name}`.slice(0, LONGEST).replace(/-$/, '');
}
