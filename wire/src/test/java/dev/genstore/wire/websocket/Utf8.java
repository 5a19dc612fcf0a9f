package dev.genstore.wire.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The platform's judgement of UTF-8, to compare with. */
final class Utf8 {
    private Utf8() {}

    static boolean isRight(byte[] text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException wrong) {
            return false;
        }
    }
}
