package dev.genstore.wire.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A way in which bytes may arrive in pieces; its name tells how to make it again. */
public record Split(String name, List<ByteBuf> pieces) {
    private static final int RANDOM_SPLITS = 20;

    /** At once, byte by byte, and at random places. */
    public static List<Split> allOf(byte[] bytes) {
        var splits = new ArrayList<Split>();
        splits.add(atOnce(bytes));
        splits.add(byteByByte(bytes));
        for (long seed = 1; seed <= RANDOM_SPLITS; seed++) {
            splits.add(random(bytes, seed));
        }
        return splits;
    }

    public static Split atOnce(byte[] bytes) {
        return new Split("at once", List.of(Unpooled.wrappedBuffer(bytes)));
    }

    private static Split byteByByte(byte[] bytes) {
        var pieces = new ArrayList<ByteBuf>();
        for (int i = 0; i < bytes.length; i++) {
            pieces.add(Unpooled.wrappedBuffer(bytes, i, 1));
        }
        return new Split("byte by byte", pieces);
    }

    /** A few places, so that long and short pieces come; some pieces are empty. */
    public static Split random(byte[] bytes, long seed) {
        var random = new Random(seed);
        int longest = 1 + random.nextInt(Math.max(1, bytes.length));
        var pieces = new ArrayList<ByteBuf>();
        for (int at = 0; at < bytes.length; ) {
            int count = Math.min(random.nextInt(longest + 1), bytes.length - at);
            pieces.add(Unpooled.directBuffer().writeBytes(bytes, at, count));
            at += count;
        }
        return new Split("at random, seed " + seed, pieces);
    }
}
