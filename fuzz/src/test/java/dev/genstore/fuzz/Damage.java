package dev.genstore.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes inputs a little, as a seed says. Confined to one thread. */
final class Damage {
    private static final String LIKELY =
            "\"\\{}[]()<>,:;=&%+-*/~^|.!?@#$_ \t\r\n\0" + "09afAFenbutx\u00ff\u0080\u00c3";
    private static final int CHANGES_MAX = 4;

    private final List<byte[]> inputs;
    private final Random random;

    Damage(List<byte[]> inputs, long seed) {
        this.inputs = inputs;
        this.random = new Random(seed);
    }

    byte[] next() {
        byte[] input = any();
        for (int i = random.nextInt(CHANGES_MAX); i >= 0; i--) {
            input = changed(input);
        }
        return input;
    }

    private byte[] changed(byte[] input) {
        int from = random.nextInt(input.length + 1);
        int to = from + random.nextInt(Math.min(8, input.length - from) + 1);
        return switch (random.nextInt(6)) {
            case 0 -> replaced(input, from, to, new byte[0]);
            case 1 -> replaced(input, from, from, Arrays.copyOfRange(input, from, to));
            case 2 -> replaced(input, from, from, likely());
            case 3 -> replaced(input, from, to, likely());
            case 4 -> flipped(input);
            default -> spliced(input, from);
        };
    }

    private byte[] flipped(byte[] input) {
        byte[] flipped = input.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    /** The beginning of one and the end of another. */
    private byte[] spliced(byte[] input, int at) {
        byte[] other = any();
        int from = random.nextInt(other.length + 1);
        return replaced(input, at, input.length, Arrays.copyOfRange(other, from, other.length));
    }

    private byte[] likely() {
        return new byte[] {(byte) LIKELY.charAt(random.nextInt(LIKELY.length()))};
    }

    private byte[] any() {
        return inputs.get(random.nextInt(inputs.size()));
    }

    private static byte[] replaced(byte[] input, int from, int to, byte[] by) {
        var out = new ByteArrayOutputStream();
        out.write(input, 0, from);
        out.writeBytes(by);
        out.write(input, to, input.length - to);
        return out.toByteArray();
    }
}
