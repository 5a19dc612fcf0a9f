package dev.genstore.wire;

/** Counts what happens on the wire. Thread-safe; called on event loops, so it must be quick. */
public interface WireMeter {
    /** Counts nothing. */
    WireMeter NONE = new WireMeter() {
        @Override
        public void connected() {}

        @Override
        public void switched(Transport from, Transport to) {}

        @Override
        public void disconnected(Transport transport, DisconnectCause cause) {}

        @Override
        public void delivered(int events) {}
    };

    /** A connection was made; it speaks HTTP. */
    void connected();

    /** A connection changed what it is. */
    void switched(Transport from, Transport to);

    /** A connection ended. */
    void disconnected(Transport transport, DisconnectCause cause);

    /** This many events were handed to sockets. */
    void delivered(int events);
}
