package dev.genstore.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Ways in which bytes may arrive; which these are depends on the bytes alone. */
public final class Pieces {
    private Pieces() {}

    /** At once, byte by byte, and at random. */
    public static List<List<byte[]>> of(byte[] bytes) {
        var random = new Random(Arrays.hashCode(bytes));
        return List.of(List.of(bytes), split(bytes, 1, random), split(bytes, 40, random));
    }

    private static List<byte[]> split(byte[] bytes, int longest, Random random) {
        var pieces = new ArrayList<byte[]>();
        int at = 0;
        while (at < bytes.length) {
            int end = Math.min(bytes.length, at + 1 + random.nextInt(longest));
            pieces.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        return pieces;
    }
}
