package dev.genstore.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.resource.Problem;
import dev.genstore.router.Headers;
import dev.genstore.router.MediaTypes;
import dev.genstore.router.Method;
import dev.genstore.router.Preferences;
import dev.genstore.router.Query;
import dev.genstore.router.Request;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whatever stands in a header or a query is understood or refused. */
public final class HeaderTarget {
    private HeaderTarget() {}

    /** Tries this value. */
    public static void check(byte[] input) {
        String value = new String(input, StandardCharsets.ISO_8859_1);
        attempt(() -> EntityTags.strong("If-Match", value));
        attempt(() -> EntityTags.weak("If-None-Match", value));
        attempt(() -> checkDate(value));
        attempt(() -> checkPreference(value));
        attempt(() -> MediaTypes.require(request("Content-Type", value), Set.of(MediaTypes.JSON)));
        attempt(() -> checkQuery(value));
        attempt(() -> Request.of(Method.GET, "/api/" + value, Headers.NONE, new byte[0]));
    }

    private static void attempt(Runnable reading) {
        try {
            reading.run();
        } catch (Problem problem) {
            assertThat(problem.type().status()).isBetween(400, 415);
            assertThat(problem.json()).isNotEmpty();
        }
    }

    private static void checkDate(String value) {
        Long millis = HttpDates.read(value);
        if (millis != null) {
            assertThat(millis % 1_000).isZero();
        }
    }

    private static void checkPreference(String value) {
        String wait = Preferences.value(request("Prefer", value), "wait");
        assertThat(wait).doesNotContain("\"");
    }

    private static void checkQuery(String value) {
        Query query = Query.parse(value);
        Query again = Query.parse(query.encoded());
        assertThat(again.names()).isEqualTo(query.names());
        query.names().forEach(name -> assertThat(again.value(name)).isEqualTo(query.value(name)));
    }

    private static Request request(String name, String value) {
        return Request.of(
                Method.GET, "/api", Headers.of(List.of(Map.entry(name, value))), new byte[0]);
    }
}
