package dev.genstore.wire;

import dev.genstore.wire.rates.Refusal;

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

        @Override
        public void refused(Refusal of) {}
    };

    /** A connection was made; it speaks HTTP. */
    void connected();

    /** A connection changed what it is. */
    void switched(Transport from, Transport to);

    /** A connection ended. */
    void disconnected(Transport transport, DisconnectCause cause);

    /** This many events were handed to sockets. */
    void delivered(int events);

    /** A client had too much of something. */
    void refused(Refusal of);
}
