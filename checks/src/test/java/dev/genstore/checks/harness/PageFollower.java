package dev.genstore.checks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows pages of changes, from link to link; whoever follows a link stands where it goes on. An
 * empty page says what a stream says by {@code synced}, and is given as such; the one behind it is
 * waited for.
 */
final class PageFollower implements Follower {
    private static final String TYPE = "application/cloudevents-batch+json";
    private static final Pattern NEXT =
            Pattern.compile("<(/[^>]*[?&]since=([a-z0-9]+-[0-9]+)[^>]*)>; rel=\"next\"");

    private static final Set<String> CREDENTIALS = Set.of("Authorization", "Cookie", "Origin");

    private final int port;
    private final Line line;
    private final Queue<Told> told = new ArrayDeque<>();
    private final List<Field> credentials;
    private String target;
    private String goesOn = "";
    private boolean isAtHead;

    /**
     * Asks for the first page.
     *
     * @param since where the client stands, or empty
     * @param headers of the first request; the others have its credentials
     */
    PageFollower(int port, String target, String since, List<Field> headers) {
        this.port = port;
        this.target = target;
        this.line = new Line(since);
        this.credentials = headers.stream()
                .filter(field -> CREDENTIALS.contains(field.name()))
                .toList();
        ask(headers);
    }

    @Override
    public Told next() {
        if (told.isEmpty()) {
            line.reach(goesOn);
            ask(credentials);
        }
        Told next = told.remove();
        line.take(next);
        return next;
    }

    private void ask(List<Field> headers) {
        var fields = new ArrayList<>(headers);
        fields.add(new Field("Accept", TYPE));
        if (isAtHead) {
            fields.add(new Field("Prefer", "wait=20"));
        }
        take(send(fields));
    }

    private Answer send(List<Field> headers) {
        try {
            return RawHttp.send(port, "GET", target, headers, new byte[0]);
        } catch (UncheckedIOException failure) {
            throw new Ended("gone");
        }
    }

    private void take(Answer answer) {
        if (answer.status() != 200) {
            throw new Refused(answer);
        }
        Matcher next = NEXT.matcher(answer.header("Link").orElse(""));
        assertThat(next.matches()).as("a link to go on in %s", answer).isTrue();
        assertThat(answer.header("Content-Type")).contains(TYPE);
        answer.json().forEach(event -> told.add(Told.of(event)));
        target = next.group(1);
        goesOn = next.group(2);
        takeEnd();
    }

    private void takeEnd() {
        boolean isEmpty = told.isEmpty();
        if (isEmpty && isAtHead) {
            throw new Ended("nothing in time");
        }
        if (isEmpty) {
            told.add(Told.synced(goesOn));
        }
        isAtHead = isEmpty;
    }

    @Override
    public String position() {
        return line.position();
    }

    @Override
    public void close() {}
}
