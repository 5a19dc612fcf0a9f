package dev.genstore.server.transfer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A file as it is taken apart: an octet in each character. So what is no UTF-8 is refused at its line; a
 * reader of UTF-8 would put something else in its place and say nothing. Line ends, commas and quotes are
 * octets that are part of no other character.
 */
final class Octets {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private Octets() {}

    /** What is there, without the mark that some programs put in front of UTF-8. */
    static Reader of(InputStream file) throws IOException {
        var in = new BufferedInputStream(file);
        in.mark(BYTE_ORDER_MARK.length);
        if (!Arrays.equals(in.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
            in.reset();
        }
        return new InputStreamReader(in, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String octets) {
        return octets.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The text that they mean, which stands on this line. */
    static String text(String octets, long line) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(bytes(octets));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException other) {
            throw RowException.at(line, "it is not UTF-8.");
        }
    }
}
