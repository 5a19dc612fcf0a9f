import { HTTP } from 'cloudevents';

// What the SDK makes of a body of this content type, as a list; it throws when that is no CloudEvent.
export function parse(contentType, text) {
  const parsed = HTTP.toEvent({ headers: { 'content-type': contentType }, body: text });
  const events = Array.isArray(parsed) ? parsed : [parsed];
  for (const event of events) {
    event.validate();
  }
  return events;
}
