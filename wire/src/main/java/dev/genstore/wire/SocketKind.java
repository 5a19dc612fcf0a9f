package dev.genstore.wire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;

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
            long silenceMillis =
                    settings.pingInterval().plus(settings.pingTimeout()).toMillis();
            bootstrap
                    .childOption(EpollChannelOption.TCP_USER_TIMEOUT, (int) silenceMillis)
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
    private static final int BACKLOG = 4_096;

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
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES);
    }
}
