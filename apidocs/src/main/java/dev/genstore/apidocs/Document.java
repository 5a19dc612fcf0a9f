package dev.genstore.apidocs;

import dev.genstore.resource.Json;

import tools.jackson.databind.node.ObjectNode;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A text with a version. Its tag is made of what it says, as it depends on the program, too, and not
 * only on what is stored.
 *
 * <p>Immutable, as long as nobody writes into {@link #bytes()}.
 */
final class Document {
    private static final int TAG_BYTES = 16;

    private final byte[] bytes;
    private final String etag;

    Document(byte[] bytes) {
        this.bytes = bytes;
        byte[] digest = Arrays.copyOf(sha256().digest(bytes), TAG_BYTES);
        this.etag = '"' + HexFormat.of().formatHex(digest) + '"';
    }

    static Document of(ObjectNode tree) {
        return new Document(Json.write(tree));
    }

    byte[] bytes() {
        return bytes;
    }

    String etag() {
        return etag;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
