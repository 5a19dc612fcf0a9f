package dev.genstore.auth;

import dev.genstore.query.Rule;
import dev.genstore.resource.Json;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Action;
import dev.genstore.router.Answer;
import dev.genstore.router.Binding;
import dev.genstore.router.Content;
import dev.genstore.router.Description;
import dev.genstore.router.Method;
import dev.genstore.router.Parameter;
import dev.genstore.router.Principal;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.router.Template;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * {@code /api/_session}: a browser's page shows its credentials once and has a cookie from then on,
 * which no script can read. Their context is the {@link Gatekeeper}.
 */
public final class SessionActions {
    private static final String PATH = "/api/_session";

    private static final String SHOWN = """
            {"type":"object","required":["principal","kind","scopes","session"],
             "additionalProperties":false,
             "properties":{
              "principal":{"type":"string","description":"As in rules, auth.id."},
              "kind":{"enum":["nobody","key","token"]},
              "scopes":{"type":"array","items":{"type":"string"}},
              "session":{"type":"boolean","description":"Whether it is made in a session."},
              "expires":{"type":"string","format":"date-time"}}}""";

    private static final Parameter CACHE_CONTROL =
            header("Cache-Control", "That it is kept by nobody.");

    private SessionActions() {}

    /** The bindings, for whoever was let in. */
    public static List<Binding<?>> bindings() {
        return List.of(
                bind(Method.POST, SessionActions::begin, SessionActions::beginning),
                bind(Method.GET, SessionActions::show, SessionActions::showing),
                bind(Method.DELETE, SessionActions::end, SessionActions::ending));
    }

    private static Binding<Gatekeeper> bind(
            Method method, Action<Gatekeeper> action, Supplier<Description> described) {
        return new Binding<>(method, Template.parse(PATH), Gatekeeper.class, action)
                .described(described)
                .by(Rule.ALWAYS);
    }

    /** Where nobody has to say who he is there is nothing to be kept. */
    private static Reply begin(Request request, Gatekeeper gatekeeper) {
        request.query().allowOnly(Set.of());
        Principal by = request.principal();
        if (by.session() != null) {
            throw ProblemType.FORBIDDEN.because("A session is begun with credentials, and not with"
                    + " another session: send 'Authorization: Bearer <API key or JWT>'.");
        }
        SameOrigin.requireOfBrowser(request.headers());
        if (by.isNobody()) {
            return shown(200, by);
        }
        Sessions.Begun begun = gatekeeper.begin(by, SameOrigin.isSecure(request));
        Map.Entry<String, String> cookie = begun.cookie().set();
        return shown(201, begun.principal()).with(cookie.getKey(), cookie.getValue());
    }

    private static Reply show(Request request, Gatekeeper gatekeeper) {
        request.query().allowOnly(Set.of());
        return shown(200, request.principal());
    }

    private static Reply end(Request request, Gatekeeper gatekeeper) {
        request.query().allowOnly(Set.of());
        String session = request.principal().session();
        if (session == null) {
            throw ProblemType.NOT_FOUND.because("This request is made in no session.");
        }
        Map.Entry<String, String> cookie = gatekeeper.end(session).forget();
        return Reply.of(204).with(cookie.getKey(), cookie.getValue());
    }

    private static Reply shown(int status, Principal principal) {
        byte[] json = Json.write(generator -> {
            generator.writeStartObject();
            generator.writeStringProperty("principal", principal.id());
            generator.writeStringProperty("kind", principal.kind().name().toLowerCase(Locale.ROOT));
            generator.writeArrayPropertyStart("scopes");
            principal.scopes().stream().sorted().forEach(generator::writeString);
            generator.writeEndArray();
            generator.writeBooleanProperty("session", principal.session() != null);
            if (principal.expires() != null) {
                generator.writeStringProperty(
                        "expires",
                        principal.expires().truncatedTo(ChronoUnit.SECONDS).toString());
            }
            generator.writeEndObject();
        });
        return Reply.json(status, json).with("Cache-Control", "no-store");
    }

    private static Description beginning() {
        return described("beginSession", "Begins a session for a browser's page")
                .saying("The cookie stands for the credentials of this request, until it was not"
                        + " used for an hour, and for twelve at most.")
                .answers(
                        Answer.of(201, "Who it is for.", Content.json(SHOWN))
                                .with(
                                        CACHE_CONTROL,
                                        header("Set-Cookie", "The cookie of the session.")),
                        Answer.of(200, "Nobody has to say who he is.", Content.json(SHOWN))
                                .with(CACHE_CONTROL))
                .problems(
                        ProblemType.FORBIDDEN,
                        ProblemType.FORBIDDEN_ORIGIN,
                        ProblemType.OVERLOADED);
    }

    private static Description showing() {
        return described("readSession", "Who makes this request")
                .answers(Answer.of(200, "He.", Content.json(SHOWN)).with(CACHE_CONTROL));
    }

    private static Description ending() {
        return described("endSession", "Ends the session, and its watches")
                .answers(Answer.of(204, "It is over.")
                        .with(header("Set-Cookie", "Has the browser forget the cookie.")))
                .problems(ProblemType.NOT_FOUND, ProblemType.FORBIDDEN_ORIGIN);
    }

    private static Description described(String name, String summary) {
        return Description.of(summary).named(name).in("sessions");
    }

    private static Parameter header(String name, String meaning) {
        return Parameter.header(name, meaning, Parameter.TEXT);
    }
}
