package dev.genstore.server.config;

import static dev.genstore.server.config.Setting.AUDIT;
import static dev.genstore.server.config.Setting.AUDIT_AGE;
import static dev.genstore.server.config.Setting.AUDIT_BYTES_MAX;
import static dev.genstore.server.config.Setting.AUDIT_READS;
import static dev.genstore.server.config.Setting.BODY_BYTES_MAX;
import static dev.genstore.server.config.Setting.COMPRESSION;
import static dev.genstore.server.config.Setting.CONNECTIONS_MAX;
import static dev.genstore.server.config.Setting.CONNECTIONS_PER_ADDRESS;
import static dev.genstore.server.config.Setting.DATA;
import static dev.genstore.server.config.Setting.DRAIN_TIMEOUT;
import static dev.genstore.server.config.Setting.FORWARDING;
import static dev.genstore.server.config.Setting.HOST;
import static dev.genstore.server.config.Setting.HOSTS;
import static dev.genstore.server.config.Setting.INSECURE;
import static dev.genstore.server.config.Setting.ISSUERS;
import static dev.genstore.server.config.Setting.LOG_FORMAT;
import static dev.genstore.server.config.Setting.LOG_LEVEL;
import static dev.genstore.server.config.Setting.LOOPBACK_LIMITS;
import static dev.genstore.server.config.Setting.MEMORY_CHANGES;
import static dev.genstore.server.config.Setting.ORIGINS;
import static dev.genstore.server.config.Setting.OTLP_ENDPOINT;
import static dev.genstore.server.config.Setting.PING_INTERVAL;
import static dev.genstore.server.config.Setting.PING_TIMEOUT;
import static dev.genstore.server.config.Setting.PORT;
import static dev.genstore.server.config.Setting.REQUESTS_PER_SECOND;
import static dev.genstore.server.config.Setting.REQUEST_TIMEOUT;
import static dev.genstore.server.config.Setting.RETENTION_AGE;
import static dev.genstore.server.config.Setting.RETENTION_CHANGES;
import static dev.genstore.server.config.Setting.SENDER;
import static dev.genstore.server.config.Setting.STALL_TIMEOUT;
import static dev.genstore.server.config.Setting.TLS_CERTIFICATE;
import static dev.genstore.server.config.Setting.TLS_KEY;
import static dev.genstore.server.config.Setting.TRUSTED_PROXIES;
import static dev.genstore.server.config.Setting.WATCHES_PER_CLIENT;
import static dev.genstore.server.config.Setting.WRITES_PER_SECOND;

import dev.genstore.auth.Issuer;
import dev.genstore.embedded.audit.AuditSettings;
import dev.genstore.wire.Entrance;
import dev.genstore.wire.proxy.AddressRange;
import dev.genstore.wire.proxy.Telling;
import dev.genstore.wire.proxy.TrustedProxies;
import dev.genstore.wire.rates.ClientLimits;
import dev.genstore.wire.tls.TlsFiles;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The settings of one run; {@link Setting} says what each means. Made by {@link SettingsReader}.
 *
 * <p>Immutable.
 */
public final class Settings {
    private final Path workingDirectory;
    private final Map<Setting, Object> values;

    /** Settings with these values: all of them, and each of its setting's type. */
    Settings(Path workingDirectory, Map<Setting, Object> values) {
        this.workingDirectory = workingDirectory;
        this.values = Map.copyOf(values);
        checkTls();
    }

    private void checkTls() {
        if (path(TLS_CERTIFICATE).isPresent() != path(TLS_KEY).isPresent()) {
            throw new UsageError(TLS_CERTIFICATE.option() + " and " + TLS_KEY.option()
                    + " belong together; say both or none.");
        }
    }

    public int port() {
        return Math.toIntExact(value(PORT, Long.class));
    }

    public String host() {
        return value(HOST, String.class);
    }

    /** An absolute path where the working directory is one. */
    public Path data() {
        return workingDirectory.resolve(value(DATA, Path.class)).normalize();
    }

    /** In lower case, for example {@code https://app.example}. */
    public Set<String> origins() {
        return words(ORIGINS, String.class);
    }

    /** Whether it may listen anywhere without credentials. */
    public boolean isInsecure() {
        return value(INSECURE, Switch.class) == Switch.ON;
    }

