/**
 * A Word file into a document with notes and pictures. The main text is read block by block, straight into the
 * builder; styles, lists, comments and the rest are read before it, since every block needs them. The text is that
 * before tracked changes, which become suggestions (changes.ts). What is not in the text is counted (losses.ts).
 */
import type { SourceMeta } from '#core/source-meta.ts';
import type { DocNode } from '#core/text/doc-json.ts';
import { DocBuilder } from '../doc-builder.ts';
import type { ReadImage, ReadNote } from '../notes.ts';
import { BlockReader } from './blocks.ts';
import { Changes } from './changes.ts';
import { Comments } from './comments.ts';
import { Losses } from './losses.ts';
import { NoteQueue } from './note-queue.ts';
import { BlockFlow, Numbering } from './numbering.ts';
import { OwnText, readOwnFile, type OwnFile } from './own-file.ts';
import type { WordPackage } from './package.ts';
import { Pen } from './pen.ts';
import { Pictures } from './pictures.ts';
import { plainText } from './plain.ts';
import { readProperties } from './properties.ts';
import { damaged } from './refusals.ts';
import { Links, type Story } from './story.ts';
import { Styles } from './styles.ts';
import type { XmlElement } from './xml.ts';

export interface ReadWord {
  /** With points (../points.ts) where notes begin and end. */
  readonly doc: DocNode;
  /** What the file calls itself beside its first heading. */
  readonly title: string | null;
  /** Then a first heading is none: the file is ours, with its title apart. */
  readonly hasTitleApart: boolean;
  readonly meta: SourceMeta;
  readonly images: readonly ReadImage[];
  /** Then it is worth reading without a word of text. */
  readonly hasComments: boolean;
  /** The notes in the order of the text, given the offsets of the points in the text that was kept. */
  notes(offsets: ReadonlyMap<string, number>, text: string): ReadNote[];
  /** What was left out; complete once the notes were asked for. */
  unreadable(): string[];
}

/** Throws `unsupported_kind` for a damaged file, `too_large` past a cap. `main` is the part with the text. */
export function readWord(pkg: WordPackage, main: string): ReadWord {
  const losses = new Losses();
  const builder = new DocBuilder();
  const changes = new Changes(builder, losses);
  const own = readOwnFile(pkg, main);
  const story = openStory({ pkg, main, own }, new Pen(builder, changes, losses), losses);
  const isMarked = own?.hasTextMarked === true;
  readMain(story, main, isMarked ? new OwnText() : null);
  readNotes(story);
  tellLeftOut(pkg, main, losses, isMarked);
  const doc = builder.finish();
  if (builder.dropped > 0) losses.add('controls', null, builder.dropped);
  const said = readProperties(pkg, story.styles.language);
  return {
    doc,
    title: story.title ?? said.title,
    hasTitleApart: isMarked && story.title !== null,
    meta: said.meta,
    images: story.pictures.kept(),
    hasComments: !story.comments.isEmpty,
    notes: (offsets, text) =>
      [...story.comments.notes(offsets, text), ...changes.notes(offsets, text)].sort(
        (one, other) => one.start - other.start || one.end - other.end,
      ),
    unreadable: () => losses.sentences(),
  };
}

function openStory(
  { pkg, main, own }: { pkg: WordPackage; main: string; own: OwnFile | null },
  pen: Pen,
  losses: Losses,
): Story {
  const tree = (type: string): XmlElement | null => {
    const part = pkg.partOf(main, type);
    return part === null ? null : pkg.tree(part);
  };
  return {
    pkg,
    pen,
    losses,
    styles: new Styles(tree('styles'), own !== null),
    numbering: new Numbering(tree('numbering')),
    comments: Comments.read(pkg, main, { losses, records: own?.records?.byKey ?? new Map() }),
    pictures: new Pictures(pkg, losses),
    notes: new NoteQueue(pkg, main, losses),
    links: new Links(losses),
    relations: relationsOf(pkg, main),
    title: null,
    readBox(box) {
      new BlockReader(this).place([box]);
    },
  };
}

function relationsOf(pkg: WordPackage, part: string): Story['relations'] {
  return new Map(pkg.relationsOf(part).map((each) => [each.id, each]));
}

/** With `text`, of what is there, only what belongs to it. */
function readMain(story: Story, main: string, text: OwnText | null): void {
  const blocks = new BlockReader(story);
  const flow = new BlockFlow(story.pen.builder);
  let hasBody = false;
  story.pkg.stream(
    main,
    (name, depth) => {
      if (depth === 1 && name === 'w:body') hasBody = true;
      return depth === 2 || (depth === 1 && name !== 'w:body');
    },
    (element) => {
      // Beside the body stands only the page's background.
      if (!hasBody || element.name === 'w:background') return;
      if (text === null || text.takes(element)) blocks.read(element, flow);
      else blocks.passOver(element);
    },
  );
  if (!hasBody) throw damaged('it has no text part');
  blocks.end(flow);
}

/** The notes as a numbered list after a rule; their numbers are in the text. */
function readNotes(story: Story): void {
  const { pen } = story;
  if (story.notes.at(0) === null) return;
  pen.changes.kept('\n');
  pen.builder.rule();
  pen.builder.open('ordered_list');
  for (let i = 0, note = story.notes.at(i); note !== null; note = story.notes.at(++i)) {
    const before = pen.written;
    pen.builder.open('list_item');
    story.relations = relationsOf(story.pkg, note.part);
    new BlockReader(story).place([note.element]);
    // Each number in the text needs its item.
    if (pen.written === before) pen.builder.text('–');
    pen.changes.kept('\n');
    pen.builder.close();
  }
  pen.builder.close();
}

/** Headers and footers of a file of ours are ours; that they are left out is said with what else is around the text. */
function tellLeftOut(pkg: WordPackage, main: string, losses: Losses, isOwn: boolean): void {
  for (const { type, target, isExternal } of pkg.relationsOf(main)) {
    if (type === 'vbaProject') losses.add('macros');
    if ((type !== 'header' && type !== 'footer') || isExternal || isOwn) continue;
    const root = pkg.tree(target);
    const words = root === null ? '' : plainText(root, 'before');
    // A page number alone is nothing to tell.
    if (/\p{L}/u.test(words)) losses.add('headers', words);
  }
  if (pkg.archive.strayNames > 0) losses.add('strayParts', null, pkg.archive.strayNames);
}
