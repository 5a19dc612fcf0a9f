package dev.genstore.server.cli;

import dev.genstore.auth.ApiKeys;
import dev.genstore.server.config.Setting;
import dev.genstore.server.config.Settings;
import dev.genstore.server.config.SettingsReader;

import picocli.CommandLine.Model.CommandSpec;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Where the store is that a command is about, said as the server is told it. Confined to the thread
 * that uses it.
 */
final class StoreOptions {
    private final SettingsReader reader;
    private final CommandSpec spec;
    private final List<Setting> settings;

    StoreOptions(SettingsReader reader, CommandSpec spec) {
        this(reader, spec, List.of(Setting.DATA, Setting.CONFIG));
    }

    /** Options for these settings; the others are what the environment or the file says. */
    StoreOptions(SettingsReader reader, CommandSpec spec, List<Setting> settings) {
        this.reader = reader;
        this.spec = spec;
        this.settings = List.copyOf(settings);
        settings.forEach(setting -> spec.addOption(ServeCommand.option(setting)));
    }

    /** The keys of the store. */
    ApiKeys keys() {
        return ApiKeys.in(folder());
    }

    /** The folder of the store. */
    Path folder() {
        return settings().data();
    }

    /** All settings, as a server would have them. */
    Settings settings() {
        Map<Setting, String> given = new EnumMap<>(Setting.class);
        for (Setting setting : settings) {
            String text = spec.findOption(setting.option()).getValue();
            if (text != null) {
                given.put(setting, text);
            }
        }
        return reader.read(given);
    }
}
