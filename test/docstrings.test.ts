import {
  canRefuse,
  canRefuseToBeMade,
  type Declared,
  isClass,
  isFunction,
  isInterface,
  isMadeWithTier,
  isOpen,
  membersOf,
  shownToUsers,
} from './support/docstrings';

const shown = shownToUsers();
const classes = shown.filter(isClass);
const interfaces = shown.filter(isInterface);

/** Of what people write: of constructs and words. */
const properties = interfaces
  .filter(({ file, name }) => /^lib\/(?:constructs|objectives)\//.test(file) && /Props$|Options$/.test(name))
  .flatMap((each) => membersOf(each).map((member) => ({ ...member, of: each })));

const namesOf = (declared: readonly Declared[]): readonly string[] =>
  declared.map(({ file, name }) => `${file} ${name}`);

const meaningOf = (doc: string): string =>
  doc.replace(/@(?:default|see|throws|internal)\b[\s\S]*/, '').trim();

it('there are many to look at', () => {
  expect(classes.length).toBeGreaterThan(90);
  expect(properties.length).toBeGreaterThan(300);
  expect(shown.filter(isFunction).length).toBeGreaterThan(80);
});

describe('the meaning', () => {
  it('of every class and of every property is said', () => {
    const unsaid = properties.filter(({ doc }) => meaningOf(doc).length < 8 && !/@default/.test(doc));
    expect(namesOf(unsaid)).toEqual([]);
    expect(namesOf(classes.filter(({ doc }) => meaningOf(doc).length < 20))).toEqual([]);
  });

  it('of a property that may be left out includes what it is then, and of no other', () => {
    const wrong = properties.filter(
      ({ doc, head }) => /^readonly \w+\?/.test(head) !== /@default \S/.test(doc),
    );
    expect(namesOf(wrong)).toEqual([]);
  });
});

describe('the errors', () => {
  const throws = ({ doc }: { readonly doc: string }): boolean => /@throws \w+ \S+ \S+/.test(doc);

  it('of a class that can refuse to be made are said, of the class or of its constructor', () => {
    const able = classes.filter(canRefuseToBeMade);
    expect(able.length).toBeGreaterThan(50);
    const saysSo = (each: Declared): boolean =>
      [each, ...membersOf(each).filter(({ name }) => name.endsWith('.constructor'))].some(throws);
    expect(namesOf(able.filter((each) => !saysSo(each)))).toEqual([]);
  });

  it('of a method that can refuse are said', () => {
    const able = classes.flatMap((each) =>
      membersOf(each)
        .filter(
          (member) => isOpen(member) && !/^(?:get|constructor)\b/.test(member.head) && /\(/.test(member.head),
        )
        .filter((member) => canRefuse(member, isMadeWithTier(each))),
    );
    expect(able.length).toBeGreaterThan(5);
    expect(namesOf(able.filter((each) => !throws(each)))).toEqual([]);
  });

  it('of a function that can refuse are said', () => {
    const able = shown.filter((each) => isFunction(each) && canRefuse(each));
    expect(able.length).toBeGreaterThan(10);
    expect(namesOf(able.filter((each) => !throws(each)))).toEqual([]);
  });
});

/** A page, or a paper by its authors and its year. */
const SOURCE = /@see (?:https:\/\/\S+|[A-Z]\w+, .+ (?:19|20)\d\d)/;

describe('the source', () => {
  it('of every class is said: the page or paper that it stands on', () => {
    expect(namesOf(classes.filter(({ doc }) => !SOURCE.test(doc)))).toEqual([]);
  });

  it('of the limits of a property is said, there or of what takes it', () => {
    const limited = properties.filter(({ doc }) => LIMIT.test(meaningOf(doc)));
    expect(limited.length).toBeGreaterThan(20);
    const unsourced = limited.filter(
      ({ doc, of }) => ![doc, of.doc, ...docsOfTakers(of)].some((each) => SOURCE.test(each)),
    );
    expect(namesOf(unsourced)).toEqual([]);
  });
});

/** `1 to 16`, `up to 14 days`. */
const LIMIT = /\b\d[\d,]*(?:\.\d+)? (?:to|or) \d|\b(?:up to|at most|at least) \d/;

/** The docstrings of the classes that take an interface, or one that extends it. */
function docsOfTakers({ name }: Declared): readonly string[] {
  const names = [name];
  for (const each of names) {
    const extending = new RegExp(`^export interface (\\w+)[^{]* extends [^{]*\\b${each}\\b`);
    for (const { text } of interfaces) {
      const wider = extending.exec(text)?.[1];
      if (wider !== undefined && !names.includes(wider)) names.push(wider);
    }
  }
  const mentions = new RegExp(`\\b(?:${names.join('|')})\\b`);
  return classes.filter(({ text }) => mentions.test(text)).map(({ doc }) => doc);
}

describe('the unit', () => {
  const numbers = interfaces.flatMap((each) =>
    membersOf(each)
      .filter(({ head }) => /^readonly \w+\??: number(?: \| undefined)?;/.test(head))
      .map((member) => ({
        ...member,
        property: member.name.split('.')[1] ?? '',
        ofAll: meaningOf(each.doc),
      })),
  );

  it('of every number is said, by its name, its docstring or that of its interface', () => {
    expect(numbers.length).toBeGreaterThan(200);
    const unsaid = numbers.filter(
      ({ doc, property, ofAll }) =>
        !NAMED.test(property) &&
        !UNIT.test(meaningOf(doc)) &&
        !UNIT.test(ofAll) &&
        !countsWhatItNames(property, meaningOf(doc)),
    );
    expect(namesOf(unsaid)).toEqual([]);
  });

  it('of a property that ends in a unit is no other', () => {
    const other = numbers.filter(
      ({ doc, property }) =>
        (/Seconds$/.test(property) && /\bin (?:minutes|hours|days|milliseconds)\b/.test(doc)) ||
        (/Minutes$/.test(property) && /\bin (?:seconds|hours|days)\b/.test(doc)),
    );
    expect(namesOf(other)).toEqual([]);
  });

  it('of a date in text is its shape', () => {
    const dates = interfaces
      .flatMap(membersOf)
      .filter(({ head }) =>
        /^readonly (?:expires|created|asOf|\w*(?:Date|Day|Time))\??: string(?: \| undefined)?;/.test(head),
      );
    expect(dates.length).toBeGreaterThan(5);
    const shapeless = dates.filter(({ doc }) => !/\d{4}-\d\d|YYYY-MM|ISO 8601|`[a-z]+day`/.test(doc));
    expect(namesOf(shapeless)).toEqual([]);
  });
});

const UNIT = new RegExp(
  [
    'seconds?|minutes?|hours?|days?|times?|a year|since 1970',
    'per cent|fraction|share|ratio|factor|probability|how much likelier|likelier',
    'MiB|GiB|bytes|units?|currency|port|status code|deviations',
    'how (?:many|often)|number of|counts?|so many|in a row|order',
    '-?\\d+ (?:\\(\\w+\\) )?(?:to|or) -?\\d+',
  ]
    .map((words) => `\\b(?:${words})\\b`)
    .join('|'),
  'i',
);

const NAMED =
  /(?:Seconds|Minutes|Hours?|Days|Percent|GiB|MiB|Count|Units?|Share|Probability|Port)$|^(?:line|minutes|seconds|probability|unavailability|availability|port)$/;

/** `maxTasks`: "Tasks that scaling may start." */
function countsWhatItNames(property: string, meaning: string): boolean {
  const [first = ''] = meaning.toLowerCase().split(/[ .,]/);
  return /s$/.test(first) && property.toLowerCase().includes(first);
}
