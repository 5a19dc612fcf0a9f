package dev.genstore.wire.websocket;

/**
 * Judges UTF-8 that comes in pieces, and finds a mistake with the first byte that is one (RFC 3629,
 * 4): no overlong forms, no surrogates, nothing above U+10FFFF.
 *
 * <pre>
 *  ASCII                 right continuation, others missing
 *  ┌──┐                  ┌──┐
 *  │  ▼    first byte    │  ▼
 *  WHOLE ─────────────▶ WITHIN ──last continuation──▶ WHOLE
 * </pre>
 *
 * <p>Only the byte behind the first one has a range of its own, which depends on the first one.
 *
 * <p>Confined to the event loop of one connection.
 */
final class Utf8Check {
    private int missingBytes;
    private int least = 0x80;
    private int most = 0xBF;

    /** Whether no character is incomplete. */
    boolean isWhole() {
        return missingBytes == 0;
    }

    /** Whether these bytes can follow the ones before; if not, nothing may follow any more. */
    boolean accepts(byte[] bytes, int from, int to) {
        boolean right = true;
        for (int i = from; right && i < to; i++) {
            right = (bytes[i] >= 0 && missingBytes == 0) || accepts(bytes[i] & 0xFF);
        }
        return right;
    }

    private boolean accepts(int octet) {
        return missingBytes == 0 ? begins(octet) : continues(octet);
    }

    private boolean begins(int octet) {
        missingBytes = octet < 0x80 ? 0 : octet < 0xE0 ? 1 : octet < 0xF0 ? 2 : 3;
        least = octet == 0xE0 ? 0xA0 : octet == 0xF0 ? 0x90 : 0x80;
        most = octet == 0xED ? 0x9F : octet == 0xF4 ? 0x8F : 0xBF;
        return octet < 0x80 || (octet >= 0xC2 && octet <= 0xF4);
    }

    private boolean continues(int octet) {
        boolean right = octet >= least && octet <= most;
        missingBytes--;
        least = 0x80;
        most = 0xBF;
        return right;
    }
}
