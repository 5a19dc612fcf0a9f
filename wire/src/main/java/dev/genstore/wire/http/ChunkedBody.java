package dev.genstore.wire.http;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * A body in chunks (RFC 9112, 7.1). Extensions and trailer fields are checked, bounded and dropped.
 *
 * <pre>
 *          size 1 or more        all its bytes
 * ──▶ SIZE ──────────────▶ DATA ───────────────▶ DATA_END
 *      │ ▲                                          │
 *      │ └──────────────────── CRLF ────────────────┘
 *      │ size 0                  empty line
 *      └─────────────▶ TRAILERS ─────────────▶ DONE
 * </pre>
 *
 * <p>Confined to the event loop of one connection.
 */
final class ChunkedBody implements BodyReader {
    private enum State {
        SIZE,
        DATA,
        DATA_END,
        TRAILERS,
        DONE
    }

    private final HttpLimits limits;
    private final LineReader lines;
    private final FieldSection trailers;
    private final BodyBuffer content;
    private State state = State.SIZE;
    private int chunkBytesLeft;
    private int extensionBytesLeft;

    ChunkedBody(HttpLimits limits, LineReader lines, ByteBudget.Share share) {
        this.limits = limits;
        this.lines = lines;
        this.trailers = new FieldSection(limits, lines, limits.headBytesMax());
        this.content = new BodyBuffer(limits.bodyBytesMax(), share);
        this.extensionBytesLeft = limits.chunkExtensionBytesMax();
    }

    @Override
    public @Nullable Body read(ByteBuf in) {
        boolean moved = true;
        while (moved && state != State.DONE) {
            moved = step(in);
        }
        return moved ? content.toBody() : null;
    }

    /** Follows the arrow that leaves the present state, if enough has come for it. */
    private boolean step(ByteBuf in) {
        return switch (state) {
            case SIZE -> readSize(in);
            case DATA -> readData(in);
            case DATA_END -> readDataEnd(in);
            case TRAILERS -> readTrailers(in);
            case DONE -> false;
        };
    }

    private boolean readSize(ByteBuf in) {
        int lineBytesMax = ChunkLine.DIGITS_MAX + extensionBytesLeft + 2;
        String line = lines.read(in, lineBytesMax, this::extensionsTooLong);
        if (line == null) {
            return false;
        }
        ChunkLine chunk = ChunkLine.parse(line);
        chargeExtension(chunk.extensionBytes());
        chunkBytesLeft = checkedSize(chunk.sizeBytes());
        state = chunkBytesLeft == 0 ? State.TRAILERS : State.DATA;
        return true;
    }

    private boolean readData(ByteBuf in) {
        int count = Math.min(chunkBytesLeft, in.readableBytes());
        content.append(in, count);
        chunkBytesLeft -= count;
        if (chunkBytesLeft > 0) {
            return false;
        }
        state = State.DATA_END;
        return true;
    }

    private boolean readDataEnd(ByteBuf in) {
        String line = lines.read(in, 2, ChunkedBody::noEnd);
        if (line == null) {
            return false;
        }
        state = State.SIZE;
        return true;
    }

    private boolean readTrailers(ByteBuf in) {
        if (trailers.read(in) == null) {
            return false;
        }
        state = State.DONE;
        return true;
    }

    private void chargeExtension(int extensionBytes) {
        extensionBytesLeft -= extensionBytes;
        if (extensionBytesLeft < 0) {
            throw extensionsTooLong();
        }
    }

    /** A size of 16 digits may be above {@link Long#MAX_VALUE}, hence the comparison as unsigned. */
    private int checkedSize(long sizeBytes) {
        int bytesLeft = limits.bodyBytesMax() - content.length();
        if (Long.compareUnsigned(sizeBytes, bytesLeft) > 0) {
            throw Framing.tooLarge(limits);
        }
        return (int) sizeBytes;
    }

    private Problem extensionsTooLong() {
        return ProblemType.BODY_TOO_LARGE.because("The chunk extensions are longer than "
                + limits.chunkExtensionBytesMax() + " bytes.");
    }

    private static Problem noEnd() {
        return ProblemType.BAD_REQUEST.because("A chunk is not followed by CRLF.");
    }
}
