package dev.genstore.server.config;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Gathers the settings. The command line wins over the environment, the environment over the
 * configuration file, the file over the defaults. Everything that is said is checked, also where
 * something else wins over it.
 *
 * <p>Immutable.
 */
public final class SettingsReader {
    private final Map<String, String> environment;
    private final Path workingDirectory;

    /**
     * A reader for one process.
     *
     * @param environment all its variables
     * @param workingDirectory where relative paths begin
     */
    public SettingsReader(Map<String, String> environment, Path workingDirectory) {
        this.environment = Map.copyOf(environment);
        this.workingDirectory = workingDirectory;
    }

    /**
     * Reads all settings.
     *
     * @param options what the command line says
     * @throws UsageError when something was said wrongly
     */
    public Settings read(Map<Setting, String> options) {
        Map<Setting, Object> said = Environment.values(environment);
        options.forEach(
                (setting, text) -> said.put(setting, setting.value(setting.option(), text)));
        Map<Setting, Object> values = defaults();
        values.putAll(file(said.get(Setting.CONFIG)));
        values.putAll(said);
        return new Settings(workingDirectory, values);
    }

    /** What a variable says that is no setting, if it is there and not empty. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty());
    }

    /**
     * The path that somebody means who types this in the working directory.
     *
     * @throws UsageError when it can't be one
     */
    public Path path(String typed) {
        try {
            return workingDirectory.resolve(typed);
        } catch (InvalidPathException wrong) {
            throw new UsageError("'" + typed + "' can't be a path.");
        }
    }

    private static Map<Setting, Object> defaults() {
        var values = new EnumMap<Setting, Object>(Setting.class);
        for (Setting setting : Setting.values()) {
            values.put(setting, setting.value("the default", setting.defaultText()));
        }
        return values;
    }

    /** What the file says; only one that nobody asked for may be missing. */
    private Map<Setting, Object> file(@Nullable Object asked) {
        if (asked != null) {
            return ConfigurationFile.values(workingDirectory, (Path) asked);
        }
        Path usual = Path.of(Setting.CONFIG.defaultText());
        return Files.exists(workingDirectory.resolve(usual))
                ? ConfigurationFile.values(workingDirectory, usual)
                : Map.of();
    }
}
