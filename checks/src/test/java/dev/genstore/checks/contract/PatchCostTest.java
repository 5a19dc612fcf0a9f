package dev.genstore.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

/** All writers wait while a patch is applied, so none may grow what it works on without end. */
class PatchCostTest {
    @AutoClose
    private final TestServer server = TestServer.start();

    @BeforeEach
    void make_what_is_patched() {
        assertThat(put("1", "{\"a\":[1]}").status()).isEqualTo(201);
    }

    @AfterEach
    void others_can_still_write() {
        assertThat(put("2", "{}").status()).isEqualTo(201);
    }

    @Test
    void a_patch_that_doubles_what_is_there_again_and_again_is_refused() {
        String doubling = "{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/a/-\"}";
        assertThat(patch(doubling, 1_000).status()).isEqualTo(413);
    }

    @Test
    void a_patch_that_copies_a_little_a_thousand_times_is_fine() {
        String copying = "{\"op\":\"copy\",\"from\":\"/a/0\",\"path\":\"/a/-\"}";
        assertThat(patch(copying, 1_000).status()).isEqualTo(200);
    }

    @Test
    void a_patch_may_move_ten_million_elements_by_a_place() {
        assertThat(patchLong(10_001).status()).isEqualTo(200);
    }

    /** The last of the thousand operations is the first one too many. */
    @Test
    void a_patch_that_moves_more_elements_is_refused_where_it_does() {
        Answer answer = patchLong(10_002);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("/problems/invalid-patch", "replace the array");
        assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo("/999");
    }

    @Test
    void what_is_put_in_at_the_front_moves_all_that_is_behind() {
        makeLong(9_500);
        String adding = "{\"op\":\"add\",\"path\":\"/a/0\",\"value\":0}";
        assertThat(patch(adding, 1_000).status()).isEqualTo(200);
        makeLong(9_501);
        assertThat(patch(adding, 1_000).status()).isEqualTo(400);
    }

    /** Takes the first of so many elements and puts it behind the last, a thousand times. */
    private Answer patchLong(int elements) {
        makeLong(elements);
        return patch("{\"op\":\"move\",\"from\":\"/a/0\",\"path\":\"/a/-\"}", 1_000);
    }

    private void makeLong(int elements) {
        String zeros = "0,".repeat(elements - 1) + "0";
        assertThat(put("1", "{\"a\":[" + zeros + "]}").status()).isEqualTo(200);
    }

    @Test
    void a_patch_that_nests_deeper_and_deeper_is_refused() {
        String nest = "{\"b\":".repeat(60) + "{}" + "}".repeat(60);
        String deep = "/c" + "/b".repeat(60) + "/a";
        String deepening = "{\"op\":\"add\",\"path\":\"/c\",\"value\":" + nest + "},"
                + "{\"op\":\"move\",\"from\":\"/a\",\"path\":\"" + deep + "\"},"
                + "{\"op\":\"move\",\"from\":\"/c\",\"path\":\"/a\"}";
        assertThat(patch(deepening, 333).status()).isEqualTo(400);
    }

    @Test
    void a_patch_that_copies_deeper_and_deeper_is_refused() {
        String deepening = "{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/a/0\"}";
        assertThat(patch(deepening, 1_000).status()).isIn(400, 413);
    }

    @Test
    void a_conflict_at_a_long_pointer_is_told_in_short() {
        String astral = "\ud83d\ude00";
        Answer answer =
                patch("{\"op\":\"remove\",\"path\":\"/" + astral.repeat(100_000) + "\"}", 1);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().get("detail").asString())
                .isEqualTo("Operation 0: there is nothing at /" + astral.repeat(99) + "….");
    }

    private Answer patch(String operation, int count) {
        String body = "[" + (operation + ",").repeat(count - 1) + operation + "]";
        return send("PATCH", "1", "application/json-patch+json", body);
    }

    private Answer put(String id, String body) {
        return send("PUT", id, "application/json", body);
    }

    private Answer send(String method, String id, String type, String body) {
        return RawHttp.send(
                server.port(),
                method,
                "/api/documents/" + id,
                RawHttp.fields("Content-Type", type),
                body.getBytes(StandardCharsets.UTF_8));
    }
}
