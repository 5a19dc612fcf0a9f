package dev.genstore.wire;

import dev.genstore.hub.Sink;
import dev.genstore.router.Authenticator;
import dev.genstore.router.ClientAddress;
import dev.genstore.router.Principal;
import dev.genstore.router.Request;
import dev.genstore.wire.http.ByteBudget;
import dev.genstore.wire.http.Scheme;
import dev.genstore.wire.proxy.Caller;
import dev.genstore.wire.rates.Visit;

import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.ssl.SslHandler;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One connection, from accept to the end. Whatever ends it, it leaves all tables on one path: the
 * channel's close future, which calls {@link #ended}.
 *
 * <p>Confined to its loop.
 */
class Peer implements Taking {
    private static final Logger LOG = LoggerFactory.getLogger(Peer.class);

    /** So long before the end of its time a peer is told of it. */
    private static final long WARNING_MILLIS = 30_000;

    private final Channel channel;
    private final LoopPeers peers;
    private final WatchDeeds watches = new WatchDeeds(this);
    private final long beganNanos = System.nanoTime();
    private Transport transport = Transport.HTTP;
    private @Nullable Conversation conversation;
    private @Nullable DisconnectCause cause;
    private @Nullable Principal principal;
    private boolean isWarned;
    private @Nullable Visit visit;
    private List<ByteBudget.Account> holders = List.of();

    /** Whom a proxy connects, or speaks for now; null where it is the other end itself. */
    private @Nullable Caller caller;

    /** Whether a proxy that is not listed brings it. */
    private boolean isBrought;

    /** Whether TLS stands between it and its socket. */
    private boolean isSecure;

    /** Its place among its loop's peers. */
    int index;

    Peer(Channel channel, LoopPeers peers) {
        this.channel = channel;
        this.peers = peers;
    }

    Channel channel() {
        return channel;
    }

    /** When it began. */
    long beganNanos() {
        return beganNanos;
    }

    /** From now on what the client does counts for this. */
    void enter(Visit begun) {
        visit = begun;
        holders = begun.holders();
    }

    /**
     * Whose the bytes are that it holds of a request before it is known who makes it: nobody's where a
     * proxy will say for whom it speaks.
     */
    List<ByteBudget.Account> holders() {
        return holders;
    }

    /**
     * What the client does, where it is now.
     *
     * @throws dev.genstore.resource.Problem 429 when it has come to an address that may have no further connection
     */
    Visit visit() {
        Visit present = Objects.requireNonNull(visit).at(address(), isDirect());
        visit = present;
        return present;
    }

    /** So many resources were looked at for what it has asked here, beyond those that it was shown. */
    void look(long count) {
        if (visit != null) {
            visit.look(count);
        }
    }

    /** Where the client is; what a trusted proxy says of it counts. */
    ClientAddress address() {
        return caller().address();
    }

    /** Whether it is the client itself that is there, as far as can be seen, and nobody in between. */
    boolean isDirect() {
        return caller == null && !isBrought;
    }

    /** By which scheme the client asks; null when that is not known. */
    @Nullable Scheme scheme() {
        return caller().scheme();
    }

    /** The request with where it comes from. */
    Request placed(Request request) {
        Scheme by = scheme();
        return request.from(address(), by == null ? null : by.text());
    }

    /** What is known of the client by the way that it comes. */
    Caller caller() {
        return caller == null
                ? new Caller(connectedFrom(), isSecure ? Scheme.HTTPS : null)
                : caller;
    }

    /** Where the other end of the connection is, which may be a proxy. */
    ClientAddress connectedFrom() {
        return ClientAddress.of(channel.remoteAddress());
    }

    /** From now on it speaks for this one; null for itself. */
    void speaksFor(@Nullable Caller who) {
        caller = who;
    }

    /** Whom it speaks for; null for itself. */
    @Nullable Caller spokenFor() {
        return caller;
    }

    /** Whether what it asks now was brought by a proxy that nobody trusts. */
    void isBrought(boolean byUnlisted) {
        isBrought = byUnlisted;
    }

    /**
     * From now on only its channel knows the bytes that its socket is given: TLS makes them. What was
     * said before that of whom it connects is not of how it is secured.
     */
    void secure() {
        isSecure = true;
        caller = caller == null ? null : new Caller(caller.address(), Scheme.HTTPS);
    }

    /**
     * The socket's number for the loop's sender, or none: where there is no sender, and where a frame is
     * not what the socket must be given.
     */
    int descriptor() {
        return !isSecure && peers.hasSender() && channel instanceof UnixChannel socket
                ? socket.fd().intValue()
                : Sink.NO_DESCRIPTOR;
    }

    @Override
    public long progress() {
        return Outbound.progress(channel);
    }

    @Override
    public long waitingBytes() {
        return Outbound.waitingBytes(channel);
    }

    LoopPeers peers() {
        return peers;
    }

    Transport transport() {
        return transport;
    }

    /** From now on it is talked with like this. */
    void converse(Transport by, Conversation with) {
        if (by != transport) {
            peers.meter().switched(transport, by);
            transport = by;
        }
        conversation = with;
    }

    /** What this one wants of it; of the URL, what stands before the query. */
    Deed.Asked asked(Principal by, String method, String url) {
        int mark = url.indexOf('?');
        String path = mark < 0 ? url : url.substring(0, mark);
        return new Deed.Asked(address(), by, method, path);
    }

