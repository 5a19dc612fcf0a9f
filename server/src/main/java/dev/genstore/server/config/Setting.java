package dev.genstore.server.config;

import dev.genstore.wire.proxy.Telling;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that can be configured: the only place where a setting is declared. The command line,
 * the environment, the configuration file, the help and the reference are made from this table.
 *
 * <p>A constant gives a setting all its names: {@code PING_INTERVAL} is the option {@code
 * --ping-interval}, the variable {@code GENSTORE_PING_INTERVAL} and the key {@code ping-interval}.
 */
public enum Setting {
    CONFIG(
            "genstore.properties",
            Kind.path(),
            "The configuration file; the default one may be missing"),
    PORT("8080", Kind.number("0", "65535"), "The TCP port to listen on; 0 takes a free one"),
    HOST(
            "127.0.0.1",
            Kind.host(),
            "The address to listen on; 0.0.0.0 is every one of IPv4. One that is not of this machine"
                    + " alone needs an API key or an issuer"),
    INSECURE(
            "off",
            Kind.onOrOff(),
            "Whether it may listen on any address without API keys and issuers: everybody who can"
                    + " connect can read and write everything then"),
    HOSTS(
            "",
            Kind.hosts(),
            "Names that the server may be called by while there are no API keys and issuers, besides"
                    + " localhost and addresses"),
    DATA("./data", Kind.path(), "The folder of the store; it is made where there is none"),
    ORIGINS("", Kind.origins(), "Other origins whose pages in a browser may use the server"),
    TRUSTED_PROXIES(
            "",
            Kind.addresses(),
            "The proxies whose word is taken for where a client is and by which scheme it asks"),
    FORWARDING(
            "x_forwarded",
            Kind.oneOf(Telling.values()),
            "How trusted proxies say that: by X-Forwarded-For and X-Forwarded-Proto, by Forwarded, or"
                    + " by the PROXY protocol, without which nobody may connect then"),
    ISSUERS("", Kind.issuers(), "Whose tokens are accepted"),
    TLS_CERTIFICATE(
            "",
            Kind.pathOrNone("tls/server.pem"),
            "The certificate to serve by TLS with, and behind it those of its issuers, as PEM"),
    TLS_KEY(
            "",
            Kind.pathOrNone("tls/server.pem"),
            "The private key of the certificate, as PEM (PKCS #8)"),
    PING_INTERVAL("25s", Kind.duration("1s", "1h"), "How often the peer of a socket is pinged"),
    PING_TIMEOUT(
            "8s",
            Kind.duration("1s", "1h"),
            "How long a pinged peer may send nothing before it is taken for gone"),
    STALL_TIMEOUT(
            "30s",
            Kind.duration("1s", "1h"),
            "How long a watcher may take no bytes before it is closed"),
    REQUEST_TIMEOUT(
            "10s",
            Kind.duration("1s", "1h"),
            "How long a request or a handshake may take to come in"),
    DRAIN_TIMEOUT(
            "8s",
            Kind.duration("1s", "9s"),
            "How long a stopping server lets requests end and watchers leave"),
    CONNECTIONS_MAX(
            "15000",
            Kind.number("1", "1000000"),
            "How many connections there may be; one more is closed at once"),
    CONNECTIONS_PER_ADDRESS(
            "1000",
            Kind.number("0", "1000000"),
            "How many connections one address may have; 0 is no limit"),
    WATCHES_PER_CLIENT(
            "10000",
            Kind.number("0", "1000000"),
            "How many watches an address may have, and anybody who has said who he is; 0 is no limit"),
    REQUESTS_PER_SECOND(
            "1000",
            Kind.number("0", "1000000"),
            "How many requests an address may make in a second, and anybody who has said who he is;"
                    + " ten times as many at once; 0 is no limit"),
    WRITES_PER_SECOND(
            "500",
            Kind.number("0", "1000000"),
            "How many of them may be writes; each KiB of a body counts as one more, and 0 is no limit"),
    LOOPBACK_LIMITS(
            "off",
            Kind.onOrOff(),
            "Whether connections, watches, requests and writes are limited so for clients on this"
                    + " machine, too"),
    BODY_BYTES_MAX("1MiB", Kind.size("1KiB", "64MiB"), "The size of a resource at most, as JSON"),
    RETENTION_AGE("7d", Kind.duration("1s", "36500d"), "How old a change in the log may become"),
    RETENTION_CHANGES(
            "1000000", Kind.number("1", "1000000000000"), "How many changes the log keeps"),
    MEMORY_CHANGES(
            "65536",
            Kind.number("1024", "16777216"),
            "How many of the latest changes are kept in memory at most"),
    SENDER(
            "auto",
            Kind.oneOf(SenderSetting.values()),
            "How frames are given to the kernel; auto is the best way that works here"),
    COMPRESSION(
            "on",
            Kind.onOrOff(),
            "Whether WebSocket messages are compressed for clients that offer it"),
    AUDIT("", Kind.pathOrNone("audit.jsonl"), "The file in which it is written down who does what"),
    AUDIT_BYTES_MAX(
            "1GiB",
            Kind.size("16MiB", "1024GiB"),
            "How many bytes the audit log has at most, with its ended files"),
    AUDIT_AGE("90d", Kind.duration("1h", "36500d"), "How old an ended file of it may become"),
    AUDIT_READS("off", Kind.onOrOff(), "Whether it tells of what is only read, too"),
    OTLP_ENDPOINT(
            "",
            Kind.urlOrNone(),
            "Where traces are sent to, by OTLP over HTTP; while nothing is said none are made"),
    LOG_LEVEL("info", Kind.oneOf(LogLevel.values()), "The least severe messages that are logged"),
    LOG_FORMAT(
            "text",
            Kind.oneOf(LogFormat.values()),
            "How they are written: a line for people, or an object of JSON on a line");

