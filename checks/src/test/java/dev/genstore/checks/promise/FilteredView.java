package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Told;
import dev.genstore.checks.promise.OneMeaningTest.Stored;
import dev.genstore.query.Filter;
import dev.genstore.resource.Json;
import dev.genstore.testkit.Expression;
import dev.genstore.testkit.FilterModel;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A collection as it is seen through a filter: what the list, the watchers and the filter itself say,
 * held against what the model says. Confined to one thread.
 */
final class FilteredView implements AutoCloseable {
    private static final List<String> ORDERS = List.of("", "&sort=a", "&sort=-b,a&limit=7");

    private final TestServer server;
    private final RestClient client;
    private final String url;
    private final Expression expression;
    private final Filter filter;
    private final Follower live;
    private final String since;
    private final String collection;
    private String then = "";
    private List<String> meantThen = List.of();
    private final List<String> due = new ArrayList<>();
    private long lastDue;

    /** Begins to watch. */
    FilteredView(
            TestServer server,
            String collection,
            Expression expression,
            Filter filter,
            FollowBy way) {
        this.server = server;
        this.collection = collection;
        this.client = new RestClient(server.port());
        this.url = collection + "?filter=" + encoded(expression.text());
        this.expression = expression;
        this.filter = filter;
        this.since = client.position();
        this.live = way.follow(server, url).synced();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Something was written; what is told of it depends on whether it was seen before, and now. */
    void changed(String id, long revision, @Nullable Stored before, @Nullable Stored after) {
        boolean was = before != null && isMeant(before);
        boolean is = after != null && isMeant(after);
        if (was || is) {
            String type = was && is ? "updated" : is ? "created" : "deleted";
            due.add(type + " " + id + " " + revision);
            lastDue = revision;
        }
    }

    private boolean isMeant(Stored stored) {
        return FilterModel.outcomeOf(expression.meaning(), stored.members()).equals("true");
    }

    /** This is what is there now; later it is asked for as it is now. */
    void remember(Map<String, Stored> stored) {
        then = client.position();
        meantThen = ids(stored, this::isMeant);
    }

    void check(Map<String, Stored> stored) {
        List<String> meant = ids(stored, this::isMeant);
        assertThat(ids(stored, each -> filter.matches(each.resource())))
                .as("in memory: %s of %s", expression.text(), stored)
                .isEqualTo(meant);
        for (String order : ORDERS) {
            assertThat(listed(order))
                    .as("listed%s: %s of %s", order, expression.text(), stored)
                    .isEqualTo(meant);
        }
        assertThat(queried())
                .as("by QUERY: %s of %s", expression.text(), stored)
                .isEqualTo(meant);
        for (String order : ORDERS) {
            assertThat(listed(order + "&at=" + then))
                    .as("listed%s at %s: %s", order, then, expression.text())
                    .isEqualTo(meantThen);
        }
        assertThat(toldLive()).as("told live: %s", expression.text()).isEqualTo(due);
        assertThat(logged()).as("told from the log: %s", expression.text()).isEqualTo(due);
    }

    private static List<String> ids(Map<String, Stored> stored, Predicate<Stored> condition) {
        return stored.entrySet().stream()
                .filter(each -> condition.test(each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private List<String> listed(String order) {
        return ids(client.items(url + order).stream());
    }

    private List<String> queried() {
        String body = Json.text(generator -> {
            generator.writeStartObject();
            generator.writeStringProperty("filter", expression.text());
            generator.writeEndObject();
        });
        return ids(client.query(collection, body).json().path("items").valueStream());
    }

    private static List<String> ids(Stream<JsonNode> items) {
        return items.map(item -> item.get("id").stringValue()).sorted().toList();
    }

    /** What comes up to the last that is due; what is missing, a synced shows to be left out. */
    private List<String> toldLive() {
        List<String> seen = new ArrayList<>();
        long revision = 0;
        while (revision < lastDue) {
            Told told = live.next();
            revision = told.revision();
            if (told.isChange()) {
                seen.add(brief(told));
            }
        }
        return seen;
    }

    /** Pages say where they end, so they show that there is nothing else. */
    private List<String> logged() {
        List<String> logged = new ArrayList<>();
        try (Follower later = FollowBy.PAGES.follow(server, url, since)) {
            for (Told told = later.next(); !told.isSynced(); told = later.next()) {
                logged.add(brief(told));
            }
        }
        return logged;
    }

    private static String brief(Told told) {
        return told.type() + " " + told.subject() + " " + told.revision();
    }

    @Override
    public void close() {
        live.close();
    }
}
