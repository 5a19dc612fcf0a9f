package dev.genstore.wire.http;

import dev.genstore.resource.ProblemType;

import io.netty.buffer.ByteBuf;

import java.util.Arrays;

/**
 * The part of a body that has arrived. It grows with what comes and not with what is announced, so an
 * announcement costs no memory and no part of the budget.
 *
 * <p>Confined to the event loop of one connection.
 */
final class BodyBuffer {
    private static final int FIRST_BYTES = 1_024;

    private final int bytesMax;
    private final ByteBudget.Share share;
    private byte[] bytes = Body.EMPTY.bytes();
    private int length;

    BodyBuffer(int bytesMax, ByteBudget.Share share) {
        this.bytesMax = bytesMax;
        this.share = share;
    }

    int length() {
        return length;
    }

    /**
     * Moves {@code count} bytes here; the caller has checked that they are not too many.
     *
     * @throws dev.genstore.resource.Problem 503 when all bodies and answers together are too many
     */
    void append(ByteBuf in, int count) {
        if (length + count > bytes.length) {
            grow(capacityFor(length + count));
        }
        in.readBytes(bytes, length, count);
        length += count;
    }

    Body toBody() {
        if (length < bytes.length) {
            bytes = Arrays.copyOf(bytes, length);
            share.holdRequest(length);
        }
        return Body.of(bytes);
    }

    private void grow(int capacityBytes) {
        if (!share.holdRequest(capacityBytes)) {
            throw ProblemType.OVERLOADED
                    .because("The server holds too many bodies and answers; try again in a second.")
                    .with("Retry-After", "1");
        }
        bytes = Arrays.copyOf(bytes, capacityBytes);
    }

    private int capacityFor(int neededBytes) {
        long doubledBytes = Math.max(FIRST_BYTES, 2L * bytes.length);
        return Math.max(neededBytes, (int) Math.min(bytesMax, doubledBytes));
    }
}
