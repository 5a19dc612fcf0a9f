package dev.genstore.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.apidocs.DescribedApi;
import dev.genstore.checks.apidocs.Exchange;
import dev.genstore.checks.contract.Scenario.Step;
import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.Field;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.Settings;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Told;
import dev.genstore.resource.Resource;
import dev.genstore.store.CollectionState;
import dev.genstore.store.ListQuery;
import dev.genstore.store.Precondition;
import dev.genstore.store.Resources;
import dev.genstore.wire.rates.ClientLimits;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server on which scenarios are played, one after another, each without resources at its start, and
 * a watcher of {@code /api} that sees what follows. All answers are held against the OpenAPI document.
 * Confined to one thread.
 */
final class Stage implements AutoCloseable {
    private static final String CURTAIN = "curtain";

    /** All tables are played by one client, in seconds. */
    private static final ClientLimits OF_ALL_TABLES =
            new ClientLimits(1_000, 10_000, 10_000, 100_000, false);

    private final TestServer server;
    private final List<Field> credentials;
    private final Follower watcher;
    private int curtains;
    private String documentTag = "";
    private DescribedApi described = new DescribedApi("{}");

    Stage(Path folder) {
        this(folder, List.of());
    }

    /** A stage that one has to enter with these, which are added to all requests that have none. */
    Stage(Path folder, List<Field> credentials) {
        this.server = TestServer.start(
                folder,
                builder ->
                        builder.wire(Settings.defaults().clients(OF_ALL_TABLES).make()));
        this.credentials = List.copyOf(credentials);
        this.watcher =
                FollowBy.NDJSON.follow(server.port(), "/api", credentials).synced();
    }

    /** Plays a scenario and checks all that its table says. */
    void play(Scenario scenario) {
        clear();
        eventsSoFar();
        var words = new Words(resources().epoch(), server.store().headRevision());
        scenario.steps().forEach(step -> play(step, words));
        assertThat(eventsSoFar())
                .as("the events that follow")
                .isEqualTo(scenario.events().stream().map(words::in).toList());
    }

    private void play(Step step, Words words) {
        Answer answer = send(step, words);
        String request = step.method() + " " + step.target();
        assertThat(answer).as(request).satisfies(it -> {
            Expectation.checkForm(it, "HEAD".equals(step.method()));
            if (step.answer().isEmpty()) {
                assertThat(it.status()).as("%s", it).isBetween(200, 299);
            }
        });
        words.learn(answer);
        step.answer().forEach(line -> Expectation.check(answer, words.in(line)));
        step.has().forEach(text -> assertThat(answer.text()).as(request).contains(words.in(text)));
        step.lacks()
                .forEach(text ->
                        assertThat(answer.text()).as(request).doesNotContain(words.in(text)));
    }

    /** JSON is sent as such, unless the table gives another content type; an empty one is none. */
    private Answer send(Step step, Words words) {
        var headers = new ArrayList<Field>();
        step.headers()
                .forEach(field -> headers.add(new Field(field.name(), words.in(field.value()))));
        if (!has(headers, "Content-Type") && !step.body().isEmpty()) {
            headers.add(new Field("Content-Type", "application/json"));
        }
        if (!has(headers, "Authorization")) {
            headers.addAll(credentials);
        }
        headers.removeIf(field -> field.value().isEmpty());
        String target = words.in(step.target());
        byte[] body = words.body(step.body());
        DescribedApi before = described();
        Answer answer = RawHttp.send(server.port(), step.method(), target, headers, body);
        before.check(new Exchange(
                step.method(),
                target,
                contentType(headers),
                new String(body, StandardCharsets.UTF_8),
                answer));
        return answer;
    }

    private static boolean has(List<Field> headers, String name) {
        return headers.stream().anyMatch(field -> name.equals(field.name()));
    }

    private static String contentType(List<Field> headers) {
        return headers.stream()
                .filter(field -> "Content-Type".equals(field.name()))
                .map(Field::value)
                .findFirst()
                .orElse("");
    }

    /** The document as it is now. */
    private DescribedApi described() {
        var headers = new ArrayList<>(credentials);
        headers.add(new Field("If-None-Match", documentTag));
        Answer answer = RawHttp.send(server.port(), "GET", "/openapi.json", headers, new byte[0]);
        if (answer.status() == 200) {
            documentTag = answer.header("ETag").orElseThrow();
            described = new DescribedApi(answer.text());
        }
        return described;
    }

    /** The events up to now, as the tables write them: what is behind them is not there yet. */
    private List<String> eventsSoFar() {
        curtains++;
        byte[] body = ("{\"count\":" + curtains + "}").getBytes(StandardCharsets.UTF_8);
        resources().put(CURTAIN, CURTAIN, body, Precondition.NONE);
        var events = new ArrayList<String>();
        Told told = watcher.nextChange();
        while (!told.source().endsWith(CURTAIN)) {
            events.add(told.type() + " " + told.source().replace("/api/", "") + "/" + told.subject()
                    + " " + told.id()
                    + (told.commit().isEmpty() ? "" : " commit " + told.commit()));
            told = watcher.nextChange();
        }
        return events;
    }

    private void clear() {
        List<Resource> all = resources()
                .read(snapshot -> snapshot.collections("", 1_000).stream()
                        .map(CollectionState::name)
                        .flatMap(name -> snapshot.list(ListQuery.of(name)).resources().stream())
                        .toList());
        all.stream()
                .filter(resource -> !CURTAIN.equals(resource.collection()))
                .forEach(resource -> resources()
                        .delete(resource.collection(), resource.id(), Precondition.NONE));
    }

    private Resources resources() {
        return server.store().resources();
    }

    @Override
    public void close() {
        watcher.close();
        server.close();
    }
}
