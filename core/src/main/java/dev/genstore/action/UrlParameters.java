package dev.genstore.action;

import dev.genstore.resource.Json;
import dev.genstore.router.Query;

/**
 * The parameters in a URL.
 *
 * @param path of the URL
 */
record UrlParameters(String path, Query query) implements ListParameters {
    @Override
    public Next next(Query changed) {
        String url = path + "?" + changed.encoded();
        return new Next(Json.text(generator -> generator.writeString(url)), url);
    }
}
