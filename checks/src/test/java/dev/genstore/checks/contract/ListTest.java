package dev.genstore.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.store.Precondition;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lists that are longer than a page. */
class ListTest {
    @AutoClose
    private final TestServer server = TestServer.start();

    @Test
    void a_page_has_a_hundred_items_if_nothing_else_is_asked_for() {
        putMany(250);
        Answer first = get("/api/notes");
        assertThat(ids(first)).hasSize(100);
        assertThat(walk("/api/notes")).hasSize(250).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void a_page_has_at_most_a_thousand_items() {
        putMany(1_001);
        assertThat(ids(get("/api/notes?limit=1000"))).hasSize(1_000);
        assertThat(walk("/api/notes?limit=1000")).hasSize(1_001);
    }

    @Test
    void a_page_that_would_be_heavy_ends_earlier() {
        IntStream.range(0, 6)
                .forEach(i -> put("heavy", "" + i, "{\"a\":\"" + "x".repeat(1_000_000) + "\"}"));
        Answer first = get("/api/heavy");
        assertThat(first.body().length).isLessThan(6_000_000);
        assertThat(first.header("Link")).isPresent();
        assertThat(walk("/api/heavy")).containsExactly("0", "1", "2", "3", "4", "5");
    }

    @Test
    void the_cursor_is_stable_under_writes() {
        List.of("b", "d", "f", "h").forEach(id -> put("notes", id, "{}"));
        Answer first = get("/api/notes?limit=2");
        assertThat(ids(first)).containsExactly("b", "d");
        delete("d");
        List.of("a", "c", "e", "z").forEach(id -> put("notes", id, "{}"));
        put("notes", "b", "{\"changed\":true}");
        Answer second = get(next(first));
        assertThat(ids(second)).containsExactly("e", "f");
        delete("h");
        assertThat(ids(get(next(second)))).containsExactly("z");
    }

    @Test
    void the_cursor_goes_on_even_when_all_behind_it_is_gone() {
        List.of("a", "b").forEach(id -> put("notes", id, "{}"));
        Answer first = get("/api/notes?limit=1");
        delete("b");
        Answer second = get(next(first));
        assertThat(ids(second)).isEmpty();
        assertThat(second.header("Link")).isEmpty();
    }

    @Test
    void the_cursor_works_with_another_limit_and_without_one() {
        putMany(9);
        String cursor = next(get("/api/notes?limit=2")).replaceAll(".*cursor=", "cursor=");
        assertThat(ids(get("/api/notes?limit=3&" + cursor)))
                .containsExactly("0002", "0003", "0004");
        assertThat(ids(get("/api/notes?" + cursor))).hasSize(7);
    }

    @Test
    void each_page_has_the_position_of_its_own_state() {
        putMany(3);
        Answer first = get("/api/notes?limit=2");
        assertThat(first.json().path("revision").asLong()).isEqualTo(3);
        put("notes", "0000", "{\"changed\":true}");
        Answer second = get(next(first));
        assertThat(second.json().path("revision").asLong()).isEqualTo(4);
        assertThat(second.header("ETag"))
                .contains("\"" + second.json().path("position").asString() + "\"");
    }

    @Test
    void the_collections_have_pages_too() {
        List.of("b", "a", "c").forEach(collection -> put(collection, "1", "{}"));
        assertThat(names("/api?limit=2")).containsExactly("a", "b", "c");
    }

    private List<String> names(String target) {
        var names = new ArrayList<String>();
        Answer page = get(target);
        items(page).forEach(item -> names.add(item.path("name").asString()));
        items(get(next(page))).forEach(item -> names.add(item.path("name").asString()));
        return names;
    }

    /** The ids of all pages. */
    private List<String> walk(String target) {
        Answer page = get(target);
        var ids = new ArrayList<>(ids(page));
        while (page.header("Link").isPresent()) {
            page = get(next(page));
            ids.addAll(ids(page));
        }
        return ids;
    }

    private static String next(Answer page) {
        String next = page.json().path("next").asString();
        assertThat(page.header("Link")).contains("<" + next + ">; rel=\"next\"");
        return next;
    }

    private static List<String> ids(Answer page) {
        return items(page).map(item -> item.path("id").asString()).toList();
    }

    private static Stream<JsonNode> items(Answer page) {
        assertThat(page.status()).as("%s", page).isEqualTo(200);
        return page.json().path("items").valueStream();
    }

    private Answer get(String target) {
        return RawHttp.get(server.port(), target);
    }

    private void putMany(int count) {
        IntStream.range(0, count).parallel().forEach(i -> put("notes", "%04d".formatted(i), "{}"));
    }

    private void put(String collection, String id, String body) {
        server.store()
                .resources()
                .put(collection, id, body.getBytes(StandardCharsets.UTF_8), Precondition.NONE);
    }

    private void delete(String id) {
        server.store().resources().delete("notes", id, Precondition.NONE);
    }
}
