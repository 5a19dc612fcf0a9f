package dev.genstore.console;

import dev.genstore.router.Codings;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/**
 * One file, plain and packed. A page may load nothing from elsewhere, have no script or style but from
 * a file of this server, and nobody may put it into a frame.
 *
 * <p>Immutable.
 */
final class WebFile {
    private static final int TAG_BYTES = 16;
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8");
    private static final String POLICY = "default-src 'none'; script-src 'self'; "
            + "style-src 'self'; img-src 'self' data:; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final String type;
    private final byte[] plain;
    private final byte[] packed;

    /** Weak, as it is the same for both forms. */
    private final String etag;

    private WebFile(String type, byte[] plain) {
        this.type = type;
        this.plain = plain;
        this.packed = pack(plain);
        this.etag = "W/\"" + digest(plain) + '"';
    }

    /** A file that was put beside this class. */
    static WebFile read(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        try (InputStream in = WebFile.class.getResourceAsStream("web/" + name)) {
            byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
            return new WebFile(Objects.requireNonNull(type, name), bytes);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    Reply answer(Request request) {
        String known = request.headers().joined("If-None-Match").orElse("");
        if (known.contains(etag.substring(2))) {
            return guarded(Reply.of(304));
        }
        boolean unpacks = Codings.takesGzip(request.headers());
        Reply reply = guarded(Reply.of(200, type, unpacks ? packed : plain));
        return unpacks ? reply.with("Content-Encoding", "gzip") : reply;
    }

    private Reply guarded(Reply reply) {
        return reply.with("ETag", etag)
                .with("Vary", "Accept-Encoding")
                .with("Cache-Control", "no-cache")
                .with("Content-Security-Policy", POLICY)
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "no-referrer");
    }

    private static byte[] pack(byte[] plain) {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return packed.toByteArray();
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(Arrays.copyOf(all, TAG_BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
