package dev.genstore.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameLogger;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.logging.LogLevel;

import java.util.concurrent.TimeUnit;

/**
 * Counts what a client of HTTP/2 sends besides its requests: settings, pings, windows, priorities, resets,
 * frames that nobody knows and data with hardly anything in it. Each costs us something and its sender
 * next to nothing. What goes on calls for some of them, which are saved up: for each request, and for
 * each frame of data that is sent, as a window is opened for it.
 *
 * <p>It looks where Netty would log frames, which is the only place that sees all of them: what it does
 * not care for, like priorities and what comes for a stream that is gone, Netty hands on to nobody.
 *
 * <p>Confined to the connection's loop.
 */
final class ControlFrames extends Http2FrameLogger {
    /** So many without any reason, in so many seconds. */
    static final int COUNT_MAX = 1_000;

    static final int COUNT_SECONDS = 10;

    /** So many more for each request, and for each frame of data that is sent. */
    static final int FOR_EACH = 4;

    /** So many may be saved up: more than what a client can have on the way to it. */
    static final int SAVED_MAX = 10_000;

    /** Data shorter than this counts as well. */
    static final int DATA_BYTES_MIN = 64;

    private static final long NANOS = TimeUnit.SECONDS.toNanos(COUNT_SECONDS);

    private final Runnable onTooMany;
    private int left = COUNT_MAX;
    private long sinceNanos;

    /**
     * None yet.
     *
     * @param onTooMany hears of each frame that is too many
     */
    ControlFrames(long nowNanos, Runnable onTooMany) {
        super(LogLevel.TRACE, ControlFrames.class);
        this.sinceNanos = nowNanos;
        this.onTooMany = onTooMany;
    }

    /** To be called now and then. */
    void sweep(long nowNanos) {
        if (nowNanos - sinceNanos >= NANOS) {
            sinceNanos = nowNanos;
            left = Math.max(left, COUNT_MAX);
        }
    }

    private void count(Direction direction) {
        if (direction == Direction.INBOUND) {
            left--;
            if (left < 0) {
                onTooMany.run();
            }
        }
    }

    private void save() {
        left = Math.min(left + FOR_EACH, SAVED_MAX);
    }

    @Override
    public void logData(
            Direction direction,
            ChannelHandlerContext context,
            int stream,
            ByteBuf data,
            int padding,
            boolean isLast) {
        if (direction == Direction.OUTBOUND) {
            save();
        } else if (data.readableBytes() < DATA_BYTES_MIN) {
            count(direction);
        }
    }

    @Override
    public void logHeaders(
            Direction direction,
            ChannelHandlerContext context,
            int stream,
            Http2Headers headers,
            int padding,
            boolean isLast) {
        if (direction == Direction.INBOUND) {
            save();
        }
    }

    @Override
    public void logHeaders(
            Direction direction,
            ChannelHandlerContext context,
            int stream,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean isExclusive,
            int padding,
            boolean isLast) {
        logHeaders(direction, context, stream, headers, padding, isLast);
    }

    @Override
    public void logPriority(
            Direction direction,
            ChannelHandlerContext context,
            int stream,
            int dependency,
            short weight,
            boolean isExclusive) {
        count(direction);
    }

    @Override
    public void logRstStream(
            Direction direction, ChannelHandlerContext context, int stream, long error) {
        count(direction);
    }

    @Override
    public void logSettingsAck(Direction direction, ChannelHandlerContext context) {
        count(direction);
    }

    @Override
    public void logSettings(
            Direction direction, ChannelHandlerContext context, Http2Settings settings) {
        count(direction);
    }

    @Override
    public void logPing(Direction direction, ChannelHandlerContext context, long data) {
        count(direction);
    }

    @Override
    public void logPingAck(Direction direction, ChannelHandlerContext context, long data) {
        count(direction);
    }

    @Override
    public void logPushPromise(
            Direction direction,
            ChannelHandlerContext context,
            int stream,
            int promised,
            Http2Headers headers,
            int padding) {
        count(direction);
    }

    @Override
    public void logGoAway(
            Direction direction,
            ChannelHandlerContext context,
            int lastStream,
            long error,
            ByteBuf reason) {
        count(direction);
    }

    @Override
    public void logWindowsUpdate(
            Direction direction, ChannelHandlerContext context, int stream, int increment) {
        count(direction);
    }

    @Override
    public void logUnknownFrame(
            Direction direction,
            ChannelHandlerContext context,
            byte type,
            int stream,
            Http2Flags flags,
            ByteBuf data) {
        count(direction);
    }
}
