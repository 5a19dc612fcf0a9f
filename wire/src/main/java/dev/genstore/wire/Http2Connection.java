package dev.genstore.wire;

import dev.genstore.resource.Problem;
import dev.genstore.wire.rates.Refusal;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * A connection of HTTP/2 (RFC 9113): streams, each of which is a peer of its own, and what concerns all
 * of them.
 *
 * <pre>
 *            the peer's settings          idle, or the server stops, or too much of it
 *  BEGINNING ───────────────────▶ OPEN ───────────────────────────────────────────────▶ LEAVING
 *                                                                                          │ its last
 *                                                                                          ▼ stream ends
 *                                                                                        (gone)
 * </pre>
 *
 * <p>Netty reads and writes the frames, keeps the windows and the limits of streams, resets and
 * continuations. Nothing waits here: what is told to a stream that has no window stays with its watcher.
 *
 * <p>Confined to the peer's loop.
 */
final class Http2Connection extends ChannelInboundHandlerAdapter implements Conversation {
    static final int STREAMS_MAX = 100;

    /** So many may be reset by the peer, or have to be, in so many seconds (CVE-2023-44487). */
    static final int RESETS_MAX = 200;

    static final int RESETS_SECONDS = 10;

    /** Answers to settings and pings that the peer does not read. */
    static final int UNREAD_CONTROLS_MAX = 1_000;

    /** Continuations of a head that are short (VU#421644), and frames with nothing in them. */
    static final int SHORT_CONTINUATIONS_MAX = 16;

    static final int EMPTY_FRAMES_MAX = 16;

    private final Peer peer;
    private final Service service;
    private final WriteProgress progress;
    private final ControlFrames controls;
    private final Idleness idleness;
    private final Set<StreamPeer> streams = new HashSet<>();
    private final StreamsTaking taking = new StreamsTaking();
    private final long sinceNanos = System.nanoTime();

    private State state = State.BEGINNING;
    private @Nullable ChannelHandlerContext context;

    private enum State {
        BEGINNING,
        OPEN,
        LEAVING
    }

    private Http2Connection(Peer peer, Service service) {
        this.peer = peer;
        this.service = service;
        this.progress = new WriteProgress(peer);
        this.controls = new ControlFrames(sinceNanos, this::flooded);
        this.idleness = new Idleness(service.settings(), peer.beganNanos());
    }

