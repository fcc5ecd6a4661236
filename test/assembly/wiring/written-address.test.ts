import { hostIn, isEndpointOfAws, isHere } from '../../../lib/assembly/wiring/written-address';

describe('the host of an address', () => {
  it.each([
    ['https://API.shop.example.com:8443/v1?x=1', 'api.shop.example.com'],
    ['postgres://me:secret@db.internal/x', 'db.internal'],
    ['jdbc:mysql://db.internal:3306/x', 'db.internal'],
    ['mongodb+srv://me:secret@a.internal,b.internal/x', 'a.internal'],
    ['https://shop.example.com./', 'shop.example.com'],
  ])('is seen by its scheme: %s', (text, host) => {
    expect(hostIn(text, false)).toBe(host);
  });

  it.each([
    ['db.internal:5432', 'db.internal'],
    ['a.internal:9092,b.internal:9092', 'a.internal'],
    ['10.0.0.5', '10.0.0.5'],
    ['cache:6379', 'cache'],
  ])('is seen without one only where something else says that it is one: %s', (text, host) => {
    expect(hostIn(text, true)).toBe(host);
    expect(hostIn(text, false)).toBeUndefined();
  });

  it.each(['info', '1.2.3', '/opt/x', 'service.name=carts,x=y', '', 'me@example.com', '3.14'])(
    'is not in %j',
    (text) => {
      expect(hostIn(text, true)).toBeUndefined();
    },
  );

  it('may be the own machine', () => {
    expect(['localhost', '127.0.0.1', '169.254.170.2', '0.0.0.0'].filter((host) => !isHere(host))).toEqual(
      [],
    );
    expect(isHere('localhost.example.com')).toBe(false);
  });

  it('may be the door of a service of AWS, but not what somebody has there', () => {
    const doors = [
      'sts.amazonaws.com',
      'sqs.eu-west-1.amazonaws.com',
      'bedrock-runtime.us-east-1.amazonaws.com',
    ];
    expect(doors.filter((host) => !isEndpointOfAws(host))).toEqual([]);
    const theirs = [
      'x.execute-api.eu-west-1.amazonaws.com',
      'db.abc.eu-west-1.rds.amazonaws.com',
      'front-1.eu-west-1.elb.amazonaws.com',
      'files.s3.eu-west-1.amazonaws.com',
    ];
    expect(theirs.filter(isEndpointOfAws)).toEqual([]);
  });
});
