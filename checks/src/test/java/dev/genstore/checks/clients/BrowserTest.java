package dev.genstore.checks.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.embedded.GenstoreBuilder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What only a browser does: it looks where a page comes from. */
@ExtendWith(Clients.class)
class BrowserTest {
    private static final Ending REFUSED_SOCKET = new Ending.Closed(1006, "");
    private static final Ending REFUSED_STREAM = new Ending.Broken("it gave up");
    private static final Ending COMES_BACK = new Ending.Broken("it comes back");

    @TempDir
    private Path folder;

    private final Journal journal = new Journal("browser", "0");
    private Client.Connection following = () -> {};
    private Site home;

    @BeforeEach
    void start() {
        home = new Site(folder.resolve("home"));
    }

    @AfterEach
    void stop() {
        following.close();
        home.close();
    }

    static List<NodeClient> browsers() {
        return Chromium.find().isPresent() ? Clients.chromium() : List.of();
    }

    /** All tests of clients leave the browser's own out where there is none; this one says so. */
    @Test
    void the_browser_of_this_machine_is_among_the_clients() {
        System.out.println(Chromium.find()
                .map(path -> "Clients of a browser are tested with " + path)
                .orElse("No Chromium is on PATH: the clients of a browser are not tested"));
        assertThat(Clients.all().stream().map(Object::toString).filter(this::isBrowser))
                .hasSize(Chromium.find().isPresent() ? 2 : 0);
    }

    private boolean isBrowser(String client) {
        return client.startsWith("chromium");
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("browsers")
    void a_page_of_a_listed_origin_may_watch(NodeClient browser) {
        try (var site = new Site(folder.resolve("site"), this::listHome)) {
            follow(browser, site);
            journal.awaitSynced();
            assertThat(journal.endings()).isEmpty();
        }
    }

    private GenstoreBuilder listHome(GenstoreBuilder builder) {
        return builder.wire(Site.wire(Set.of(origin(home)), Duration.ofSeconds(25)));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("browsers")
    void a_page_of_another_origin_may_not_watch(NodeClient browser) {
        try (var site = new Site(folder.resolve("site"))) {
            follow(browser, site);
            await().atMost(Journal.PATIENCE)
                    .untilAsserted(() -> assertThat(journal.endings())
                            .containsAnyOf(REFUSED_SOCKET, REFUSED_STREAM)
                            .doesNotContain(COMES_BACK));
        }
    }

    private void follow(NodeClient browser, Site site) {
        URI page = URI.create(origin(home) + "/page");
        following = browser.follow(page, site.notes(), "0", new Reader(journal));
    }

    private static String origin(Site site) {
        return "http://127.0.0.1:" + site.server().port();
    }
}
