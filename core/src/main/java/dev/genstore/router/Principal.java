package dev.genstore.router;

import dev.genstore.query.Authority;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.Locale;
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
 * @param claims what the credentials say of him, an object; rules see them as members of {@code auth}
 * @param expires when he must come again with others, or null for never
 * @param session which session he has come with, or null where he has sent the credentials themselves
 */
public record Principal(
        String id,
        Kind kind,
        Set<String> scopes,
        JsonNode claims,
        @Nullable Instant expires,
        @Nullable String session) {
    /** The scope of those who administer: no rule is asked about them. */
    public static final String ADMIN = "admin";

    /** Somebody who has not said who he is, where nobody has to. */
    public static final Principal NOBODY = new Principal(
            "nobody", Kind.NOBODY, Set.of(), JsonNodeFactory.instance.objectNode(), null);

    /** Somebody who has not said who he is, where others have to. */
    public static final Principal STRANGER = new Principal(
            "stranger", Kind.NOBODY, Set.of(), JsonNodeFactory.instance.objectNode(), null);

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

    /** Somebody who has sent his credentials themselves. */
    public Principal(
            String id, Kind kind, Set<String> scopes, JsonNode claims, @Nullable Instant expires) {
        this(id, kind, scopes, claims, expires, null);
    }

    /** The same in a session, which may end before his credentials do. */
    public Principal in(String session, Instant end) {
        boolean isEarlier = expires == null || end.isBefore(expires);
        return new Principal(id, kind, scopes, claims, isEarlier ? end : expires, session);
    }

    public boolean isNobody() {
        return kind == Kind.NOBODY;
    }

    /** In whose name it is done what he asks for. Where nobody has to say who he is no rule is asked. */
    public Authority authority() {
        return equals(NOBODY) || scopes.contains(ADMIN) ? Authority.ALL : Authority.of(auth());
    }

    /** His claims; what the server itself says of him counts, whatever they say. */
    private ObjectNode auth() {
        ObjectNode auth = JsonNodeFactory.instance.objectNode();
        claims.properties().forEach(claim -> auth.set(claim.getKey(), claim.getValue()));
        ArrayNode sorted = JsonNodeFactory.instance.arrayNode();
        scopes.stream().sorted().forEach(sorted::add);
        auth.put("id", id);
        auth.put("kind", kind.name().toLowerCase(Locale.ROOT));
        auth.set("scopes", sorted);
        return auth;
    }

    /** Without the claims, which are nobody's business in a log. */
    @Override
    public String toString() {
        return id;
    }
}
