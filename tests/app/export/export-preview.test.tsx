// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { ExportPreview } from '../../../app/_export/export-preview.tsx';
import { firstChoice } from '../../../app/_export/export-choice.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test('UI51: the preview is the page of the chosen options, in a frame in which nothing runs', async () => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(address);
    return new Response(address.includes('names=0') ? '<p>Editor 1</p>' : '<p>Ana</p>');
  });
  const { rerender } = render(<ExportPreview reportId="one" options={firstChoice} />);
  const frame = await screen.findByTitle('What the recipient will see');
  expect([frame.getAttribute('sandbox'), frame.getAttribute('srcdoc')]).toEqual(['', '<p>Ana</p>']);
  rerender(<ExportPreview reportId="one" options={{ ...firstChoice, names: false }} />);
  await vi.waitFor(() => expect(frame.getAttribute('srcdoc')).toBe('<p>Editor 1</p>'));
  expect(asked).toHaveLength(2);
});

test('UI59: a preview that is refused says why, and is tried again', async () => {
  const answers = [
    new Response('{"code":"internal","detail":"Something went wrong here."}', { status: 500 }),
    new Response('<p>Ana</p>'),
  ];
  vi.stubGlobal('fetch', async () => answers.shift());
  render(<ExportPreview reportId="one" options={firstChoice} />);
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('The preview did not load. Something went wrong here.');
  expect(screen.queryByTitle('What the recipient will see')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  const frame = await screen.findByTitle('What the recipient will see');
  expect(frame.getAttribute('srcdoc')).toBe('<p>Ana</p>');
});
