import { sameToken } from '../../lib/assembly/same-token';
import { Text, Unknown, type Value } from '../../lib/assembly/value';

const DOMAIN = new Unknown('parameter Domain has no default');
const OTHER = new Unknown('parameter Other has no default');
const text = (...parts: readonly (string | Unknown)[]): Value => new Text(parts);

describe('sameToken', () => {
  it.each<[string, Value, Value, boolean | undefined]>([
    ['two equal texts', 'api.example.com', 'api.example.com', true],
    ['two other texts', 'api.example.com', 'www.example.com', false],
    ['one token and itself', DOMAIN, DOMAIN, true],
    ['two tokens', DOMAIN, OTHER, undefined],
    ['the same text before the same token', text('api.', DOMAIN), text('api.', DOMAIN), true],
    ['other texts before the same token', text('api.', DOMAIN), text('www.', DOMAIN), false],
    ['a token and the same token after a text', DOMAIN, text('api.', DOMAIN), false],
    ['the same text before other tokens', text('api.', DOMAIN), text('api.', OTHER), undefined],
    ['a text and a token', 'api.example.com', text('api.', DOMAIN), undefined],
    ['a text and a token after another text', 'api.example.com', text('www.', DOMAIN), false],
    ['a text and a token before another text', 'api.example.com', text(DOMAIN, '.org'), false],
    ['a text and a longer one with a token', 'api', text('api.', DOMAIN), undefined],
    ['other texts on both sides of other tokens', text('a', DOMAIN, 'b'), text('x', OTHER, 'y'), false],
    ['two equal lists', ['a', 'b'], ['a', 'b'], true],
  ])('tells whether %s are the same', (_, a, b, same) => {
    expect(sameToken(a, b)).toBe(same);
    expect(sameToken(b, a)).toBe(same);
  });
});
