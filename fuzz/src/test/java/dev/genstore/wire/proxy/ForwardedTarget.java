package dev.genstore.wire.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.ClientAddress;
import dev.genstore.router.Headers;
import dev.genstore.wire.http.FieldRules;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Values of {@code Forwarded} and {@code X-Forwarded-For}, one a line: they come to what a slow reading
 * says. Whatever a client has written into them, behind what a trusted proxy adds he is where that says,
 * or is refused.
 */
public final class ForwardedTarget {
    private static final ClientAddress PROXY = address("10.0.0.1");
    private static final ClientAddress CLIENT = address("192.0.2.7");
    private static final Set<AddressRange> RANGES =
            Set.of(AddressRange.parse("10.0.0.0/8").orElseThrow());

    private ForwardedTarget() {}

    private static ClientAddress address(String text) {
        return ClientAddress.parse(text).orElseThrow();
    }

    /** Tries these lines. */
    public static void check(byte[] input) {
        List<String> lines = new String(input, ISO_8859_1)
                .lines()
                .filter(FieldRules::isValue)
                .map(String::strip)
                .toList();
        checkHops(lines);
        checkBehind("Forwarded", lines, Telling.FORWARDED, "for=192.0.2.7", true);
        checkBehind(
                "Forwarded", lines, Telling.FORWARDED, "proto=https;For=\"192.0.2.7:80\"", true);
        checkBehind("X-Forwarded-For", lines, Telling.X_FORWARDED, "192.0.2.7", false);
        checkAddresses(String.join(", ", lines));
    }

    private static Headers headers(String name, Stream<String> values) {
        return Headers.of(values.map(value -> Map.entry(name, value)).toList());
    }

    private static void checkHops(List<String> lines) {
        List<HopModel.Said> meant = HopModel.forwarded(String.join(", ", lines));
        try {
            List<HopModel.Said> found =
                    Forwarded.hops(headers("Forwarded", lines.stream())).stream()
                            .map(hop -> new HopModel.Said(hop.node(), "" + hop.scheme()))
                            .toList();
            assertThat(found).isEqualTo(lines.isEmpty() ? List.of() : meant);
        } catch (Problem refused) {
            assertThat(refused.type()).isEqualTo(ProblemType.INVALID_HEADER);
            assertThat(meant).as("what is understood").isNull();
        }
    }

    /** The proxy writes another field behind the client's, or goes on with his. */
    private static void checkBehind(
            String name, List<String> lines, Telling telling, String own, boolean mayRefuse) {
        var proxies = new TrustedProxies(RANGES, telling);
        Headers added = headers(name, Stream.concat(lines.stream(), Stream.of(own)));
        Stream<String> joined = Stream.concat(lines.stream(), Stream.of(own));
        Headers longer = headers(name, Stream.of(String.join(", ", joined.toList())));
        for (Headers headers : List.of(added, longer)) {
            Caller caller = caller(proxies, headers);
            assertThat((caller == null && mayRefuse) || isClient(caller))
                    .as("%s", caller)
                    .isTrue();
        }
    }

    private static boolean isClient(@Nullable Caller caller) {
        return caller != null && caller.address().equals(CLIENT);
    }

    private static @Nullable Caller caller(TrustedProxies proxies, Headers headers) {
        try {
            return proxies.caller(PROXY, headers);
        } catch (Problem refused) {
            assertThat(refused.type()).isEqualTo(ProblemType.INVALID_HEADER);
            return null;
        }
    }

    /** The last one counts that is no proxy's. */
    private static void checkAddresses(String list) {
        var proxies = new TrustedProxies(RANGES, Telling.X_FORWARDED);
        Headers headers = headers("X-Forwarded-For", Stream.of(list));
        Caller caller = caller(proxies, headers);
        assertThat(caller == null ? "refused" : caller.address().toString())
                .isEqualTo(HopModel.lastUntrusted(list));
        assertThat(proxies.caller(CLIENT, headers)).as("the word of a stranger").isNull();
    }
}
