package dev.genstore.embedded;

import dev.genstore.action.RestActions;
import dev.genstore.action.SelectionReader;
import dev.genstore.apidocs.ApiDocuments;
import dev.genstore.apidocs.ApiInfo;
import dev.genstore.apidocs.DocumentActions;
import dev.genstore.auth.Gatekeeper;
import dev.genstore.auth.Issuer;
import dev.genstore.auth.KeyActions;
import dev.genstore.auth.SessionActions;
import dev.genstore.cel.CelCompiler;
import dev.genstore.changelog.Changelog;
import dev.genstore.embedded.audit.AuditLog;
import dev.genstore.embedded.audit.AuditSettings;
import dev.genstore.query.Rule;
import dev.genstore.query.RuleCompiler;
import dev.genstore.router.Access;
import dev.genstore.router.Action;
import dev.genstore.router.Binding;
import dev.genstore.router.Contexts;
import dev.genstore.router.Description;
import dev.genstore.router.ForEveryone;
import dev.genstore.router.Method;
import dev.genstore.router.Router;
import dev.genstore.sqlite.SqliteStorage;
import dev.genstore.store.CommitMeter;
import dev.genstore.store.Resources;
import dev.genstore.store.Retention;
import dev.genstore.wire.Tracing;
import dev.genstore.wire.WireMeter;
import dev.genstore.wire.WireSettings;
import dev.genstore.wire.http.HttpLimits;
import dev.genstore.wire.tls.TlsFiles;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a {@link Genstore} is made with. Confined to one thread; may be started once. */
public final class GenstoreBuilder {
    private static final InstantSource CLOCK = InstantSource.system();

    private final CelCompiler compiler = new CelCompiler();
    private final List<Binding<?>> bindings = new ArrayList<>();
    private final List<BiFunction<Contexts, Resources, Contexts>> contexts = new ArrayList<>();
    private Path data = Path.of("data");
    private WireSettings wire = WireSettings.of("127.0.0.1", 8080);
    private Retention retention = Retention.DEFAULT;
    private Changelog.Memory memory = Changelog.Memory.DEFAULT;
    private Duration drain = Duration.ofSeconds(8);
    private CommitMeter commitMeter = CommitMeter.NONE;
    private WireMeter wireMeter = WireMeter.NONE;
    private Tracing tracing = Tracing.NONE;
    private final List<Issuer> issuers = new ArrayList<>();
    private Access access = Access.ALL;
    private boolean isInsecure;
    private @Nullable AuditSettings audit;
    private int bodyBytesMax = 1 << 20;
    private ApiInfo info = ApiInfo.DEFAULT;

    GenstoreBuilder() {}

    /** The folder of the store; it is made if it does not exist. Default {@code data}. */
    public GenstoreBuilder data(Path folder) {
        data = Objects.requireNonNull(folder, "folder");
        return this;
    }

    /** The port; 0 takes a free one. Default 8080, on 127.0.0.1. */
    public GenstoreBuilder port(int port) {
        return wire(wire.withPort(port));
    }

    /** Everything about connections, the address and TLS too. */
    public GenstoreBuilder wire(WireSettings settings) {
        wire = Objects.requireNonNull(settings, "settings");
        return this;
    }

    /**
     * Serves by TLS 1.3 and 1.2 instead of plainly. The files are looked at every few seconds, so they
     * may be replaced while it runs.
     *
     * @param certificate PEM: the server's certificate, and those that lead to one that clients know
     * @param key PEM: its private key, as PKCS #8 and not encrypted
     */
    public GenstoreBuilder tls(Path certificate, Path key) {
        return wire(wire.withEntrance(wire.entrance().withTls(new TlsFiles(certificate, key))));
    }

    /** How long the log is kept. */
    public GenstoreBuilder retention(Retention kept) {
        retention = Objects.requireNonNull(kept, "kept");
        return this;
    }

    /** How much of the log is kept in memory. */
    public GenstoreBuilder memory(Changelog.Memory kept) {
        memory = Objects.requireNonNull(kept, "kept");
        return this;
    }