    static final String VARIABLE_PREFIX = "GENSTORE_";

    private final String defaultText;

    /** Its functions have no state, but no compiler can know that. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Kind kind;

    private final String meaning;

    Setting(String defaultText, Kind kind, String meaning) {
        this.defaultText = defaultText;
        this.kind = kind;
        this.meaning = meaning;
    }

    /** Its name in the configuration file, for example {@code ping-interval}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its name on the command line, for example {@code --ping-interval}. */
    public String option() {
        return "--" + key();
    }

    /** Its name in the environment, for example {@code GENSTORE_PING_INTERVAL}. */
    public String variable() {
        return VARIABLE_PREFIX + name();
    }

    /** Whether the configuration file may say it; it can't say where it is itself. */
    public boolean isForFile() {
        return this != CONFIG;
    }

    /** What holds while nobody says anything, as it would be said; may be empty. */
    public String defaultText() {
        return defaultText;
    }

    /** A few words on it, which begin like a sentence and have no stop. */
    public String meaning() {
        return meaning;
    }

    /** Whether it is switched on by its option alone. */
    public boolean isSwitch() {
        return kind.form().apply("on").filter(Switch.class::isInstance).isPresent();
    }

    /** The texts it may have, for example {@code a duration from 1s to 1h}. */
    public String allowed() {
        return kind.allowed();
    }

    /** The rule for its texts as the end of a sentence on one that breaks it. */
    public String rule() {
        String example = defaultText.isEmpty() ? kind.example() : defaultText;
        return "it must be " + allowed() + ", for example " + example + ".";
    }

    /** The setting with this key, if there is one. */
    static Optional<Setting> withKey(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key().equals(key))
                .findFirst();
    }

    /** The setting whose key is meant by this mistyped one, as far as one can tell. */
    static Optional<Setting> nearest(String mistypedKey) {
        return Nearest.to(mistypedKey, Arrays.stream(values()).map(Setting::key).toList())
                .flatMap(Setting::withKey);
    }

    /**
     * The value that a text means.
     *
     * @param place where it was said, for example {@code --port}
     * @throws UsageError when the text is not allowed
     */
    Object value(String place, String text) {
        return kind.form().apply(text.strip()).orElseThrow(() -> {
            return new UsageError(place + " is '" + text + "'; " + rule());
        });
    }
}
