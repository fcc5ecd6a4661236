/** Rules whose cases are written by hand, by id, with the reason. */
export const BY_HAND: Readonly<Record<string, string>> = {
  'ASM-01': 'it never fails: what nobody can see is unknown',
  'CFN-01': 'it judges a setting of stacks, which is no property',
  'CFN-02': 'it judges a setting of stacks, which is no property',
  'CFN-04': 'it judges attributes of resources, which are no properties',
  'X-84': 'it judges dates in the catalogue; its tests flip them',
  'X-86': 'it judges settings of stacks and attributes of resources, which are no properties',
};
