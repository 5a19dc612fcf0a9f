package dev.genstore.fuzz;

import com.google.errorprone.annotations.Immutable;

import dev.genstore.action.HeaderTarget;
import dev.genstore.action.PatchTarget;
import dev.genstore.action.PositionTarget;
import dev.genstore.auth.ClaimTarget;
import dev.genstore.auth.TokenTarget;
import dev.genstore.cel.FilterTarget;
import dev.genstore.resource.JsonTarget;
import dev.genstore.router.CookieTarget;
import dev.genstore.testkit.Table;
import dev.genstore.wire.ProxyHeaderTarget;
import dev.genstore.wire.http.HeadTarget;
import dev.genstore.wire.http.StreamHeadTarget;
import dev.genstore.wire.proxy.ForwardedTarget;
import dev.genstore.wire.tls.PemTarget;
import dev.genstore.wire.websocket.FrameTarget;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What reads bytes of others, and what must hold of it whatever they are. */
public enum Target {
    /** Frames of WebSockets, against a slow model. */
    FRAMES(FrameTarget::check),
    /** Requests, however they are split. */
    REQUESTS(HeadTarget::check),
    /** JSON that comes in and goes out, against a slow model. */
    JSON(JsonTarget::check),
    /** A document and a patch of either kind. */
    PATCHES(PatchTarget::check),
    /** Filters and rules, against a slow model. */
    FILTERS(FilterTarget::check),
    /** Positions, points in time and cursors. */
    POSITIONS(PositionTarget::check),
    /** Values of headers, and queries. */
    HEADERS(HeaderTarget::check),
    /** Tokens, of which only those that were signed let anybody in. */
    TOKENS(TokenTarget::check),
    /** Claims that an issuer has signed, against a slow model. */
    CLAIMS(ClaimTarget::check),
    /** Heads of HTTP/2, against the same of HTTP/1.1. */
    STREAM_HEADS(StreamHeadTarget::check),
    /** What proxies say, and what clients have written in front of it, against a slow model. */
    FORWARDED(ForwardedTarget::check),
    /** Headers of the PROXY protocol, against a slow model. */
    PROXY_HEADERS(ProxyHeaderTarget::check),
    /** Cookies, against a slow model. */
    COOKIES(CookieTarget::check),
    /** Files with certificates and keys. */
    PEM(PemTarget::check);

    private final Check check;

    /** What must hold of an input. */
    @FunctionalInterface
    @Immutable
    private interface Check {
        void of(byte[] input);
    }

    Target(Check check) {
        this.check = check;
    }

    /**
     * Tries an input.
     *
     * @throws AssertionError when what must hold does not
     */
    public void check(byte[] input) {
        check.of(input);
    }

    /** The inputs of its table: one a line, in the escapes of {@link Table#bytes}. */
    public List<byte[]> inputs() {
        try (InputStream in =
                Objects.requireNonNull(Target.class.getResourceAsStream(file()), file())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Table::bytes)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The name of its table, beside this class. */
    String file() {
        return name().toLowerCase(Locale.ROOT) + ".txt";
    }

    /** An input as a line of its table. */
    static String line(byte[] input) {
        var line = new StringBuilder();
        for (byte each : input) {
            boolean isPlain = each > ' ' && each < 0x7F && each != '\\' && each != '#';
            line.append(isPlain ? "" + (char) each : "\\x%02x".formatted(each));
        }
        return line.toString();
    }
}
