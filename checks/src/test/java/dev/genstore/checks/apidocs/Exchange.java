package dev.genstore.checks.apidocs;

import dev.genstore.checks.harness.Answer;
import dev.genstore.router.Query;

import java.util.Set;

/**
 * A request and its answer.
 *
 * @param target the path and query, as encoded
 * @param contentType of the request; empty when it has none
 * @param body of the request
 */
public record Exchange(
        String method, String target, String contentType, String body, Answer answer) {
    String path() {
        return target.replaceFirst("\\?.*", "");
    }

    /** The names of the parameters in the query. */
    Set<String> parameters() {
        int mark = target.indexOf('?');
        return mark < 0 ? Set.of() : Query.parse(target.substring(mark + 1)).names();
    }

    @Override
    public String toString() {
        return method + " " + target;
    }
}
