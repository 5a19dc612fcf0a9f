package dev.genstore.wire;

import java.util.Locale;

/** Why a connection ended. Every connection ends for exactly one of these. */
public enum DisconnectCause {
    /** The peer closed, as it should. */
    CLIENT_CLOSED,
    /** The peer's side broke: a reset, a timeout of TCP, an unreachable network. */
    CONNECTION_LOST,
    /** The peer sent nothing for too long behind a ping. */
    SILENT,
    /** The peer took no bytes for too long. */
    STALLED,
    /** The peer broke the protocol. */
    PROTOCOL_ERROR,
    /** The peer sent more than is allowed or has room, or faster than it reads the answers. */
    LIMIT,
    /** A request was not complete in time. */
    REQUEST_TIMEOUT,
    /** The TLS handshake was not done in time. */
    HANDSHAKE_TIMEOUT,
    /** The TLS handshake failed, or what came was no TLS. */
    HANDSHAKE_FAILED,
    /** Nothing was asked for a while. */
    IDLE,
    /** The answer said that it was the last one. */
    ANSWERED,
    /** The peer's credentials expired or were revoked. */
    CREDENTIALS,
    /** The rules have changed what the peer may see. */
    RULES_CHANGED,
    /** There are too many connections. */
    REFUSED,
    /** The server is stopping. */
    STOPPING,
    /** The server failed. */
    FAILED;

    /** The metrics' label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
