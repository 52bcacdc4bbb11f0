/** Column kinds that many tables share. */
import { customType, timestamp, uuid } from 'drizzle-orm/pg-core';

/** Milliseconds are enough and survive the trip through a JavaScript Date unchanged. */
export const time = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
export const id = () => uuid('id').primaryKey();

export const bytea = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength),
  fromDriver: (value) => new Uint8Array(value.buffer, value.byteOffset, value.byteLength),
});

export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });
