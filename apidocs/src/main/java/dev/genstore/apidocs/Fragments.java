package dev.genstore.apidocs;

import dev.genstore.resource.JsonPointer;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** JSON Pointers in the fragment of a URL (RFC 6901, 6). */
final class Fragments {
    private static final String PLAIN =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Fragments() {}

    /** A name as one step of a pointer. */
    static String step(String name) {
        var step = new StringBuilder();
        for (byte each : JsonPointer.escaped(name).getBytes(StandardCharsets.UTF_8)) {
            if (PLAIN.indexOf(each) >= 0) {
                step.append((char) each);
            } else {
                step.append('%').append(HEX.toHexDigits(each));
            }
        }
        return step.toString();
    }
}
