package dev.genstore.checks.harness;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The content of a chunked body (RFC 9112, 7.1), read strictly. It ends behind the last chunk; a
 * connection that ends before it is an {@link EOFException}. Confined to one thread.
 */
final class ChunkedInput extends InputStream {
    private final InputStream in;
    private int left;
    private boolean hasEnded;

    ChunkedInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** Reads what is left of one chunk at most. */
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0 && !hasEnded) {
            begin();
        }
        if (hasEnded) {
            return -1;
        }
        int count = in.read(bytes, offset, Math.min(left, length));
        if (count < 0) {
            throw new EOFException("the stream was cut");
        }
        left -= count;
        if (left == 0) {
            expect("\r\n");
        }
        return count;
    }

    private void begin() throws IOException {
        int octet = octet();
        while (octet != '\r') {
            left = left * 16 + digit(octet);
            octet = octet();
        }
        expect("\n");
        if (left == 0) {
            expect("\r\n");
            hasEnded = true;
        }
    }

    private static int digit(int octet) throws IOException {
        int digit = Character.digit(octet, 16);
        if (digit < 0) {
            throw new IOException("no digit of a chunk's size: " + octet);
        }
        return digit;
    }

    private void expect(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            int octet = octet();
            if (octet != text.charAt(i)) {
                throw new IOException("a chunk does not end with CRLF but with " + octet);
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private int octet() throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw new EOFException("the stream was cut");
        }
        return octet;
    }
}
