package dev.genstore.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A disk that is full or fails, under load: only writes feel it, and only as long as it lasts. */
class DiskTest {
    private static final int FULL = 507;
    private static final int UNAVAILABLE = 503;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    /** Makes the disk fail, or work again. */
    @FunctionalInterface
    private interface Switch {
        void flip() throws Exception;
    }

    @Test
    void writes_are_answered_507_while_the_disk_is_full_and_go_on_when_there_is_space_again()
            throws Exception {
        Optional<SmallDisk> mounted = SmallDisk.mount(folder.resolve("disk"));
        if (mounted.isPresent()) {
            fillAndFree(mounted.get());
        } else {
            // Only root may mount a disk to fill. Here another failure has to stand in for it.
            breakAndMend();
        }
    }

    @Test
    void writes_are_answered_503_while_the_disk_fails_and_go_on_when_it_works_again()
            throws Exception {
        breakAndMend();
    }

    private void fillAndFree(SmallDisk mounted) throws Exception {
        Launch launch = Launch.serve(folder, mounted.folder().resolve("data"));
        try (SmallDisk disk = mounted;
                Ordeal ordeal = Ordeal.begin(launch, 1)) {
            requireOnlyWritesFail(ordeal, disk::fill, FULL, "/problems/storage-full", disk::free);
        }
    }

    private void breakAndMend() throws Exception {
        Launch launch = Launch.serve(folder).by(LimitedServer.class);
        try (Ordeal ordeal = Ordeal.begin(launch, 1)) {
            requireOnlyWritesFail(
                    ordeal,
                    () -> ordeal.server().say(LimitedServer.FAIL),
                    UNAVAILABLE,
                    "/problems/storage-unavailable",
                    () -> ordeal.server().say(LimitedServer.WORK));
        }
    }

    private static void requireOnlyWritesFail(
            Ordeal ordeal, Switch fail, int status, String problem, Switch work) throws Exception {
        ordeal.awaitChanges(50);
        fail.flip();
        await().atMost(PATIENCE).until(() -> ordeal.hasAnswered(status));
        requireRefusal(ordeal.requests().put("/api/notes/refused", "{}"), status, problem);
        requireReads(ordeal);
        work.flip();
        ordeal.awaitChanges(50);
        assertThat(ordeal.complaints()).isEmpty();
        assertThat(ordeal.followers())
                .allSatisfy(follower -> assertThat(follower.connections()).isEqualTo(1));
    }

    private static void requireRefusal(HttpResponse<String> answer, int status, String problem) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"type\":\"" + problem + "\"");
    }

    private static void requireReads(Ordeal ordeal) throws Exception {
        for (String url : new String[] {"/api/notes", "/healthz", "/readyz", "/metrics"}) {
            assertThat(ordeal.requests().get(url).statusCode()).as(url).isEqualTo(200);
        }
        for (Transport transport : Transport.values()) {
            ordeal.joinFromTheStart(transport).seen().await(50, PATIENCE);
        }
    }
}
