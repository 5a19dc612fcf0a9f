package dev.genstore.checks.tls;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The first message of a handshake as clients before TLS 1.3 send it (RFC 5246, 7.4.1.2), with what no
 * present client would offer.
 */
final class ClientHello {
    static final int TLS_1_0 = 0x0301;
    static final int TLS_1_1 = 0x0302;
    static final int TLS_1_2 = 0x0303;

    /** Curves, forms of points, and ways to sign, which a server needs to know for ECDHE. */
    private static final int[] EXTENSIONS = {
        0x00, 0x0a, 0x00, 0x06, 0x00, 0x04, 0x00, 0x17, 0x00, 0x18, 0x00, 0x0b, 0x00, 0x02, 0x01,
        0x00, 0x00, 0x0d, 0x00, 0x0a, 0x00, 0x08, 0x04, 0x03, 0x04, 0x01, 0x08, 0x04, 0x02, 0x01
    };

    private static final int RANDOM_BYTES = 32;
    private static final int RECORD_HEAD_BYTES = 5;

    private ClientHello() {}

    /** The record that offers this version at most, and these cipher suites. */
    static byte[] offering(int version, int... cipherSuites) {
        ByteBuffer hello = ByteBuffer.allocate(512);
        hello.put((byte) 22).putShort((short) TLS_1_0).putShort((short) 0);
        hello.putInt(1 << 24).putShort((short) version);
        hello.put(new byte[RANDOM_BYTES]).put((byte) 0);
        hello.putShort((short) (2 * cipherSuites.length));
        Arrays.stream(cipherSuites).forEach(suite -> hello.putShort((short) suite));
        hello.put((byte) 1).put((byte) 0).putShort((short) EXTENSIONS.length);
        Arrays.stream(EXTENSIONS).forEach(value -> hello.put((byte) value));
        int length = hello.position() - RECORD_HEAD_BYTES;
        hello.putShort(3, (short) length).putInt(RECORD_HEAD_BYTES, 1 << 24 | length - 4);
        return Arrays.copyOf(hello.array(), hello.position());
    }
}
