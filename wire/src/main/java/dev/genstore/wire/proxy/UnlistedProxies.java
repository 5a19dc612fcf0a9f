package dev.genstore.wire.proxy;

import dev.genstore.router.ClientAddress;
import dev.genstore.router.Headers;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Notices proxies on this machine that nobody has listed, by what they add to requests: whom they bring
 * is not on this machine, wherever he is. One that adds nothing can't be told from a client.
 *
 * <p>Thread-safe.
 */
public final class UnlistedProxies {
    private static final Logger LOG = LoggerFactory.getLogger(UnlistedProxies.class);

    private final TrustedProxies listed;
    private final AtomicBoolean isTold = new AtomicBoolean();

    public UnlistedProxies(TrustedProxies listed) {
        this.listed = listed;
    }

    /**
     * Whether one of them has brought a request. The first one is warned of.
     *
     * @param connected the other end of its connection
     */
    public boolean haveBrought(ClientAddress connected, Headers headers) {
        InetAddress ip = connected.ip();
        if (ip == null
                || !ip.isLoopbackAddress()
                || !isForwarded(headers)
                || listed.trusts(connected)) {
            return false;
        }
        if (isTold.compareAndSet(false, true)) {
            String address = ip.getHostAddress();
            LOG.warn(
                    "A proxy at {} brings what others ask and is not listed, so all of them count as"
                            + " one client: --trusted-proxies {}",
                    address,
                    address);
        }
        return true;
    }

    private static boolean isForwarded(Headers headers) {
        return headers.first(XForwarded.FOR).isPresent()
                || headers.first(Forwarded.NAME).isPresent();
    }
}
