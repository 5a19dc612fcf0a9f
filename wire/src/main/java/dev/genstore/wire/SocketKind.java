package dev.genstore.wire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The sockets of this machine: epoll on Linux, else what every Java has. */
enum SocketKind {
    EPOLL {
        @Override
        IoHandlerFactory ioHandler() {
            return EpollIoHandler.newFactory();
        }

        @Override
        Class<? extends ServerChannel> serverChannel() {
            return EpollServerSocketChannel.class;
        }

        @Override
        void configure(ServerBootstrap bootstrap, WireSettings settings) {
            super.configure(bootstrap, settings);
            bootstrap
                    .childOption(EpollChannelOption.TCP_USER_TIMEOUT, silenceMillis(settings))
                    .childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, NOT_SENT_BYTES_MAX);
        }
    },
    NIO {
        @Override
        IoHandlerFactory ioHandler() {
            return NioIoHandler.newFactory();
        }

        @Override
        Class<? extends ServerChannel> serverChannel() {
            return NioServerSocketChannel.class;
        }
    };

    /** Without these bounds the kernel takes megabytes for a peer that does not read. */
    private static final int SEND_BUFFER_BYTES = 256 << 10;

    private static final long NOT_SENT_BYTES_MAX = 128 << 10;
    private static final int READ_BYTES = 16 << 10;
    private static final int BACKLOG = 4_096;

    /** Read at once; a buffer of the same length for all, so nothing is kept of each to guess by. */
    private static final RecvByteBufAllocator READ = new FixedRecvByteBufAllocator(READ_BYTES);

    /** Behind a stall there are some seconds yet, in which the peer may be told of it. */
    private static final Duration BEHIND_STALL = Duration.ofSeconds(5);

    /**
     * How long the kernel tries. To it a peer that does not read is as silent as one that is gone, so
     * it must not give up before the stall is noticed here, where it is told and counted.
     */
    private static int silenceMillis(WireSettings settings) {
        Duration silent = settings.pingInterval().plus(settings.pingTimeout());
        Duration stalled = settings.stallTimeout().plus(BEHIND_STALL);
        long millis =
                TimeUnit.MILLISECONDS.convert(silent.compareTo(stalled) > 0 ? silent : stalled);
        return (int) Math.min(Integer.MAX_VALUE, millis);
    }

    static SocketKind best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    abstract IoHandlerFactory ioHandler();

    abstract Class<? extends ServerChannel> serverChannel();

    void configure(ServerBootstrap bootstrap, WireSettings settings) {
        bootstrap
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, READ)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES);
    }
}
