package dev.genstore.wire;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.genstore.fuzz.Pieces;
import dev.genstore.wire.proxy.Caller;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyMessage;

import java.util.List;

/**
 * What comes on a connection of a proxy: however it is split, the header comes to one thing, and the
 * bytes behind it are passed on to the last. What a strict reading understands is understood so.
 */
public final class ProxyHeaderTarget {
    private static final String REFUSED = "refused";

    private ProxyHeaderTarget() {}

    /** Tries these bytes. */
    public static void check(byte[] input) {
        ProxyHeaderModel.Meant meant = ProxyHeaderModel.of(input);
        String expected = words(List.of(input));
        if (meant.isWhole()) {
            assertThat(expected).isEqualTo(meant.address() + " " + meant.rest());
        }
        boolean mayBeRefused = ProxyHeaderModel.isTooLong(input);
        for (List<byte[]> pieces : Pieces.of(input)) {
            String found = words(pieces);
            if (!mayBeRefused || !found.equals(REFUSED)) {
                assertThat(found).isEqualTo(expected);
            }
        }
    }

    private static String words(List<byte[]> pieces) {
        var channel = new EmbeddedChannel(ProxyHeaderConnection.decoder());
        var said = new StringBuilder("waits");
        try {
            for (byte[] piece : pieces) {
                channel.writeInbound(Unpooled.wrappedBuffer(piece));
                read(channel, said);
            }
        } catch (DecoderException refused) {
            said.replace(0, said.length(), REFUSED);
        } finally {
            close(channel);
        }
        return said.toString();
    }

    private static void read(EmbeddedChannel channel, StringBuilder said) {
        for (Object read = channel.readInbound(); read != null; read = channel.readInbound()) {
            if (read instanceof HAProxyMessage header) {
                Caller caller = ProxyHeaderConnection.caller(header);
                said.replace(0, said.length(), (caller == null ? "none" : caller.address()) + " ");
                header.release();
            } else if (read instanceof ByteBuf rest) {
                said.append(rest.toString(ISO_8859_1));
                rest.release();
            }
        }
    }

    /** What a refused header leaves behind fails once more, as it does on a connection. */
    private static void close(EmbeddedChannel channel) {
        try {
            channel.finishAndReleaseAll();
        } catch (DecoderException again) {
            channel.releaseInbound();
        }
    }
}
