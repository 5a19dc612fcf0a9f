package dev.genstore.auth;

import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Action;
import dev.genstore.router.Binding;
import dev.genstore.router.Description;
import dev.genstore.router.Method;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.router.Template;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.core.JsonGenerator;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * {@code /api/_keys}: who administers lists API keys, makes them and revokes them, as {@code genstore
 * key} does, and in the same file. A key is answered once, to who has made it. Their context is the
 * {@link Gatekeeper}.
 */
public final class KeyActions {
    private static final Logger LOG = LoggerFactory.getLogger(KeyActions.class);
    private static final String PATH = "/api/_keys";

    private KeyActions() {}

    /** The bindings, for who administers: they have no rule that lets anybody else. */
    public static List<Binding<?>> bindings() {
        return List.of(
                bind(
                        Method.GET,
                        PATH,
                        (request, gatekeeper) -> list(gatekeeper),
                        KeyDescriptions::listing),
                bind(Method.POST, PATH, KeyActions::make, KeyDescriptions::making),
                bind(Method.GET, PATH + "/{id}", KeyActions::show, KeyDescriptions::showing),
                bind(Method.DELETE, PATH + "/{id}", KeyActions::revoke, KeyDescriptions::revoking));
    }

    private static Binding<Gatekeeper> bind(
            Method method,
            String template,
            Action<Gatekeeper> action,
            Supplier<Description> described) {
        return new Binding<>(method, Template.parse(template), Gatekeeper.class, told(action))
                .described(described);
    }

    /** Where the file can't be had, that is no bug; the log says more than an answer may. */
    private static Action<Gatekeeper> told(Action<Gatekeeper> action) {
        return (request, gatekeeper) -> {
            request.query().allowOnly(Set.of());
            try {
                return action.act(request, gatekeeper);
            } catch (KeyFileException failure) {
                LOG.error("{} {} failed", request.method(), PATH, failure);
                throw ProblemType.STORAGE_UNAVAILABLE
                        .because("The file of API keys can't be used; the server's log says why.")
                        .with("Retry-After", "1");
            }
        };
    }

    private static Reply list(Gatekeeper gatekeeper) {
        List<ApiKey> keys = gatekeeper.listKeys();
        return shown(200, generator -> {
            generator.writeStartObject();
            generator.writeArrayPropertyStart("keys");
            keys.forEach(key -> write(key, gatekeeper, generator));
            generator.writeEndArray();
            generator.writeEndObject();
        });
    }

    private static Reply show(Request request, Gatekeeper gatekeeper) {
        String id = request.variable("id");
        ApiKey key = gatekeeper.listKeys().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(KeyActions::missing);
        return shown(200, generator -> write(key, gatekeeper, generator));
    }

    /** A first key locks the store: whoever can reach it could lock out all the others. */
    private static Reply make(Request request, Gatekeeper gatekeeper) {
        if (request.principal().isNobody()) {
            throw ProblemType.FORBIDDEN.because("The first key locks the store, so it is made where"
                    + " the store is: 'genstore key create --name me --scopes admin'.");
        }
        KeyWish wish = KeyWish.read(request, gatekeeper.now());
        ApiKeys.Made made = made(wish, gatekeeper);
        return shown(201, generator -> {
                    generator.writeStartObject();
                    writeMembers(made.key(), gatekeeper, generator);
                    generator.writeStringProperty("key", made.text());
                    generator.writeEndObject();
                })
                .with("Location", PATH + '/' + made.key().id());
    }

    private static ApiKeys.Made made(KeyWish wish, Gatekeeper gatekeeper) {
        try {
            return gatekeeper.makeKey(wish.name(), wish.scopes(), wish.expires());
        } catch (IllegalArgumentException tooMany) {
            throw KeyWish.wrong("", tooMany);
        }
    }

    private static Reply revoke(Request request, Gatekeeper gatekeeper) {
        if (!gatekeeper.revokeKey(request.variable("id"))) {
            throw missing();
        }
        return Reply.of(204).with("Cache-Control", "no-store");
    }

    private static Problem missing() {
        return ProblemType.NOT_FOUND.because("There is no such key; GET " + PATH + " lists all.");
    }

    private static Reply shown(int status, Consumer<JsonGenerator> writing) {
        return Reply.json(status, Json.write(writing)).with("Cache-Control", "no-store");
    }

    private static void write(ApiKey key, Gatekeeper gatekeeper, JsonGenerator generator) {
        generator.writeStartObject();
        writeMembers(key, gatekeeper, generator);
        generator.writeEndObject();
    }

    /** Without its hash, which is nobody's business. */
    private static void writeMembers(ApiKey key, Gatekeeper gatekeeper, JsonGenerator generator) {
        generator.writeStringProperty("id", key.id());
        generator.writeStringProperty("name", key.name());
        generator.writeArrayPropertyStart("scopes");
        key.scopes().stream().sorted().forEach(generator::writeString);
        generator.writeEndArray();
        generator.writeStringProperty("state", state(key, gatekeeper));
        generator.writeStringProperty("created", key.created().toString());
        if (key.expires() != null) {
            generator.writeStringProperty("expires", key.expires().toString());
        }
        if (key.revoked() != null) {
            generator.writeStringProperty("revoked", key.revoked().toString());
        }
    }

    private static String state(ApiKey key, Gatekeeper gatekeeper) {
        if (key.revoked() != null) {
            return "revoked";
        }
        return key.isGoodAt(gatekeeper.now()) ? "good" : "expired";
    }
}
