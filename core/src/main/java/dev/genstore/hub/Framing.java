package dev.genstore.hub;

/**
 * How a transport writes one event. Watchers of one watch with the same framing share the bytes, so
 * it must not depend on the connection. Implementations are stateless and compared by identity.
 */
@FunctionalInterface
public interface Framing {
    /** The bytes that tell this event on the wire. */
    byte[] frame(Event event);
}
