package dev.genstore.server.cli;

import dev.genstore.auth.ApiKeys;
import dev.genstore.server.config.Setting;
import dev.genstore.server.config.SettingsReader;

import picocli.CommandLine.Model.CommandSpec;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Where the store is that a command is about, said as the server is told it. Confined to the thread
 * that uses it.
 */
final class StoreOptions {
    private static final List<Setting> SETTINGS = List.of(Setting.DATA, Setting.CONFIG);

    private final SettingsReader reader;
    private final CommandSpec spec;

    StoreOptions(SettingsReader reader, CommandSpec spec) {
        this.reader = reader;
        this.spec = spec;
        SETTINGS.forEach(setting -> spec.addOption(ServeCommand.option(setting)));
    }

    /** The keys of the store. */
    ApiKeys keys() {
        Map<Setting, String> given = new EnumMap<>(Setting.class);
        for (Setting setting : SETTINGS) {
            String text = spec.findOption(setting.option()).getValue();
            if (text != null) {
                given.put(setting, text);
            }
        }
        return ApiKeys.in(reader.read(given).data());
    }
}
