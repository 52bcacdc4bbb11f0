/** What Office asks of every package (ECMA-376 part 2): each fault in a line; none for a sound file. */
import path from 'node:path';
import { all, parsed, partsOf } from './office-parts.ts';

export function packageFaults(bytes: Uint8Array): string[] {
  const parts = partsOf(bytes);
  return [...notWellFormed(parts), ...typeFaults(parts), ...relationFaults(parts)];
}

function notWellFormed(parts: ReadonlyMap<string, string>): string[] {
  return [...parts].flatMap(([name, xml]) => {
    if (!/\.(xml|rels)$/.test(name)) return [];
    try {
      parsed(xml);
      return [];
    } catch (error) {
      return [`${name}: ${String(error)}`];
    }
  });
}

function typeFaults(parts: ReadonlyMap<string, string>): string[] {
  const types = parsed(parts.get('[Content_Types].xml') ?? '<none/>');
  const overrides = all(types, 'Override').map(({ attributes }) => attributes['PartName'] ?? '');
  const extensions = new Set(all(types, 'Default').map(({ attributes }) => attributes['Extension']));
  return [
    ...overrides
      .filter((name) => !parts.has(name.slice(1)))
      .map((name) => `a type for ${name}, which is not there`),
    ...overrides.filter((name, i) => overrides.indexOf(name) !== i).map((name) => `two types for ${name}`),
    ...[...parts.keys()]
      .filter((name) => name !== '[Content_Types].xml')
      .filter(
        (name) => !overrides.includes(`/${name}`) && !extensions.has(name.slice(name.lastIndexOf('.') + 1)),
      )
      .map((name) => `no type for ${name}`),
  ];
}

function relationFaults(parts: ReadonlyMap<string, string>): string[] {
  const reached = new Set<string>();
  const faults: string[] = [];
  for (const [name, xml] of parts) {
    const source = /^(.*\/)?_rels\/(.*)\.rels$/.exec(name);
    if (source === null) continue;
    const ids = new Set<string>();
    for (const { attributes } of all(parsed(xml), 'Relationship')) {
      const { Id: id = '', Target: target = '', TargetMode: mode } = attributes;
      if (ids.has(id)) faults.push(`${name} has ${id} twice`);
      ids.add(id);
      if (mode === 'External') {
        if (!URL.canParse(target)) faults.push(`${name}: ${target} is no address`);
        continue;
      }
      const aim = path.posix.normalize(path.posix.join(source[1] ?? '', target));
      reached.add(aim);
      if (!parts.has(aim)) faults.push(`${name}: ${aim} is not there`);
    }
    const asked = [
      ...(parts.get(`${source[1] ?? ''}${source[2] ?? ''}`) ?? '').matchAll(/ r:(?:id|embed)="([^"]*)"/g),
    ];
    faults.push(...asked.flatMap(([, id]) => (ids.has(id ?? '') ? [] : [`${name} has no ${id}`])));
  }
  const lonely = [...parts.keys()].filter(
    (name) => !reached.has(name) && !name.endsWith('.rels') && name !== '[Content_Types].xml',
  );
  return [...faults, ...lonely.map((name) => `nothing leads to ${name}`)];
}