    /** What the witness is told of its watches. */
    WatchDeeds watches() {
        return watches;
    }

    /** Whoever talks to us now is this one, for as long as he may stay. */
    void letIn(Principal who) {
        principal = who;
        isWarned = false;
        peers.lookAt(nextLookMillis());
    }

    /** Whoever talks to us now has not said who he is, and need not. */
    void letOut() {
        principal = null;
        isWarned = false;
    }

    /** Whether anybody was let in: who has said who he is, or need not where nobody has to. */
    boolean isLetIn() {
        return principal != null;
    }

    Principal principal() {
        return Objects.requireNonNullElse(principal, Principal.STRANGER);
    }

    /** Whether the peer was told that its time is nearly over. */
    boolean isWarned() {
        return isWarned;
    }

    /** When its time is over; {@link LoopPeers#NEVER} when it is not limited. */
    long expiresMillis() {
        Instant expires = principal().expires();
        return expires == null ? LoopPeers.NEVER : expires.toEpochMilli();
    }

    /** When something has to be said or done because of its time. */
    private long nextLookMillis() {
        long expiresMillis = expiresMillis();
        return isWarned || expiresMillis == LoopPeers.NEVER
                ? expiresMillis
                : expiresMillis - WARNING_MILLIS;
    }

    /**
     * Looks whether it may stay, and ends the conversation if not.
     *
     * @return when to look again
     */
    long look(Authenticator by, long nowMillis) {
        if (principal == null || conversation == null) {
            return LoopPeers.NEVER;
        }
        try {
            look(by, nowMillis, conversation);
        } catch (RuntimeException | Error bug) {
            broke(bug);
        }
        return nextLookMillis();
    }

    /** It is warned a moment later: that tells, and before that all peers must have been looked at. */
    private void look(Authenticator by, long nowMillis, Conversation with) {
        if (expiresMillis() <= nowMillis || !by.isGood(principal())) {
            letOut();
            with.dismiss();
        } else if (nextLookMillis() <= nowMillis) {
            isWarned = true;
            long untilMillis = expiresMillis();
            channel.eventLoop().execute(() -> with.warn(untilMillis));
        }
    }

    /** Ends the connection; the first cause counts. The last word of TLS would wait behind other bytes. */
    void close(DisconnectCause why) {
        if (isSecure && Outbound.waitingBytes(channel) > 0) {
            cut(why);
        } else {
            blame(why);
            channel.close();
        }
    }

    /** Ends it without a last word, for which TLS would wait. */
    void cut(DisconnectCause why) {
        blame(why);
        channel.unsafe().close(channel.newPromise());
    }

    /** Notes why the connection is going to end. */
    void blame(DisconnectCause why) {
        if (cause == null) {
            cause = why;
        }
    }

    /** Sends no more behind what is written, so the peer sees the end; what it sends is still read. */
    void endOutput() {
        SslHandler tls = isSecure ? channel.pipeline().get(SslHandler.class) : null;
        if (tls == null) {
            ((DuplexChannel) channel).shutdownOutput();
        } else {
            tls.closeOutbound();
        }
    }

    /** A write failed. On a channel that is closed that says nothing: whoever closed it knows why. */
    void unwritten(Throwable failure) {
        if (!(failure instanceof ClosedChannelException)) {
            broke(failure);
        }
    }

    /** Something went wrong on the channel: the network's fault, or a bug. */
    void broke(Throwable failure) {
        if (!(failure instanceof IOException)) {
            LOG.error("A connection failed", failure);
        }
        close(
                failure instanceof IOException
                        ? DisconnectCause.CONNECTION_LOST
                        : DisconnectCause.FAILED);
    }

    /** A bug in one conversation must not end the sweep over all. */
    void sweep(long nowNanos) {
        try {
            if (conversation != null) {
                conversation.sweep(nowNanos);
            }
        } catch (RuntimeException | Error bug) {
            broke(bug);
        }
    }

    /** Looks whether it still sees what it saw, and ends the conversation if not. */
    void review(int retryAfterMillis) {
        try {
            if (conversation != null) {
                conversation.review(retryAfterMillis);
            }
        } catch (RuntimeException | Error bug) {
            broke(bug);
        }
    }

    void stop(int retryAfterMillis) {
        if (conversation != null) {
            conversation.stop(retryAfterMillis);
        }
    }

    /**
     * The one path out. It is counted a moment later: when a write finds the network broken, Netty
     * closes the channel first and tells the write that it failed, and why, behind that.
     */
    void ended() {
        peers.remove(this);
        try {
            if (conversation != null) {
                conversation.ended();
            }
        } finally {
            if (visit != null) {
                visit.leave();
            }
        }
        channel.eventLoop().execute(this::count);
    }

    private void count() {
        DisconnectCause why = Objects.requireNonNullElse(cause(), DisconnectCause.CLIENT_CLOSED);
        peers.meter().disconnected(transport, why);
        watches.ended(why);
        peers.sawEnd(why, this);
    }

    /** What it is told by; null where it waits for the answer of a poll, or watches nothing. */
    @Nullable WatchingConnection watched() {
        return conversation instanceof WatchingConnection its ? its : null;
    }

    /** Why it ended, as far as is known; else its peer closed. */
    @Nullable DisconnectCause cause() {
        return cause;
    }
}
