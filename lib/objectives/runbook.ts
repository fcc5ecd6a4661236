import { type Mistake, quoted } from './mistakes';

/** `https://…`, `s3://…`. */
const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Something with a slash in it, or with the ending of a file or a host: `docs/shop`, `/shop`, `shop.md`, `wiki.example.com`. */
const PATH = /[^\s/]\/[^\s/]|^\.{0,2}\/[^\s/]|[^\s.]\.[a-z][a-z0-9]{0,9}([#?]\S*)?$/i;

/** What people write where there is none. */
const NONE = /^n\/?a$/i;

/** How the CDK writes what only a deploy knows. */
const TOKEN = /\$\{Token\[/;

/**
 * What keeps a text from being the place of a runbook, wherever one is named: a word such as `TODO` leads nobody anywhere.
 *
 * @internal
 */
export function runbookMistakes(runbook: string): Mistake[] {
  const text = String(runbook).trim();
  if (text === '') return [{ problem: 'runbook is empty', fix: 'give its path or address, or leave it out' }];
  const isPlace = ADDRESS.test(text) ? URL.canParse(text) : PATH.test(text) && !NONE.test(text);
  if (isPlace || TOKEN.test(text)) return [];
  return [
    {
      problem: `the runbook ${quoted(runbook)} is neither a path nor an address, so it leads nobody anywhere`,
      fix: 'write where it is: docs/runbooks/shop.md, or https://wiki.example.com/shop',
    },
  ];
}
