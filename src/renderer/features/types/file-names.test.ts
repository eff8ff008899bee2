import { describe, expect, it } from 'vitest';
import { nameFor, nameProblem, unusedName } from './file-names.ts';

describe('the name of a file of types', () => {
  it('is that of the last type, in the language that it is written in', () => {
    expect(nameFor('typedef struct order { int a; } order;', [])).toBe('order.h');
    expect(nameFor('struct a { int b; };\nstruct order {\n  unsigned venue : 5;\n  bool c : 1;\n};', [])).toBe(
      'order.h',
    );
    expect(nameFor('#[repr(C)]\npub struct Order { id: u32 }', [])).toBe('Order.rs');
    expect(nameFor('struct Order {\n  id: u32,\n}', [])).toBe('Order.rs');
    expect(nameFor('syntax = "proto3";\nmessage Order { int32 id = 1; }', [])).toBe('Order.proto');
    expect(nameFor('int a;', [])).toBe('types.h');
  });

  it('is one that is not taken', () => {
    expect(unusedName('order.h', ['Order.h', 'order-2.h'])).toBe('order-3.h');
    expect(nameProblem('ORDER.H', ['order.h'])).toContain('already');
    expect(nameProblem('../order.h', [])).toContain('ends in');
    expect(nameProblem('order.h', [])).toBeUndefined();
  });
});
