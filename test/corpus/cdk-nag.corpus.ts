import { type Comparison, compare, differ, MAPPED, missingInNag, pickTemplates, type Said } from './cdk-nag';
import explanations from './cdk-nag-disagreements.json';
import { corpus } from './corpus';

/** Why we and cdk-nag differ: every field that is given must hold. */
interface Explanation {
  /** @default - any rule */
  readonly rule?: string;

  /** @default - whatever it says */
  readonly nag?: Said;
  readonly ours?: Said;

  /** A pattern of the type of the resource. @default - any type */
  readonly type?: string;

  /** A pattern that our words match. @default - any words */
  readonly message?: string;

  /** That a condition decides whether the resource exists. @default - it does not matter */
  readonly conditional?: boolean;

  /** Templates and logical ids. @default - all that the rest describes */
  readonly resources?: readonly string[];
  readonly reason: string;
}

/** More templates than there are: all that the CDK can include are compared. */
const TEMPLATES = 600;

const listed: readonly Explanation[] = explanations as readonly Explanation[];

function explains(why: Explanation, found: Comparison): boolean {
  const { rule = found.rule, nag = found.nag, ours = found.ours, conditional = found.conditional } = why;
  const { file, logicalId, messages } = found;
  return (
    rule === found.rule &&
    nag === found.nag &&
    ours === found.ours &&
    conditional === found.conditional &&
    (why.type === undefined || new RegExp(why.type).test(found.type)) &&
    (why.message === undefined || messages.every((text) => new RegExp(why.message ?? '').test(text))) &&
    (why.resources === undefined || why.resources.includes(`${file} ${logicalId}`))
  );
}

describe('the rules that cdk-nag has too', () => {
  const folder = corpus('templates', 'single');
  const compared = compare(folder, pickTemplates(folder, TEMPLATES));
  const differing = compared.filter(differ);

  it('are all there in cdk-nag', () => {
    expect(missingInNag()).toEqual([]);
    expect(Object.keys(MAPPED).length).toBeGreaterThan(80);
  });

  it('say the same of thousands of resources', () => {
    const same = compared.filter((each) => ['fail', 'pass'].includes(each.nag) && !differ(each)).length;
    const files = new Set(compared.map(({ file }) => file)).size;
    console.log(
      `${compared.length} compared in ${files} templates, ${same} the same, ${differing.length} different`,
    );
    expect(files).toBeGreaterThan(250);
    expect(same).toBeGreaterThan(2500);
  });

  it('differ only where the reason is listed', () => {
    const unexplained = differing.filter((found) => !listed.some((why) => explains(why, found)));
    expect(unexplained).toEqual([]);
  });

  it('have no reason that explains nothing', () => {
    expect(listed.filter((why) => !differing.some((found) => explains(why, found)))).toEqual([]);
    expect(listed.filter(({ reason }) => reason.length < 30)).toEqual([]);
  });
});
