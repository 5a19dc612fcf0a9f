package dev.genstore.action;

import dev.genstore.router.Query;

import org.jspecify.annotations.Nullable;

/** The parameters of a list, as a URL or a body has them. */
interface ListParameters {
    /** Those that say how the list is read. */
    Query query();

    /** What asks for the same, but with these. */
    Next next(Query query);

    /**
     * What asks for the next page.
     *
     * @param json it, as a member of this page
     * @param url it, when it is one
     */
    record Next(String json, @Nullable String url) {}
}
