package dev.genstore.router;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * Who makes a request.
 *
 * <p>Immutable, as long as nobody writes into {@link #claims()}.
 *
 * @param id who it is, for logs and for comparing; unique among all that can be let in
 * @param kind how he has said who he is
 * @param scopes what the credentials are for
 * @param claims what the credentials say of him, an object; it is what a rule sees
 * @param expires when he must come again with others, or null for never
 */
public record Principal(
        String id,
        Kind kind,
        Set<String> scopes,
        JsonNode claims,
        @Nullable Instant expires) {
    /** Somebody who has not said who he is, where nobody has to. */
    public static final Principal NOBODY = new Principal(
            "nobody", Kind.NOBODY, Set.of(), JsonNodeFactory.instance.objectNode(), null);

    /** How somebody says who he is. */
    public enum Kind {
        /** Not at all. */
        NOBODY,
        /** By an API key of this store. */
        KEY,
        /** By a token that an issuer has signed. */
        TOKEN
    }

    public Principal {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        scopes = Set.copyOf(scopes);
        Objects.requireNonNull(claims, "claims");
    }

    public boolean isNobody() {
        return kind == Kind.NOBODY;
    }

    /** Without the claims, which are nobody's business in a log. */
    @Override
    public String toString() {
        return id;
    }
}