    /** From now on this peer speaks HTTP/2. */
    static void begin(ChannelPipeline pipeline, Peer peer, Service service) {
        var connection = new Http2Connection(peer, service);
        pipeline.addLast(codec(service, connection.controls));
        pipeline.addLast(new Http2MultiplexHandler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel stream) {
                connection.accept(stream);
            }
        }));
        pipeline.addLast(connection);
    }

    /** Its own close sends no last frame, since that would wait for streams; {@link #leave} does. */
    private static Http2FrameCodec codec(Service service, ControlFrames controls) {
        return Http2FrameCodecBuilder.forServer()
                .frameLogger(controls)
                .initialSettings(Http2Settings.defaultSettings()
                        .maxConcurrentStreams(STREAMS_MAX)
                        .maxHeaderListSize(service.settings().limits().headBytesMax()))
                .decoderEnforceMaxRstFramesPerWindow(RESETS_MAX, RESETS_SECONDS)
                .encoderEnforceMaxRstFramesPerWindow(RESETS_MAX, RESETS_SECONDS)
                .decoderEnforceMaxSmallContinuationFrames(SHORT_CONTINUATIONS_MAX)
                .decoderEnforceMaxConsecutiveEmptyDataFrames(EMPTY_FRAMES_MAX)
                .encoderEnforceMaxQueuedControlFrames(UNREAD_CONTROLS_MAX)
                .decoupleCloseAndGoAway(true)
                .build();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        peer.converse(Transport.HTTP, this);
    }

    /** A stream counts as a connection, so all limits of those hold for it. */
    private void accept(Channel stream) {
        ConnectionCount connections = service.connections();
        boolean hasRoom = connections.add();
        var its = new StreamPeer(stream, peer.peers(), peer, taking);
        streams.add(its);
        peer.peers().add(its, () -> {
            connections.remove();
            leave(its);
        });
        if (!hasRoom) {
            peer.peers().meter().refused(Refusal.CONNECTIONS);
        }
        boolean isTaken = hasRoom && state != State.LEAVING && isCounted(its);
        stream.pipeline().addLast(isTaken ? new Http2Stream(its, service) : new Refusing(its));
    }

    private boolean isCounted(StreamPeer its) {
        try {
            its.enter(peer.visit().branch());
            return true;
        } catch (Problem tooMany) {
            return false;
        }
    }

    /** A client may repeat what was refused like this (RFC 9113, 8.7). */
    private static final class Refusing extends ChannelInboundHandlerAdapter {
        Refusing(Peer its) {
            its.blame(DisconnectCause.REFUSED);
        }

        @Override
        public void channelRead(ChannelHandlerContext stream, Object frame) {
            ReferenceCountUtil.release(frame);
            stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM));
        }
    }

    private void leave(StreamPeer its) {
        streams.remove(its);
        idleness.answered(its.isLetIn(), System.nanoTime());
        if (streams.isEmpty() && state == State.LEAVING) {
            peer.channel().eventLoop().execute(() -> peer.close(DisconnectCause.STOPPING));
        }
    }

    /** What belongs to no stream: settings, pings, and a goodbye. */
    @Override
    public void channelRead(ChannelHandlerContext ignored, Object frame) {
        ReferenceCountUtil.release(frame);
        if (state == State.BEGINNING) {
            state = State.OPEN;
        }
    }

    /** Frames that mean nothing cost something, too. */
    private void flooded() {
        leave(Http2Error.ENHANCE_YOUR_CALM, DisconnectCause.LIMIT);
        peer.close(DisconnectCause.LIMIT);
    }

    /** The peer sends no more; without its settings and windows nothing can go on. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ignored, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            peer.close(DisconnectCause.CLIENT_CLOSED);
        }
    }

    /** What is wrong with what came is no bug; Netty tells the peer and closes. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ignored, Throwable cause) {
        if (cause instanceof Http2Exception wrong) {
            peer.blame(
                    wrong.error() == Http2Error.ENHANCE_YOUR_CALM
                            ? DisconnectCause.LIMIT
                            : DisconnectCause.PROTOCOL_ERROR);
        } else {
            peer.broke(cause);
        }
    }

    @Override
    public void sweep(long nowNanos) {
        controls.sweep(nowNanos);
        if (isStalled(nowNanos)) {
            peer.close(DisconnectCause.STALLED);
        } else if (state == State.BEGINNING) {
            sweepBeginning(nowNanos - sinceNanos);
        } else if (idleness.isOver(nowNanos) && streams.stream().noneMatch(Peer::isLetIn)) {
            leave(Http2Error.NO_ERROR, DisconnectCause.IDLE);
        }
    }

    private void sweepBeginning(long waitedNanos) {
        if (waitedNanos >= service.settings().requestTimeout().toNanos()) {
            peer.close(DisconnectCause.REQUEST_TIMEOUT);
        }
    }

    /** Whether bytes wait for the peer of which it takes none; streams look after their own. */
    private boolean isStalled(long nowNanos) {
        ChannelOutboundBuffer outbound = peer.channel().unsafe().outboundBuffer();
        if (outbound == null || outbound.totalPendingWriteBytes() == 0) {
            progress.end();
        } else if (!progress.isBusy()) {
            progress.begin();
        }
        return progress.isStalled(nowNanos, service.settings().stallTimeout().toNanos());
    }

    /** Says that no further stream is taken, and closes behind the last one (RFC 9113, 6.8). */
    private void leave(Http2Error error, DisconnectCause why) {
        if (state == State.LEAVING) {
            return;
        }
        state = State.LEAVING;
        peer.blame(why);
        Objects.requireNonNull(context)
                .writeAndFlush(new DefaultHttp2GoAwayFrame(error))
                .addListener(written -> closeIfUnused(why));
    }

    private void closeIfUnused(DisconnectCause why) {
        if (streams.isEmpty()) {
            peer.close(why);
        }
    }

    @Override
    public void stop(int retryAfterMillis) {
        leave(Http2Error.NO_ERROR, DisconnectCause.STOPPING);
    }

    @Override
    public void ended() {}
}
