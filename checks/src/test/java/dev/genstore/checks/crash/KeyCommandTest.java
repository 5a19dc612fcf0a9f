package dev.genstore.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.Field;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.server.Main;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code genstore key}, beside a server that runs and before one does. */
class KeyCommandTest {
    private static final Pattern ID = Pattern.compile("(?s).*This is key ([a-z0-9]+)\\..*");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private record Key(String id, String text) {
        Field field() {
            return new Field("Authorization", "Bearer " + text);
        }
    }

    @Test
    void a_running_server_sees_what_is_made_and_revoked() {
        try (ServerProcess server = Launch.serve(folder).start()) {
            int port = server.url().getPort();
            assertThat(get(port, List.of()).status()).isEqualTo(200);
            Key first = create();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(get(port, List.of()).status()).isEqualTo(401));
            Key second = create();
            assertThat(get(port, List.of(first.field())).status()).isEqualTo(200);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    get(port, List.of(second.field())).status())
                            .isEqualTo(200));
            requireEndAtRevocation(port, first, second);
        }
    }

    private void requireEndAtRevocation(int port, Key revoked, Key writing) {
        try (Follower follower =
                FollowBy.WEBSOCKET.follow(port, "/api/notes", List.of(revoked.field()))) {
            follower.synced();
            assertThat(run("revoke", revoked.id()).awaitExit()).isZero();
            assertThat(post(port, writing).status()).isEqualTo(201);
            assertThatThrownBy(follower::nextChange)
                    .isInstanceOf(Follower.Ended.class)
                    .hasMessageStartingWith("4401 ");
        }
        assertThat(get(port, List.of(revoked.field())).status()).isEqualTo(401);
    }

    @Test
    void a_server_starts_with_the_keys_that_were_made_before() {
        Key key = create();
        try (ServerProcess server = Launch.serve(folder).start()) {
            int port = server.url().getPort();
            assertThat(get(port, List.of()).status()).isEqualTo(401);
            assertThat(get(port, List.of(key.field())).status()).isEqualTo(200);
        }
    }

    /** Makes a key by the real command. */
    private Key create() {
        ServerProcess command = run("create", "--name", "test", "--scopes", "admin");
        String text = command.firstLine();
        assertThat(command.awaitExit()).isZero();
        Matcher id = ID.matcher(command.errors());
        assertThat(id.matches()).as(command.errors()).isTrue();
        return new Key(id.group(1), text);
    }

    private ServerProcess run(String... words) {
        var arguments = new ArrayList<>(List.of("key"));
        arguments.addAll(List.of(words));
        arguments.addAll(List.of("--data", folder.resolve("data").toString()));
        return new Launch(folder, Main.class, arguments).spawn();
    }

    private static Answer get(int port, List<Field> fields) {
        return RawHttp.send(port, "GET", "/api/notes", fields, new byte[0]);
    }

    private static Answer post(int port, Key key) {
        List<Field> fields = List.of(key.field(), new Field("Content-Type", "application/json"));
        return RawHttp.send(
                port, "POST", "/api/notes", fields, "{}".getBytes(StandardCharsets.UTF_8));
    }
}
