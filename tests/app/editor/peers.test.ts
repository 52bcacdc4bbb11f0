import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { peersOf } from '../../../app/_editor/peers.ts';

let own: Awareness;
let other: Awareness;

beforeEach(() => {
  own = new Awareness(new Y.Doc());
  other = new Awareness(new Y.Doc());
});
afterEach(() => {
  own.destroy();
  other.destroy();
});

function say(state: Record<string, unknown>): ReturnType<typeof peersOf> {
  other.setLocalState(state);
  applyAwarenessUpdate(own, encodeAwarenessUpdate(other, [other.clientID]), 'other');
  return peersOf(own);
}

describe('the others in a report', () => {
  test('are who the server says they are, and where they write', () => {
    const user = { id: 'b', name: 'Ben', color: '#a21a73' };
    expect(say({ user, writing: 'claim' })).toEqual([
      { clientId: other.clientID, user, cursor: null, writing: 'claim' },
    ]);
  });

  test('are not ourselves', () => {
    own.setLocalState({ user: { id: 'a', name: 'Ana', color: '#0f766e' } });
    expect(peersOf(own)).toEqual([]);
  });

  test('without a name are nobody', () => {
    expect(say({ user: { color: '#a21a73' } })).toEqual([]);
    expect(say({})).toEqual([]);
  });

  test('get a quiet colour when theirs is none', () => {
    expect(say({ user: { name: 'Ben', color: 'red; background: url(x)' } })[0]?.user.color).toBe('#6b665a');
  });

  test('have no cursor when what they sent is none', () => {
    expect(say({ user: { name: 'Ben' }, cursor: { anchor: 'x', head: 3 } })[0]?.cursor).toBeNull();
  });
});