    /** How long a resource may be, as JSON in bytes. Default 1 MiB. */
    public GenstoreBuilder bodyBytesMax(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes must be at least 1: " + bytes);
        }
        bodyBytesMax = bytes;
        return this;
    }

    /** How long watchers have to say goodbye when it stops. Default 8 s. */
    public GenstoreBuilder drain(Duration patience) {
        drain = Objects.requireNonNull(patience, "patience");
        return this;
    }

    /**
     * Accepts the tokens of somebody. From the first one on, as from the first API key, nobody is
     * answered who does not say who he is.
     */
    public GenstoreBuilder issuer(Issuer trusted) {
        issuers.add(Objects.requireNonNull(trusted, "trusted"));
        return this;
    }

    /**
     * May listen on any address while there is neither an API key nor an issuer, and be open though
     * there were some before, and says so in the log: everybody who can connect can read and write
     * everything then.
     */
    public GenstoreBuilder insecure() {
        isInsecure = true;
        return this;
    }

    /** Decides who may do what, besides the rules: both must let it be done. */
    public GenstoreBuilder access(Access decides) {
        access = Objects.requireNonNull(decides, "decides");
        return this;
    }

    /** Has it written down who does what, and from where. Default not. */
    public GenstoreBuilder audit(AuditSettings settings) {
        audit = Objects.requireNonNull(settings, "settings");
        return this;
    }

    /** Who measures. */
    public GenstoreBuilder meters(CommitMeter commits, WireMeter connections) {
        commitMeter = Objects.requireNonNull(commits, "commits");
        wireMeter = Objects.requireNonNull(connections, "connections");
        return this;
    }

    /** Who follows requests, and what they change to where it is told; closed with the store. */
    public GenstoreBuilder tracing(Tracing by) {
        tracing = Objects.requireNonNull(by, "by");
        return this;
    }

    /**
     * Registers what actions with this context type work with. {@link Resources} is registered
     * already.
     *
     * @param context makes it from the store's resources, which it may read and write
     */
    public <C> GenstoreBuilder context(Class<C> type, Function<Resources, C> context) {
        contexts.add((known, resources) -> known.with(type, context.apply(resources)));
        return this;
    }

    /**
     * Binds an action. Where who asks has to say who he is, it is for those who administer.
     *
     * @param template the URLs, for example {@code /api/orders/{id}/ship}
     * @param contextType the type under which its context is registered. {@link Resources} it gets as
     *     those may use them who ask; a context of your own is what you have made it
     * @throws IllegalArgumentException when the template has a wrong form
     */
    public <C> GenstoreBuilder bind(
            Method method, String template, Class<C> contextType, Action<? super C> action) {
        return bind(method, template, contextType, action, () -> Description.NONE);
    }

    /**
     * Binds an action and says what it does, for {@code /openapi.json}.
     *
     * @param description says it; asked when somebody reads the document, so a start need not wait
     */
    public <C> GenstoreBuilder bind(
            Method method,
            String template,
            Class<C> contextType,
            Action<? super C> action,
            Supplier<Description> description) {
        bindings.add(Bound.binding(method, template, contextType, action, description));
        return this;
    }

    /**
     * Binds an action for those whom a rule lets.
     *
     * @param rule in CEL, on {@code auth}, who asks, and {@code path}, what stands in the URL where
     *     the template has variables: {@code path.customer == auth.sub}. It is asked where who asks
     *     has to say who he is, and not of those who administer
     * @throws IllegalArgumentException when the template or the rule is wrong
     */
    public <C> GenstoreBuilder bind(
            Method method,
            String template,
            Class<C> contextType,
            Action<? super C> action,
            String rule) {
        return bind(method, template, contextType, action, () -> Description.NONE, rule);
    }

    /** Binds such an action and says what it does, for {@code /openapi.json}. */
    public <C> GenstoreBuilder bind(
            Method method,
            String template,
            Class<C> contextType,
            Action<? super C> action,
            Supplier<Description> description,
            String rule) {
        Rule lets = Bound.rule(compiler, method + " " + template, rule);
        return bind(method, template, contextType, action, description, lets);
    }

    /** The same with a rule that needs not be read. */
    public <C> GenstoreBuilder bind(
            Method method,
            String template,
            Class<C> contextType,
            Action<? super C> action,
            Supplier<Description> description,
            Rule rule) {
        bindings.add(Bound.binding(method, template, contextType, action, description)
                .by(rule));
        return this;
    }

    /** Whose API the documents describe. Default Genstore's own. */
    public GenstoreBuilder info(String title, String version) {
        info = new ApiInfo(title, version);
        return this;
    }

    /**
     * Binds an action that is answered to everybody, also where others have to say who they are. It
     * must tell nothing of the store.
     *
     * @param template the URLs, for example {@code /healthz}
     * @param contextType the type under which its context is registered
     * @throws IllegalArgumentException when the template has a wrong form
     */
    public <C> GenstoreBuilder bindForEveryone(
            Method method, String template, Class<C> contextType, ForEveryone<? super C> action) {
        return bind(method, template, contextType, action);
    }

    /** Binds such an action and says what it does, for {@code /openapi.json}. */
    public <C> GenstoreBuilder bindForEveryone(
            Method method,
            String template,
            Class<C> contextType,
            ForEveryone<? super C> action,
            Supplier<Description> description) {
        return bind(method, template, contextType, action, description);
    }

    /**
     * Opens the folder and begins to serve.
     *
     * @throws IOException when the address can't be had, or there is no good certificate
     * @throws dev.genstore.store.StorageException when the folder is in use or damaged
     * @throws dev.genstore.auth.KeyFileException when the API keys can't be read
     * @throws OpenDoorException when it would be reached from elsewhere without credentials, unless it
     *     is {@link #insecure}
     * @throws IllegalArgumentException when two bindings conflict, a context is missing, or an issuer
     *     is given twice
     */
    public Genstore start() throws IOException {
        Gatekeeper gatekeeper = Gatekeeper.of(data, issuers, CLOCK);
        boolean started = false;
        try {
            if (!gatekeeper.isLocked() && !isInsecure) {
                OpenDoorException.requireLoopback(wire.host());
            }
            Genstore store = open(gatekeeper);
            started = true;
            return store;
        } finally {
            if (!started) {
                gatekeeper.close();
                tracing.requests().close();
            }
        }
    }

    private Genstore open(Gatekeeper gatekeeper) throws IOException {
        SqliteStorage storage = SqliteStorage.open(data, SqliteStorage.Options.DEFAULT);
        AuditLog log = null;
        boolean started = false;
        try {
            Door.settle(storage, gatekeeper, isInsecure, CLOCK);
            log = audit == null ? null : AuditLog.open(audit, CLOCK);
            var store = new Genstore(this, storage, gatekeeper, CLOCK, log);
            started = true;
            return store;
        } finally {
            if (!started) {
                storage.close();
            }
            if (!started && log != null) {
                log.close();
            }
        }
    }

    Router router(Resources resources, Gatekeeper gatekeeper) {
        var selections = new SelectionReader(compiler);
        var all = new ArrayList<>(RestActions.bindings(selections));
        all.addAll(bindings);
        all.addAll(SessionActions.bindings());
        all.addAll(KeyActions.bindings());
        all.addAll(DocumentActions.bindings());
        Contexts known = Contexts.none()
                .with(Resources.class, resources)
                .with(Gatekeeper.class, gatekeeper)
                .with(ApiDocuments.class, new ApiDocuments(info, all, resources));
        for (var context : contexts) {
            known = context.apply(known, resources);
        }
        return new Router(all, known, access, resources.views());
    }

    /** As it was given, but that a resource of the length that is allowed fits into a request. */
    WireSettings wire() {
        HttpLimits fitting = wire.limits().forResourcesOf(bodyBytesMax);
        return fitting.bodyBytesMax() > wire.limits().bodyBytesMax()
                ? wire.withLimits(fitting)
                : wire;
    }

    boolean isInsecure() {
        return isInsecure;
    }

    RuleCompiler compiler() {
        return compiler;
    }

    int bodyBytesMax() {
        return bodyBytesMax;
    }

    Retention retention() {
        return retention;
    }

    Changelog.Memory memory() {
        return memory;
    }

    Duration drain() {
        return drain;
    }

    CommitMeter commitMeter() {
        return commitMeter;
    }

    WireMeter wireMeter() {
        return wireMeter;
    }

    Tracing tracing() {
        return tracing;
    }
}
