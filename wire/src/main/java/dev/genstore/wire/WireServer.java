package dev.genstore.wire;

import dev.genstore.hub.CatchUp;
import dev.genstore.hub.Hub;
import dev.genstore.hub.Loop;
import dev.genstore.hub.Sender;
import dev.genstore.resource.Problem;
import dev.genstore.router.Authenticator;
import dev.genstore.router.Router;
import dev.genstore.wire.http.ByteBudget;
import dev.genstore.wire.http.OriginPolicy;
import dev.genstore.wire.http.ResponseEncoder;
import dev.genstore.wire.longpoll.Arrival;
import dev.genstore.wire.longpoll.ChangesPage;
import dev.genstore.wire.longpoll.SnapshotPoll;
import dev.genstore.wire.proxy.TrustedProxies;
import dev.genstore.wire.proxy.UnlistedProxies;
import dev.genstore.wire.rates.Rates;
import dev.genstore.wire.rates.Refusal;
import dev.genstore.wire.rates.Visit;
import dev.genstore.wire.send.SenderChoice;
import dev.genstore.wire.tls.LiveTls;
import dev.genstore.wire.tls.TlsFiles;
import dev.genstore.wire.websocket.FrameLimits;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Listens, and owns the event loops and their connections.
 *
 * <p>Thread-safe, but {@link #start} and {@link #stop} are called once each.
 */
public final class WireServer {
    private static final Logger LOG = LoggerFactory.getLogger(WireServer.class);
    private static final int RETRY_AFTER_MILLIS_MIN = 100;
    private static final int RETRY_AFTER_MILLIS_MAX = 5_000;
    private static final long POLL_MILLIS = 20;
    private static final int MESSAGE_FRAMES_MAX = 1_024;
    private static final Duration LOOP_PATIENCE = Duration.ofSeconds(2);
    private static final long REST_SECONDS = 10;
    private static final long TLS_LOOK_MILLIS = 2_000;

    private final WireSettings settings;
    private final Service service;
    private final RandomGenerator random;
    private final WireMeter meter;
    private final SocketKind kind = SocketKind.best();
    private final MultiThreadIoEventLoopGroup loops;
    private final Map<EventExecutor, LoopPeers> peers = new LinkedHashMap<>();
    private final EveryLoop<LoopPeers> everyLoop = new EveryLoop<>(peers, LOOP_PATIENCE);
    private @Nullable Channel listener;
    private volatile @Nullable SenderChoice sender;
    private volatile @Nullable LiveTls tls;

    /**
     * What a server talks about.
     *
     * @param router answers requests
     * @param hub tells changes
     * @param catchUp tells what was missed
     * @param epoch the name of the history
     * @param blocking runs what may block, each task on a thread of its own
     * @param clock tells dates
     * @param random spreads reconnects
     * @param authenticator tells who makes a request
     * @param witness is told who does what
     * @param tracing follows what is asked for to where it is told
     */
    public record Parts(
            Router router,
            Hub hub,
            CatchUp catchUp,
            String epoch,
            Executor blocking,
            InstantSource clock,
            RandomGenerator random,
            Authenticator authenticator,
            Witness witness,
            Tracing tracing) {
        /** The same, where nobody is asked who he is, and nothing is followed. */
        public Parts(
                Router router,
                Hub hub,
                CatchUp catchUp,
                String epoch,
                Executor blocking,
                InstantSource clock,
                RandomGenerator random) {
            this(
                    router,
                    hub,
                    catchUp,
                    epoch,
                    blocking,
                    clock,
                    random,
                    Authenticator.NONE,
                    Witness.NONE,
                    Tracing.NONE);
        }
    }

    public WireServer(WireSettings settings, Parts parts, WireMeter meter) {
        this.settings = settings;
        this.random = parts.random();
        this.meter = meter;
        this.service = service(settings, parts, meter);
        this.loops = new MultiThreadIoEventLoopGroup(loopCount(), kind.ioHandler());
        var limits = new FrameLimits(settings.messageBytesMax(), MESSAGE_FRAMES_MAX);
        for (EventExecutor executor : loops) {
            var loop = (EventLoop) executor;
            peers.put(
                    loop,
                    new LoopPeers(
                            loop,
                            (on, by) -> watchers(on, by, parts),
                            meter,
                            limits,
                            parts,
                            this::retryAfterMillis));
        }
        parts.authenticator().listen(this::dismiss);
        parts.authenticator().listenToEnds(this::dismiss);
        parts.router().views().listen(this::review);
    }

    private static Loop watchers(EventLoop loop, Loop.Sending sending, Parts parts) {
        return new Loop(loop, parts.hub(), parts.catchUp(), parts.blocking(), sending);
    }

    private static Service service(WireSettings settings, Parts parts, WireMeter meter) {
        var origins = new OriginPolicy(settings.origins());
        return new Service(
                settings,
                parts.authenticator(),
                parts.witness(),
                parts.tracing().requests(),
                parts.router(),
                new AskingReader(parts.router()),
                parts.hub(),
                new Arrival(parts.hub(), parts.epoch()),
                new SnapshotPoll(parts.router(), parts.hub(), parts.catchUp(), parts.epoch()),
                new ChangesPage(
                        parts.catchUp(), parts.hub(), parts.epoch(), AskingReader.PAGE_TYPE),
                origins,
                settings.hostPolicy(),
                new UnlistedProxies(settings.entrance().proxies()),
                new Cors(origins),
                new ResponseEncoder(parts.clock()),
                new ByteBudget(settings.heldBytesMax()),
                new WatchCount(WatchCount.DEFAULT_MAX),
                new Rates(settings.clients(), meter::refused, System::nanoTime),
                new ConnectionCount(settings.connectionsMax()),
                new Handshakes(Runtime.getRuntime().availableProcessors()),
                parts.blocking());
    }

    /** Ends those who may not stay. When it returns nobody of them is told anything any more. */
    private void dismiss() {
        peers.values().forEach(LoopPeers::lookFirst);
        everyLoop.run(LoopPeers::look);
    }

    /** The same for those who are there by this session. */
    private void dismiss(String session) {
        peers.values().forEach(its -> its.endFirst(session));
        everyLoop.run(LoopPeers::lookAtEnded);
    }

    /** Ends those who may see something else now; when it returns they are told nothing any more. */
    private void review() {
        peers.values().forEach(LoopPeers::reviewFirst);
        everyLoop.run(LoopPeers::review);
    }

    /** One loop serves thousands of connections; a second one only pays when there are cores for it. */
    private static int loopCount() {
        int cores = Runtime.getRuntime().availableProcessors();
        return cores <= 2 ? 1 : cores;
    }

    /**
     * Begins to listen.
     *
     * @return where
     * @throws IOException when the address can't be had, or there is no good certificate
     */
    public InetSocketAddress start() throws IOException {
        openTls();
        openSenders();
        var bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(kind.serverChannel())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                });
        kind.configure(bootstrap, settings);
        loops.next()
                .scheduleWithFixedDelay(this::rest, REST_SECONDS, REST_SECONDS, TimeUnit.SECONDS);
        try {
            listener = bootstrap.bind(settings.host(), settings.port()).sync().channel();
            return (InetSocketAddress) listener.localAddress();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while binding", interruption);
        } catch (Exception failure) {
            throw new IOException(
                    "Can't listen on " + settings.host() + ":" + settings.port() + ": "
                            + why(failure),
                    failure);
        }
    }

    /** The files are looked at again and again: so a new certificate needs neither signal nor restart. */
    private void openTls() throws IOException {
        TlsFiles files = settings.entrance().tls();
        if (files != null) {
            LiveTls opened = LiveTls.open(files);
            tls = opened;
            loops.scheduleWithFixedDelay(
                    () -> service.actions().execute(opened::look),
                    TLS_LOOK_MILLIS,
                    TLS_LOOK_MILLIS,
                    TimeUnit.MILLISECONDS);
        }
    }

    /** On the loops' own threads, where they will be used. */
    private void openSenders() throws IOException {
        SenderChoice choice = SenderChoice.choose(settings.sender());
        sender = choice;
        for (var entry : peers.entrySet()) {
            Future<Optional<Sender>> opening = entry.getKey().submit(choice::open);
            opening.awaitUninterruptibly();
            if (!opening.isSuccess()) {
                throw new IOException("A sender can't be opened", opening.cause());
            }
            Optional<Sender> opened = opening.getNow();
            entry.getKey().execute(() -> opened.ifPresent(entry.getValue()::sendBy));
        }
        LOG.debug("Frames are sent by {}: {}", choice.kind().label(), choice.reason());
    }

    /** How frames are given to the kernel, and why so; known when it has started. */
    public SenderChoice sender() {
        return Objects.requireNonNull(sender);
    }

    private static String why(Exception failure) {
        if (failure instanceof UnresolvedAddressException) {
            return "there is no such host.";
        }
        String message = String.valueOf(failure.getMessage());
        return message.contains("already in use")
                ? "the port is in use; stop what uses it or choose another one."
                : message;
    }

    private void accept(Channel channel) {
        ConnectionCount connections = service.connections();
        boolean hasRoom = connections.add();
        Peer peer = of(channel).add(channel, connections::remove);
        if (peer.peers().isStopping()) {
            peer.close(DisconnectCause.STOPPING);
        } else if (!hasRoom) {
            meter.refused(Refusal.CONNECTIONS);
            peer.close(DisconnectCause.REFUSED);
        } else {
            begin(peer);
        }
    }

    /** Where proxies say first whom a connection is for, nobody else may connect: he could say it, too. */
    private void begin(Peer peer) {
        TrustedProxies proxies = settings.entrance().proxies();
        if (!proxies.speakFirst()) {
            converse(peer);
        } else if (proxies.trusts(peer.connectedFrom())) {
            ProxyHeaderConnection.begin(peer, settings.requestTimeout(), () -> converse(peer));
        } else {
            peer.close(DisconnectCause.REFUSED);
        }
    }

    private void converse(Peer peer) {
        try {
            peer.enter(visit(peer));
            peer.channel().pipeline().addLast(first(peer));
        } catch (Problem tooMany) {
            peer.close(DisconnectCause.REFUSED);
        }
    }

    /** A proxy's own connections count for those whom it speaks for, as soon as it does. */
    private Visit visit(Peer peer) {
        TrustedProxies proxies = settings.entrance().proxies();
        return proxies.speakInRequests() && proxies.trusts(peer.connectedFrom())
                ? service.rates().uncounted()
                : service.rates().visit(peer.address(), peer.isDirect());
    }

    /** Elsewhere, as there may be many thousands of clients to look through. */
    private void rest() {
        if (service.rates().clientCount() > 0) {
            service.actions().execute(service.rates()::rest);
        }
    }

    /** What a new peer meets. */
    private ChannelHandler first(Peer peer) {
        LiveTls present = tls;
        return present == null
                ? new HttpConnection(peer, service)
                : new TlsDoor(peer, service, present);
    }

    private LoopPeers of(Channel channel) {
        return Objects.requireNonNull(peers.get(channel.eventLoop()));
    }

    /** The greatest number of changes that a watcher has not seen yet, as of a moment ago. */
    public long lagRevisionsMax() {
        return peers.values().stream()
                .mapToLong(its -> its.loop().lagRevisionsMax())
                .max()
                .orElse(0);
    }

    /** Who watches now: those who are furthest behind, so many at most. It waits for the loops. */
    public RollCall rollCall(int watchersMax) {
        return RollCall.of(everyLoop, watchersMax);
    }

    /** How many bytes of bodies and answers all connections hold now; small ones do not count. */
    public long heldBytes() {
        return service.budget().heldBytes();
    }

    /**
     * Takes no further connections, ends those that there are in good order, and after this time at
     * once.
     */
    public void stop(Duration patience) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        if (listener != null) {
            listener.close().sync();
        }
        peers.forEach((loop, its) -> loop.execute(its::stop));
        try {
            awaitEnds(deadlineNanos);
        } finally {
            peers.forEach((loop, its) -> loop.execute(its::closeAll));
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
        loops.terminationFuture().sync();
        service.handshakes().stop();
    }

    private void awaitEnds(long deadlineNanos) throws InterruptedException {
        while (service.connections().open() > 0 && System.nanoTime() - deadlineNanos < 0) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private int retryAfterMillis() {
        return random.nextInt(RETRY_AFTER_MILLIS_MIN, RETRY_AFTER_MILLIS_MAX);
    }
}
