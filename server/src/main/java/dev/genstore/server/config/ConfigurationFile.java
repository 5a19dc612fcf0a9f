package dev.genstore.server.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a configuration file says of settings: properties in UTF-8, each key once and none that is
 * unknown.
 */
final class ConfigurationFile {
    private final Path shown;
    private final Map<Setting, Object> values = new EnumMap<>(Setting.class);

    private ConfigurationFile(Path shown) {
        this.shown = shown;
    }

    /**
     * Reads a file.
     *
     * @param folder where a relative path begins
     * @param file the file, which errors name as it is given here
     * @throws UsageError when it can't be read or says something wrong
     */
    static Map<Setting, Object> values(Path folder, Path file) {
        var configuration = new ConfigurationFile(file);
        String text = configuration.text(folder.resolve(file));
        PropertyLines.read(file.toString(), text, configuration::put);
        return configuration.values;
    }

    private String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException failure) {
            throw new UsageError("The configuration file '" + shown + "' does not exist.");
        } catch (CharacterCodingException failure) {
            throw new UsageError("The configuration file '" + shown + "' is not UTF-8.");
        } catch (IOException failure) {
            throw new UsageError("The configuration file '" + shown
                    + "' can't be read; it must be a file that this user may read.");
        }
    }

    private void put(String place, String key, String text) {
        Setting setting = Setting.withKey(key)
                .filter(Setting::isForFile)
                .orElseThrow(() -> unknown(place, key));
        if (values.put(setting, setting.value(place + key, text)) != null) {
            throw new UsageError(place + key + " is given twice.");
        }
    }

    private static UsageError unknown(String place, String key) {
        Optional<Setting> nearest = Setting.nearest(key).filter(Setting::isForFile);
        return new UsageError(place + Nearest.unknown("key", key, nearest.map(Setting::key)));
    }
}
