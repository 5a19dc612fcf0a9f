package dev.genstore.server.cli;

import dev.genstore.server.config.SettingsReader;
import dev.genstore.server.config.UsageError;
import dev.genstore.server.remote.Authorities;
import dev.genstore.server.remote.Remote;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.OptionSpec;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;

/**
 * Which server a command is about, and who asks. A token is never an argument, which everybody on the
 * machine could read. Confined to the thread that uses it.
 */
final class ClientOptions {
    static final String SERVER = "GENSTORE_SERVER";
    static final String TOKEN = "GENSTORE_TOKEN";
    static final String AUTHORITIES = "GENSTORE_CA";

    private static final String DEFAULT_SERVER = "http://127.0.0.1:8080";
    private static final Pattern TOKEN_TEXT = Pattern.compile("[!-~]+");

    private final SettingsReader reader;
    private final OptionSpec server;
    private final OptionSpec tokenFile;
    private final OptionSpec authorities;

    ClientOptions(SettingsReader reader, Model model) {
        this.reader = reader;
        server = model.option(
                "--server",
                "URL",
                "The server; without it " + SERVER + ", or else " + DEFAULT_SERVER + ".");
        tokenFile = model.option(
                "--token-file",
                "FILE",
                "A file with the API key or token; without it " + TOKEN + ".");
        authorities = model.option(
                "--ca",
                "FILE",
                "The certificates of authorities to trust, as PEM; without it " + AUTHORITIES
                        + ", or else those that Java knows.");
    }

    /** A client of that server. */
    Remote remote() {
        return new Remote(server(), token().orElse(null), trust());
    }

    private @Nullable SSLContext trust() {
        Optional<String> given = Model.text(authorities);
        String where = given.isPresent() ? "--ca" : AUTHORITIES;
        Optional<Path> file = given.or(() -> reader.variable(AUTHORITIES)).map(reader::path);
        try {
            return file.isPresent() ? Authorities.of(file.get()) : null;
        } catch (IOException failure) {
            throw new UsageError("The file of " + where + ", " + file.orElseThrow()
                    + ", can't be used: " + failure.getMessage() + ".");
        }
    }

    private URI server() {
        Optional<String> given = Model.text(server);
        String where = given.isPresent() ? "--server" : SERVER;
        String text = given.or(() -> reader.variable(SERVER)).orElse(DEFAULT_SERVER);
        String url = text.contains("://") ? text : "http://" + text;
        try {
            URI uri = new URI(url.replaceFirst("/+$", ""));
            if (uri.getHost() != null && uri.getScheme().matches("https?") && isBare(uri)) {
                return uri;
            }
        } catch (URISyntaxException wrong) {
            throw wrongServer(where, text);
        }
        throw wrongServer(where, text);
    }

    private static boolean isBare(URI uri) {
        return uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && uri.getRawUserInfo() == null;
    }

    private static UsageError wrongServer(String where, String text) {
        return new UsageError(where + " is '" + text
                + "'; it must be the URL of a server, for example " + DEFAULT_SERVER + ".");
    }

    private Optional<String> token() {
        Optional<String> file = Model.text(tokenFile);
        String where = file.isPresent() ? "The file of --token-file" : TOKEN;
        Optional<String> token =
                file.map(this::content).or(() -> reader.variable(TOKEN)).map(String::strip);
        if (token.isPresent() && !TOKEN_TEXT.matcher(token.get()).matches()) {
            throw new UsageError(where + " has no token: one is of visible ASCII characters.");
        }
        return token;
    }

    private String content(String file) {
        Path path = reader.path(file);
        try {
            return Files.readString(path);
        } catch (IOException failure) {
            throw new UsageError("The file of --token-file, " + path + ", can't be read: "
                    + failure.getClass().getSimpleName() + ".");
        }
    }
}