    /**
     * How it is reached.
     *
     * @throws UsageError when the proxies that are trusted and how they speak do not go together
     */
    public Entrance entrance() {
        Set<AddressRange> trusted = words(TRUSTED_PROXIES, AddressRange.class);
        Telling telling = value(FORWARDING, Telling.class);
        if (telling == Telling.PROXY_PROTOCOL && trusted.isEmpty()) {
            throw new UsageError("The PROXY protocol is taken from trusted proxies only; say with "
                    + TRUSTED_PROXIES.option() + " which ones these are, for example "
                    + TRUSTED_PROXIES.option() + " 127.0.0.1.");
        }
        return new Entrance(
                words(HOSTS, String.class), new TrustedProxies(trusted, telling), tls());
    }

    /** Whose tokens are accepted. */
    public List<Issuer> issuers() {
        return value(ISSUERS, Issuers.class).all();
    }

    /** Where the certificate and its key are; null where TLS is not spoken. */
    private @Nullable TlsFiles tls() {
        return path(TLS_CERTIFICATE)
                .flatMap(certificate -> path(TLS_KEY).map(key -> new TlsFiles(certificate, key)))
                .orElse(null);
    }

    public Duration pingInterval() {
        return value(PING_INTERVAL, Duration.class);
    }

    public Duration pingTimeout() {
        return value(PING_TIMEOUT, Duration.class);
    }

    public Duration stallTimeout() {
        return value(STALL_TIMEOUT, Duration.class);
    }

    public Duration requestTimeout() {
        return value(REQUEST_TIMEOUT, Duration.class);
    }

    public Duration drainTimeout() {
        return value(DRAIN_TIMEOUT, Duration.class);
    }

    public int connectionsMax() {
        return Math.toIntExact(value(CONNECTIONS_MAX, Long.class));
    }

    /** What one client may do. */
    public ClientLimits clients() {
        return new ClientLimits(
                count(CONNECTIONS_PER_ADDRESS),
                count(WATCHES_PER_CLIENT),
                count(REQUESTS_PER_SECOND),
                count(WRITES_PER_SECOND),
                value(LOOPBACK_LIMITS, Switch.class) == Switch.ON);
    }

    private int count(Setting setting) {
        return Math.toIntExact(value(setting, Long.class));
    }

    public int bodyBytesMax() {
        return Math.toIntExact(value(BODY_BYTES_MAX, Long.class));
    }

    public Duration retentionAge() {
        return value(RETENTION_AGE, Duration.class);
    }

    public long retentionChanges() {
        return value(RETENTION_CHANGES, Long.class);
    }

    public int memoryChanges() {
        return Math.toIntExact(value(MEMORY_CHANGES, Long.class));
    }

    public SenderSetting sender() {
        return value(SENDER, SenderSetting.class);
    }

    public boolean compression() {
        return value(COMPRESSION, Switch.class) == Switch.ON;
    }

    /** What the audit log is told, where there is one. */
    public Optional<AuditSettings> audit() {
        return path(AUDIT)
                .map(file -> new AuditSettings(
                        file.normalize(),
                        value(AUDIT_BYTES_MAX, Long.class),
                        value(AUDIT_AGE, Duration.class),
                        value(AUDIT_READS, Switch.class) == Switch.ON));
    }

    /** Where traces are sent to, if they are. */
    public Optional<URI> otlpEndpoint() {
        return value(OTLP_ENDPOINT, UrlOrNone.class).url();
    }

    public LogLevel logLevel() {
        return value(LOG_LEVEL, LogLevel.class);
    }

    public LogFormat logFormat() {
        return value(LOG_FORMAT, LogFormat.class);
    }

    private <T> Set<T> words(Setting setting, Class<T> type) {
        Words<?> words = value(setting, Words.class);
        return words.all().stream().map(type::cast).collect(Collectors.toUnmodifiableSet());
    }

    private Optional<Path> path(Setting setting) {
        return value(setting, PathOrNone.class).path().map(workingDirectory::resolve);
    }

    private <T> T value(Setting setting, Class<T> type) {
        return type.cast(Objects.requireNonNull(values.get(setting), setting::key));
    }
}
