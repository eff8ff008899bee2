import { describe, expect, test } from 'vitest';
import { ACCESS_CHOICES, accessProblem, accessWords } from './access.ts';

describe('who may open a channel', () => {
  test.each([
    ...ACCESS_CHOICES,
    'D:',
    'D:(A;;GA;;;WD)',
    'D:P(A;;GRGW;;;S-1-5-21-1-2-3-1001)(D;;GA;;;AN)',
    'D:PAI(A;OICI;0x1f0003;;;BA)',
    'O:BAG:SYD:(A;;GA;;;SY)S:(ML;;NW;;;LW)',
    'S:(ML;;NW;;;LW)D:NO_ACCESS_CONTROL',
    'D:(XA;;GA;;;WD;(@User.Title=="PM" && (@User.Division=="Finance" || @User.Division =="Sales")))',
  ])('can be %s', (access) => {
    expect(accessProblem(access)).toBeUndefined();
  });

  test.each([
    ['', 'user, session, machine'],
    ['everyone', 'user, session, machine'],
    ['User', 'user, session, machine'],
    ['D:(A;;GA;;;WD', "isn't an SDDL access list"],
    ['D:(A;;GA;WD)', "isn't an SDDL access list"],
    ['D:A;;GA;;;WD', "isn't an SDDL access list"],
    ['X:(A;;GA;;;WD)', "isn't an SDDL access list"],
    ['D:(A;;GA;;;WD) ', "isn't an SDDL access list"],
    ['D:(A;;GA;;;WD)D:(A;;GR;;;WD)', 'can appear only once'],
    [`D:${'(A;;GA;;;WD)'.repeat(400)}`, '4,096'],
  ])("can't be %j", (access, saying) => {
    expect(accessProblem(access)).toContain(saying);
  });

  test('is reported in words', () => {
    expect(accessWords('machine')).toBe('everyone on this machine');
    expect(accessWords('D:(A;;GA;;;WD)')).toContain('D:(A;;GA;;;WD)');
  });

  test('is told of the longest texts too', () => {
    for (const piece of ['(', '(A;', 'AD', '(A;;;;;(', '(A;;;;;((', 'O', 'A', '(A;;;;;)']) {
      expect(accessProblem(`D:${piece.repeat(2000)}`.slice(0, 4094).concat('!)'))).toContain(
        "isn't an SDDL access list",
      );
    }
  });
});
