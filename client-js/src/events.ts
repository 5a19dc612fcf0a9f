/** What the server adds to each resource and owns. */
export interface Meta {
  readonly id: string;
  readonly _revision: number;
  readonly _created: string;
  readonly _updated: string;
}

/** A resource as the server shows it. */
export type Resource<T = Record<string, unknown>> = T & Meta;

interface Common {
  /** The position behind this event: what to save, and to come back with. */
  readonly id: string;
  /** The path of the collection, or of what is watched. */
  readonly source: string;
  readonly time: string;
  readonly prev?: string;
}

interface OfResource extends Common {
  readonly subject: string;
  /** The last position of the batch that this change is a part of. */
  readonly commit?: string;
  /** The `Request-Id` of the write. */
  readonly origin?: string;
  /** The `traceparent` of the write (W3C Trace Context). */
  readonly traceparent?: string;
}

/** It belongs to what is watched, and this is its state now. */
export interface Changed<T> extends OfResource {
  readonly type: 'created' | 'updated';
  readonly data: Resource<T>;
}

/** It does not belong to what is watched any more. */
export interface Deleted extends OfResource {
  readonly type: 'deleted';
  readonly data: { readonly id: string; readonly _revision: number };
}

/** Everything up to `id` has been told. */
export interface Synced extends Common {
  readonly type: 'synced';
  readonly data?: { readonly expires?: string };
}

/** Forget everything: the present state follows, and then `synced`. */
export interface Reset extends Common {
  readonly type: 'reset';
  readonly data: { readonly reason: string };
}

/** What a watch tells (a CloudEvent). */
export type WatchEvent<T = Record<string, unknown>> = Changed<T> | Deleted | Synced | Reset;

/** The path of the resource that an event is about. */
export const pathOf = (event: OfResource): string => `${event.source}/${event.subject}`;
