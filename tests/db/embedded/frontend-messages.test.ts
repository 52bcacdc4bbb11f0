import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, FrontendMessages } from '#db/embedded/frontend-messages.ts';

const startup = Uint8Array.of(0, 0, 0, 9, 0, 3, 0, 0, 0);

function message(type: string, body: readonly number[] = []): Uint8Array {
  return Uint8Array.of(type.charCodeAt(0), 0, 0, 0, 4 + body.length, ...body);
}

function started(): FrontendMessages {
  const messages = new FrontendMessages();
  messages.push(startup);
  return messages;
}

describe('frontend messages', () => {
  it('hand on the start-up message by itself', () => {
    const batches = new FrontendMessages().push(concat(startup, message('Q', [1])));
    expect(batches).toEqual([
      { bytes: startup, isComplete: true },
      { bytes: message('Q', [1]), isComplete: true },
    ]);
  });

  it('refuse a start-up that is not of protocol 3', () => {
    const cancelRequest = Uint8Array.of(0, 0, 0, 8, 4, 210, 22, 46);
    expect(() => new FrontendMessages().push(cancelRequest)).toThrow('protocol 3');
  });

  it('keep an incomplete message until its rest comes', () => {
    const messages = started();
    const query = message('Q', [1, 2, 3]);
    expect(messages.push(query.subarray(0, 3))).toEqual([]);
    expect(messages.push(query.subarray(3, 6))).toEqual([]);
    expect(messages.push(query.subarray(6))).toEqual([{ bytes: query, isComplete: true }]);
  });

  it('are complete when the last one asks for an answer', () => {
    const messages = started();
    expect(messages.push(message('P', [1]))).toMatchObject([{ isComplete: false }]);
    expect(messages.push(concat(message('B'), message('E'), message('S')))).toMatchObject([
      { isComplete: true },
    ]);
  });

  it('keep the end of the connection, and what follows it, to themselves', () => {
    const messages = started();
    const bytes = concat(message('S'), message('X'), message('Q', [1]));
    expect(messages.push(bytes)).toEqual([{ bytes: message('S'), isComplete: true }]);
    expect(messages.push(message('Q', [2]))).toEqual([]);
  });

  it('refuse a length that is too small for itself', () => {
    expect(() => started().push(Uint8Array.of(0x51, 0, 0, 0, 3))).toThrow('bad length');
  });

  it('are the same however the bytes are cut', () => {
    const one = fc.tuple(fc.constantFrom('Q', 'P', 'B', 'S'), fc.array(fc.nat(255), { maxLength: 20 }));
    const property = fc.property(fc.array(one), fc.array(fc.nat(300)), (parts, cuts) => {
      const whole = concat(startup, ...parts.map(([type, body]) => message(type, body)));
      const ends = [...new Set(cuts.filter((cut) => cut < whole.length))]
        .sort((a, b) => a - b)
        .concat(whole.length);
      const messages = new FrontendMessages();
      const got = ends.flatMap((end, index) => messages.push(whole.slice(ends[index - 1] ?? 0, end)));
      expect(concat(...got.map(({ bytes }) => bytes))).toEqual(whole);
    });
    fc.assert(property);
  });
});
