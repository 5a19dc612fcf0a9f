package dev.genstore.wire.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A slow reading of a client's frames (RFC 6455, 5) that has all bytes before it: what they come to
 * in words, the last of them perhaps the code of a refusal. Without compression. Confined to one
 * thread.
 */
final class FrameModel {
    private static final int TEXT = 1;
    private static final int CLOSE = 8;

    private final ByteBuffer in;
    private final FrameLimits limits;
    private final List<String> said = new ArrayList<>();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private int open;
    private int frames;

    /** Ends the reading with this close code. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private Refused(int code) {
            super(Integer.toString(code));
        }
    }

    private FrameModel(byte[] bytes, FrameLimits limits) {
        this.in = ByteBuffer.wrap(bytes);
        this.limits = limits;
    }

    static List<String> words(byte[] bytes, FrameLimits limits) {
        var model = new FrameModel(bytes, limits);
        try {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = model.readFrame();
            }
        } catch (Refused refused) {
            model.said.add(refused.getMessage());
        }
        return model.said;
    }

    /** Whether there may be another behind it. */
    private boolean readFrame() throws Refused {
        if (in.remaining() < 2) {
            return false;
        }
        int first = in.get() & 0xFF;
        int second = in.get() & 0xFF;
        int opcode = first & 0x0F;
        boolean isControl = opcode >= CLOSE;
        refuseIf((first & 0x70) != 0 || (second & 0x80) == 0, 1002);
        refuseIf((opcode > 2 && !isControl) || opcode > 10, 1002);
        refuseIf(isControl && (first < 0x80 || (second & 0x7F) > 125), 1002);
        if (!isControl) {
            begin(opcode);
        }
        int lengthBytes = (second & 0x7F) == 126 ? 2 : (second & 0x7F) == 127 ? 8 : 0;
        if (in.remaining() < lengthBytes) {
            return false;
        }
        long length = length(second & 0x7F);
        refuseIf(!isControl && length > limits.messageBytesMax() - message.size(), 1009);
        return in.remaining() >= 4 && readPayload(opcode, first >= 0x80, (int) length);
    }

    private void begin(int opcode) throws Refused {
        refuseIf((opcode == 0) != (open != 0), 1002);
        open = opcode == 0 ? open : opcode;
        frames++;
        refuseIf(frames > limits.messageFramesMax(), 1009);
    }

    private long length(int announced) throws Refused {
        long length = switch (announced) {
            case 126 -> in.getChar();
            case 127 -> in.getLong();
            default -> announced;
        };
        refuseIf(announced == 126 && length < 126, 1002);
        refuseIf(announced == 127 && length < 0x1_0000, 1002);
        return length;
    }

    private boolean readPayload(int opcode, boolean isFinal, int length) throws Refused {
        byte[] mask = new byte[4];
        in.get(mask);
        byte[] payload = new byte[Math.min(length, in.remaining())];
        in.get(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        boolean isWhole = payload.length == length;
        if (opcode >= CLOSE) {
            return isWhole && readControl(opcode, payload);
        }
        message.writeBytes(payload);
        refuseIf(open == TEXT && !canBecomeUtf8(message.toByteArray()), 1007);
        if (isWhole && isFinal) {
            endMessage();
        }
        return isWhole;
    }

    private void endMessage() throws Refused {
        refuseIf(open == TEXT && !isUtf8(message.toByteArray()), 1007);
        say(open == TEXT ? "text" : "binary", message.toByteArray());
        message.reset();
        open = 0;
        frames = 0;
    }

    private boolean readControl(int opcode, byte[] payload) throws Refused {
        if (opcode != CLOSE) {
            say(opcode == 9 ? "ping" : "pong", payload);
            return true;
        }
        refuseIf(payload.length == 1, 1002);
        int code = payload.length == 0 ? 1005 : ByteBuffer.wrap(payload).getChar();
        byte[] reason =
                payload.length == 0 ? payload : Arrays.copyOfRange(payload, 2, payload.length);
        refuseIf(payload.length > 0 && !maySend(code), 1002);
        refuseIf(!isUtf8(reason), 1007);
        say("close " + code, reason);
        return false;
    }

    private static boolean maySend(int code) {
        boolean isRegistered = code >= 1000 && code <= 1014 && code != 1004 && code != 1005;
        return (isRegistered && code != 1006) || (code >= 3000 && code < 5000);
    }

    private void say(String what, byte[] payload) {
        said.add(what + " " + HexFormat.of().formatHex(payload));
    }

    private static void refuseIf(boolean isWrong, int code) throws Refused {
        if (isWrong) {
            throw new Refused(code);
        }
    }

    private static boolean isUtf8(byte[] text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException wrong) {
            return false;
        }
    }

    /** Whether some end makes it right: the least or the greatest continuations always do, if any. */
    private static boolean canBecomeUtf8(byte[] text) {
        for (String end : List.of("", "80", "bf", "8080", "bf80", "808080", "bf8080")) {
            byte[] more = HexFormat.of().parseHex(end);
            byte[] whole = Arrays.copyOf(text, text.length + more.length);
            System.arraycopy(more, 0, whole, text.length, more.length);
            if (isUtf8(whole)) {
                return true;
            }
        }
        return false;
    }
}
