package dev.genstore.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.resource.Resource;
import dev.genstore.router.Method;
import dev.genstore.router.Reply;
import dev.genstore.store.Resources;
import dev.genstore.store.Retention;
import dev.genstore.wire.WireSettings;
import dev.genstore.wire.http.HttpLimits;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What a {@link GenstoreBuilder} is told holds. */
class GenstoreBuilderTest {
    @TempDir
    Path folder;

    @Test
    void a_port_changes_nothing_else_about_connections() {
        WireSettings given = WireSettings.of("127.0.0.1", 1);
        WireSettings built =
                builder().wire(given.withLimits(tight(given))).port(2).wire();
        assertThat(built).isEqualTo(given.withLimits(tight(given)).withPort(2));
    }

    private static HttpLimits tight(WireSettings settings) {
        return settings.limits().forResourcesOf(2 << 20);
    }

    @Test
    void a_resource_may_be_as_long_as_is_said() throws Exception {
        try (Genstore store = builder().bodyBytesMax(3 << 20).start()) {
            assertThat(put(store, 3 << 20)).isEqualTo(201);
            assertThat(put(store, (3 << 20) + 1)).isEqualTo(413);
        }
    }

    @Test
    @Timeout(60)
    void a_context_may_write_when_it_is_made() throws Exception {
        try (Genstore store = builder()
                .context(String.class, GenstoreBuilderTest::write)
                .bind(Method.GET, "/hello", String.class, (request, hello) -> Reply.of(204))
                .start()) {
            Optional<Resource> made = store.resources().find("notes", "first");
            assertThat(made).isPresent();
            assertThat(store.headRevision()).isEqualTo(1);
        }
    }

    private static String write(Resources resources) {
        return resources.create("notes", "{\"id\":\"first\"}".getBytes(UTF_8)).id();
    }

    @Test
    void a_store_that_does_not_start_leaves_its_folder_free() throws Exception {
        GenstoreBuilder withoutContext = builder()
                .bind(Method.GET, "/hello", String.class, (request, hello) -> Reply.of(204));
        assertThatIllegalArgumentException()
                .isThrownBy(withoutContext::start)
                .withMessageContaining("GET /hello");
        builder().start().close();
    }

    @Test
    void a_log_may_be_kept_for_ever() throws Exception {
        Duration forEver = ChronoUnit.FOREVER.getDuration();
        try (Genstore store = builder().retention(new Retention(forEver, 1_000)).start()) {
            write(store.resources());
            assertThat(store.horizonRevision()).isZero();
        }
    }

    private GenstoreBuilder builder() {
        return Genstore.builder().data(folder).port(0);
    }

    private static int put(Genstore store, int bytes) throws Exception {
        String body = "{\"a\":\"" + "x".repeat(bytes - 8) + "\"}";
        URI url = URI.create("http://127.0.0.1:" + store.address().getPort() + "/api/notes/7");
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }
}
