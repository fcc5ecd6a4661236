import { mountZonesOf } from '../../../lib/assembly/network/mount-targets';
import { graphOf, subnetsIn } from '../../support/graph';

describe('the mount targets of a file system', () => {
  const mount = (FileSystemId: unknown, subnet: string) => ({
    Type: 'AWS::EFS::MountTarget',
    Properties: { FileSystemId, SubnetId: { Ref: subnet } },
  });
  const files = { Type: 'AWS::EFS::FileSystem' };

  it('are its own, and not those of another one', () => {
    const graph = graphOf({
      Resources: {
        ...subnetsIn('a', 'b', 'c'),
        One: files,
        Two: files,
        A: mount({ Ref: 'One' }, 'SubnetA'),
        B: mount({ 'Fn::GetAtt': 'One.FileSystemId' }, 'SubnetB'),
        C: mount({ Ref: 'Two' }, 'SubnetC'),
        D: mount('fs-elsewhere', 'SubnetC'),
      },
    });
    const [one, two] = graph.ofType('AWS::EFS::FileSystem');
    expect(mountZonesOf(one!).describe()).toBe('2 zones (a, b)');
    expect(mountZonesOf(two!).describe()).toBe('1 zone (c)');
  });

  it('may be any whose file system only deploy knows', () => {
    const graph = graphOf({
      Parameters: { Open: { Type: 'String' } },
      Resources: { ...subnetsIn('a'), One: files, A: mount({ Ref: 'Open' }, 'SubnetA') },
    });
    expect(mountZonesOf(graph.ofType('AWS::EFS::FileSystem')[0]!).most).toBe(Number.POSITIVE_INFINITY);
  });
});
