/**
 * Images for those who may see them. An image is found by its name wherever in the workspace it is kept, since a figure
 * can be copied from one report into another; whoever may read no report that has it is told that it does not exist.
 */
import { AppError } from '#core/errors.ts';
import type { ExportImage } from '#core/export/projection.ts';
import { MAX_IMAGES, MAX_IMAGES_BYTES } from '#core/limits.ts';
import { findImages, loadImage, type ImagePlace, type StoredImage } from '#db/queries/images.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';

/** Throws not_found. */
export async function readImage(
  runtime: Runtime,
  principal: Principal,
  sha256: string,
): Promise<StoredImage> {
  const [place] = await readablePlaces(runtime, principal, [sha256]);
  const image = place === undefined ? null : await loadImage(runtime.database.db, place);
  if (image === null) throw new AppError('not_found', 'There is no such image');
  return image;
}

/**
 * The images that a text names, as an export holds them: as many as one report may have, so that a text which names all
 * images of the workspace makes no file of gigabytes.
 */
export async function imagesFor(
  runtime: Runtime,
  principal: Principal,
  names: readonly string[],
): Promise<ReadonlyMap<string, ExportImage>> {
  const places = await readablePlaces(runtime, principal, names.slice(0, MAX_IMAGES));
  const found = new Map<string, ExportImage>();
  let room = MAX_IMAGES_BYTES;
  for (const place of places) {
    if (place.size > room) continue;
    room -= place.size;
    const image = await loadImage(runtime.database.db, place);
    if (image !== null) found.set(place.sha256, { mediaType: image.mediaType, bytes: image.bytes });
  }
  return found;
}

/** One place for each name, in the order of the names, where this person may read. */
async function readablePlaces(
  runtime: Runtime,
  principal: Principal,
  names: readonly string[],
): Promise<ImagePlace[]> {
  if (names.length === 0) return [];
  const places = await findImages(runtime.database.db, principal.workspaceId, names);
  const roles = new Map<string, boolean>();
  const chosen = new Map<string, ImagePlace>();
  for (const place of places) {
    if (chosen.has(place.sha256)) continue;
    const mayRead =
      roles.get(place.reportId) ?? (await runtime.auth.roleFor(principal, place.reportId)) !== null;
    roles.set(place.reportId, mayRead);
    if (mayRead) chosen.set(place.sha256, place);
  }
  return names.flatMap((name) => chosen.get(name) ?? []);
}
