import { isSameHost } from '../../../lib/assembly/dns/health-check-hosts';

const NAME = 'shop-1.eu-west-1.elb.amazonaws.com';

it.each([
  ['one name is one host', NAME, NAME, true],
  ['an alias for both versions of IP is the load balancer itself', `dualstack.${NAME}`, NAME, true],
  ['it is not another load balancer', `dualstack.${NAME}`, `other-${NAME}`, false],
  ['elsewhere the word is a part of the name', 'dualstack.example.com', 'example.com', undefined],
])('%s', (_, one, other, expected) => {
  expect(isSameHost(target(one), target(other))).toBe(expected);
});

function target(what: string) {
  return { what, region: 'eu-west-1' } as Parameters<typeof isSameHost>[0];
}
