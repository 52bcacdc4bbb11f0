import { describe, expect, it } from 'vitest';
import { isAllowedOrigin } from '#server/auth/origins.ts';

const site = 'https://desk.example.org';

describe('the origin of a browser', () => {
  it.each<[string | null, string | null, string | null, boolean]>([
    [null, null, 'localhost:3000', true],
    [null, 'http://localhost:3000', 'localhost:3000', true],
    [null, 'http://ben.localhost:3000', 'ben.localhost:3000', true],
    [null, 'http://127.0.0.1:3000', '127.0.0.1:3000', true],
    [null, 'http://[::1]:3000', '[::1]:3000', true],
    [null, 'http://localhost', 'localhost', true],
    [null, 'http://localhost:5000', 'localhost:3000', false],
    [null, 'http://evil.example', 'localhost:3000', false],
    [null, 'http://evil.example:3000', 'evil.example:3000', false],
    [null, 'http://localhost.evil.example:3000', 'localhost:3000', false],
    [null, 'null', 'localhost:3000', false],
    [null, 'file://localhost', 'localhost', false],
    [site, null, 'desk.example.org', true],
    [site, site, 'desk.example.org', true],
    [site, 'http://desk.example.org', 'desk.example.org', false],
    [site, 'https://desk.example.org:8443', 'desk.example.org', false],
    [site, 'http://localhost:3000', 'localhost:3000', false],
    ['http://localhost:3000', 'http://ben.localhost:3000', 'ben.localhost:3000', true],
  ])('AU1: with PUBLIC_URL %s, origin %s at host %s is allowed: %s', (publicUrl, origin, host, allowed) => {
    expect(isAllowedOrigin(publicUrl, origin, host)).toBe(allowed);
  });
});
